import MeshModel
import ProxyModel

extension BootstrapWriter {
  mutating func listeners() -> [Value] {
    var values: [Value] = []
    if case .proxyLine(let port) = options.handover, !configuration.listeners.contains(where: isVirtual) {
      values.append(frontListener(port))
    }
    for listener in configuration.listeners { values.append(value(of: listener)) }
    return values
  }

  /// Takes every connection of a proxy that has no virtual listener, and hands it over.
  private func frontListener(_ port: UInt32) -> Value {
    let blackHole = ConfigValue.named(
      "envoy.filters.network.tcp_proxy", "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
      [("stat_prefix", .string("front")), ("cluster", .string("BlackHoleCluster"))])
    return ConfigValue.object([
      ("name", .string("front")),
      ("address", ConfigValue.socketAddress("127.0.0.1", port)),
      ("use_original_dst", .bool(true)),
      ("listener_filters", .array([proxyLineFilter])),
      ("filter_chains", .array([ConfigValue.object([("filters", .array([blackHole]))])])),
    ])
  }

  /// Restores the destination that a PROXY line names.
  private var proxyLineFilter: Value {
    ConfigValue.named(
      "envoy.filters.listener.proxy_protocol", "envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol")
  }

  /// Whether connections arrive here and go on to the listener of their destination.
  private func isVirtual(_ listener: Listener) -> Bool {
    listener.name == "virtualOutbound" || listener.name == "virtualInbound"
  }

  private mutating func value(of listener: Listener) -> Value {
    let isVirtual = isVirtual(listener)
    var address: Value
    if listener.port == 0 && listener.address.utf8.first == UInt8(ascii: "/") {
      address = ConfigValue.object([("pipe", ConfigValue.object([("path", .string(listener.address))]))])
    } else {
      address = ConfigValue.socketAddress(listener.address, listener.port)
    }
    let isHandedOver: Bool
    var listenerFilters: [Value] = []
    switch options.handover {
    case .redirected:
      isHandedOver = !listener.bindsToPort
      if isVirtual {
        listenerFilters.append(
          ConfigValue.named(
            "envoy.filters.listener.original_dst", "envoy.extensions.filters.listener.original_dst.v3.OriginalDst"))
      }
    case .proxyLine(let port):
      isHandedOver = !isVirtual
      if isVirtual {
        address = ConfigValue.socketAddress("127.0.0.1", port)
        listenerFilters.append(proxyLineFilter)
      }
    }
    if listener.inspectsTLS || !listener.portsInspectedOtherwiseForTLS.isEmpty {
      listenerFilters.append(
        inspector(
          "tls_inspector", "tls_inspector.v3.TlsInspector", isOnByDefault: listener.inspectsTLS,
          otherwise: listener.portsInspectedOtherwiseForTLS))
    }
    if listener.inspectsHTTP || !listener.portsInspectedOtherwiseForHTTP.isEmpty {
      listenerFilters.append(
        inspector(
          "http_inspector", "http_inspector.v3.HttpInspector", isOnByDefault: listener.inspectsHTTP,
          otherwise: listener.portsInspectedOtherwiseForHTTP))
    }
    var chains: [Value] = []
    for chain in listener.filterChains { chains.append(value(of: chain)) }
    var defaultChain: Value?
    if let chain = listener.defaultFilterChain { defaultChain = value(of: chain) }
    let sniffs = listener.inspectsHTTP || listener.inspectsTLS || !listener.portsInspectedOtherwiseForTLS.isEmpty
    return ConfigValue.object([
      ("name", .string(listener.name)),
      ("address", address),
      ("bind_to_port", isHandedOver ? .bool(false) : nil),
      ("use_original_dst", isVirtual ? .bool(true) : nil),
      ("listener_filters", ConfigValue.list(listenerFilters)),
      // DF-1: protocolDetectionTimeout 0s means to wait without end.
      ("listener_filters_timeout", sniffs ? .string("0s") : nil),
      ("continue_on_listener_filters_timeout", sniffs ? .bool(true) : nil),
      ("filter_chains", ConfigValue.list(chains)),
      ("default_filter_chain", defaultChain),
    ])
  }

  /// A listener filter that is left out for some destination ports, or for all but some.
  private func inspector(
    _ name: String, _ type: String, isOnByDefault: Bool, otherwise ports: Set<UInt32>
  ) -> Value {
    let ranges = ports.sorted().map { port in
      let range = ConfigValue.object([("start", ConfigValue.unsigned(port)), ("end", ConfigValue.unsigned(port + 1))])
      return ConfigValue.object([("destination_port_range", range)])
    }
    let any = ConfigValue.object([("or_match", ConfigValue.object([("rules", .array(ranges))]))])
    let named = ranges.count == 1 ? ranges[0] : any
    let disabled = isOnByDefault ? named : ConfigValue.object([("not_match", named)])
    let filter = ConfigValue.named(
      "envoy.filters.listener." + name, "envoy.extensions.filters.listener." + type)
    guard !ranges.isEmpty, case .object(let members) = filter else { return filter }
    return .object(members + [Value.Member(key: "filter_disabled", value: disabled)])
  }

  private mutating func value(of chain: FilterChain) -> Value {
    var filters: [Value] = []
    for filter in chain.filters { filters += values(of: filter) }
    return ConfigValue.object([
      ("name", chain.name.isEmpty ? nil : .string(chain.name)),
      ("filter_chain_match", value(of: chain.match)),
      ("transport_socket", chain.tls.map { value(of: $0) }),
      ("filters", .array(filters)),
    ])
  }

  private func value(of match: FilterChainMatch) -> Value? {
    if match == FilterChainMatch() { return nil }
    return ConfigValue.object([
      ("destination_port", ConfigValue.unsigned(ifPresent: match.destinationPort)),
      ("prefix_ranges", ConfigValue.list(match.prefixRanges.map { value(of: $0) })),
      ("server_names", match.serverNames.isEmpty ? nil : ConfigValue.strings(match.serverNames)),
      ("transport_protocol", match.transportProtocol.isEmpty ? nil : .string(match.transportProtocol)),
      (
        "application_protocols",
        match.applicationProtocols.isEmpty ? nil : ConfigValue.strings(match.applicationProtocols)
      ),
    ])
  }

  func value(of block: CIDRBlock) -> Value {
    ConfigValue.object([
      ("address_prefix", .string(IPAddress(bytes: block.bytes).description)),
      ("prefix_len", .integer(Int64(block.length))),
    ])
  }

  /// Certificates are the throw-away pair: the mesh's own are not here.
  private func value(of tls: DownstreamTLS) -> Value {
    var pair: [Value] = []
    if let certificate = options.certificate {
      let chain = ConfigValue.object([("inline_string", .string(certificate.certificate))])
      let key = ConfigValue.object([("inline_string", .string(certificate.privateKey))])
      pair.append(ConfigValue.object([("certificate_chain", chain), ("private_key", key)]))
    }
    let requires: Bool
    let trusts: Bool
    switch tls.mode {
    case .simple: (requires, trusts) = (false, false)
    case .optionalMutual: (requires, trusts) = (false, true)
    case .mutual, .mesh: (requires, trusts) = (true, true)
    }
    let authority = options.certificate.map {
      ConfigValue.object([("trusted_ca", ConfigValue.object([("inline_string", .string($0.certificate))]))])
    }
    let common = ConfigValue.object([
      ("alpn_protocols", tls.applicationProtocols.isEmpty ? nil : ConfigValue.strings(tls.applicationProtocols)),
      ("tls_certificates", ConfigValue.list(pair)),
      ("validation_context", trusts ? authority : nil),
    ])
    return ConfigValue.named(
      "envoy.transport_sockets.tls", "envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
      [("common_tls_context", common), ("require_client_certificate", requires ? .bool(true) : nil)])
  }

  private mutating func values(of filter: NetworkFilter) -> [Value] {
    switch filter {
    case .rbac(let rules):
      return networkRBAC(rules)
    case .externalAuthorization(let authorization):
      return networkExternalAuthorization(authorization)
    case .connectionManager(let manager):
      return [value(of: manager)]
    case .tcpProxy(let proxy):
      return sniForwardProxy(proxy) + [value(of: proxy)]
    }
  }

  private func value(of proxy: TCPProxy) -> Value {
    var members: [(String, Value?)] = [("stat_prefix", .string("tcp"))]
    switch proxy.target {
    case .cluster(let name):
      members.append(("cluster", .string(name)))
    case .weighted(let targets):
      let entries = targets.map {
        ConfigValue.object([("name", .string($0.cluster)), ("weight", ConfigValue.unsigned($0.weight))])
      }
      members.append(("weighted_clusters", ConfigValue.object([("clusters", .array(entries))])))
    }
    members.append(("idle_timeout", ConfigValue.duration(ifPresent: proxy.idleTimeoutMilliseconds)))
    members.append(
      (
        "max_downstream_connection_duration",
        ConfigValue.duration(ifPresent: proxy.maxConnectionDurationMilliseconds)
      ))
    members.append(("access_log", accessLog()))
    if proxy.hashesSourceAddress {
      members.append(
        ("hash_policy", .array([ConfigValue.object([("source_ip", ConfigValue.object([]))])])))
    }
    if let tunnel = proxy.tunnel {
      members.append(
        (
          "tunneling_config",
          ConfigValue.object([
            ("hostname", .string(tunnel.target)), ("use_post", tunnel.usesPost ? .bool(true) : nil),
          ])
        ))
    }
    return ConfigValue.named(
      "envoy.filters.network.tcp_proxy", "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy", members)
  }

  /// One entry for each request or TCP connection, where a log was asked for.
  func accessLog() -> Value? {
    guard let log = options.accessLog else { return nil }
    let source = ConfigValue.object([("inline_string", .string(log.format))])
    return .array([
      ConfigValue.named(
        "envoy.access_loggers.file", "envoy.extensions.access_loggers.file.v3.FileAccessLog",
        [("path", .string(log.path)), ("log_format", ConfigValue.object([("text_format_source", source)]))])
    ])
  }
}
