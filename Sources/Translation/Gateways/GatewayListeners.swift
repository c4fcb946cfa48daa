import MeshModel
import ProxyModel

/// The listeners of one gateway workload.
struct GatewayListeners {
  let scope: ProxyScope
  let meshConfig: MeshConfig
  let merged: MergedGateway
  let policies: PolicyFilters
  /// VirtualServices bound to a gateway, in the order of VS-3.
  let virtualServices: (String) -> [ResolvedVirtualService]

  private var routing: NetworkRouting { NetworkRouting(scope: scope) }

  func listeners() -> [Listener] {
    var drafts: [(name: String, address: String, port: UInt32, chains: [ChainDraft], origins: [Origin])] = []
    var places: [String: Int] = [:]
    var claims = MergedGateway()
    let wildcard = scope.vantage.addresses.first.map { $0.utf8.contains(UInt8(ascii: ":")) } ?? false ? "::" : "0.0.0.0"
    for entry in merged.ports {
      let address = entry.port.bind.isEmpty ? wildcard : entry.port.bind
      let name = "\(address)_\(entry.port.number)"
      let chains = chains(of: entry, claims: &claims)
      let origins = entry.servers.map(\.origin)
      if let place = places[name] {
        drafts[place].chains += chains
        drafts[place].origins += origins
      } else {
        places[name] = drafts.count
        drafts.append((name, address, entry.port.number, chains, origins))
      }
    }
    return drafts.filter { !$0.chains.isEmpty }.map { draft in
      var listener = Listener(name: draft.name, address: draft.address, port: draft.port)
      listener.bindsToPort = true
      listener.origins = draft.origins
      listener.inspectsTLS = draft.chains.contains {
        !$0.serverNames.isEmpty || !($0.tls?.applicationProtocols.isEmpty ?? true)
      }
      listener.filterChains = draft.chains.map { $0.chain() }
      return listener
    }
  }

  private func chains(of entry: MergedGateway.PortServers, claims: inout MergedGateway) -> [ChainDraft] {
    if PortProtocol(written: entry.port.protocol).isHTTP {
      guard let first = entry.servers.first else { return [] }
      return [httpChain(of: first, routes: entry.routeName)]
    }
    var chains: [ChainDraft] = []
    for server in entry.servers {
      switch server.kind {
      case .terminatedHTTP: chains.append(httpChain(of: server, routes: server.routeName))
      case .plainHTTP: continue
      case .plainTCP, .terminatedTCP: chains += tcpChain(of: server).map { [$0] } ?? []
      case .passthrough: chains += passthroughChains(of: server, claims: &claims)
      case .autoPassthrough: chains += autoPassthroughChains(of: server)
      }
    }
    return chains
  }

  /// GW-9, GC-3.
  private func httpChain(of server: BoundServer, routes: String) -> ChainDraft {
    var manager = HTTPConnectionManager(
      routes: .named(routes), pathNormalization: meshConfig.pathNormalization?.normalization ?? .base)
    manager.usesRemoteAddress = true
    manager.trustedHops = meshConfig.defaultConfig?.numTrustedProxies ?? 0
    manager.clientCertificateDetails = certificateDetails
    manager.filters = policies.http
    if server.portProtocol == .grpcWeb { manager.filters.append(.grpcWeb) }
    manager.filters += [.fault, .cors]
    manager.origin = server.origin
    var chain = ChainDraft(filters: [.connectionManager(manager)], origin: server.origin)
    if server.kind == .terminatedHTTP {
      chain.serverNames = server.serverNames
      chain.tls = tls(of: server)
    }
    return chain
  }

  private var certificateDetails: HTTPConnectionManager.ClientCertificateDetails {
    switch meshConfig.defaultConfig?.forwardClientCertDetails ?? "" {
    case "SANITIZE": .sanitize
    case "FORWARD_ONLY": .forwardOnly
    case "APPEND_FORWARD": .appendForward
    case "ALWAYS_FORWARD_ONLY": .alwaysForwardOnly
    default: .sanitizeSet
    }
  }

  /// GC-1, GC-2.
  private func tls(of server: BoundServer) -> DownstreamTLS? {
    guard let settings = server.server.tls else { return nil }
    let mode: DownstreamTLS.Mode
    switch settings.mode ?? .passthrough {
    case .simple: mode = .simple
    case .mutual: mode = .mutual
    case .optionalMutual: mode = .optionalMutual
    case .istioMutual: mode = .mesh
    case .passthrough, .autoPassthrough: return nil
    }
    var tls = DownstreamTLS(mode: mode)
    tls.applicationProtocols = ["h2", "http/1.1"]
    if mode == .mesh {
      if server.kind == .terminatedTCP { tls.applicationProtocols.insert("istio-peer-exchange", at: 0) }
    } else if !settings.credentialNames.isEmpty {
      tls.certificates = settings.credentialNames
    } else if !settings.credentialName.isEmpty {
      tls.certificates = [settings.credentialName]
    } else if !settings.tlsCertificates.isEmpty {
      tls.certificates = settings.tlsCertificates.map(\.serverCertificate)
    } else {
      tls.certificates = [settings.serverCertificate]
    }
    tls.origin = Origin(object: server.gateway, field: "\(server.origin.field).tls")
    return tls
  }

  /// GT-1: the first tcp rule that fits port and gateway.
  private func tcpChain(of server: BoundServer) -> ChainDraft? {
    for virtualService in virtualServices(server.gatewayName) where meets(server, virtualService) {
      for (place, rule) in virtualService.tcp.enumerated() {
        let match = rule.match.firstIndex { fits(port: $0.port, gateways: $0.gateways, server) }
        guard rule.match.isEmpty || match != nil else { continue }
        let field = "spec.tcp[\(place)]" + (match.map { ".match[\($0)]" } ?? "")
        let origin = virtualService.origin(field)
        guard let proxy = routing.proxy(for: rule.route, listenerPort: server.server.port.number, origin: origin) else {
          return nil
        }
        return ChainDraft(
          serverNames: server.serverNames, tls: tls(of: server), filters: policies.network + [.tcpProxy(proxy)],
          origin: server.origin)
      }
    }
    return nil
  }

  /// GT-2: a chain for every tls match whose names nobody has taken.
  private func passthroughChains(of server: BoundServer, claims: inout MergedGateway) -> [ChainDraft] {
    var chains: [ChainDraft] = []
    for virtualService in virtualServices(server.gatewayName) where meets(server, virtualService) {
      for (ruleIndex, rule) in virtualService.tls.enumerated() {
        for (matchIndex, match) in rule.match.enumerated()
        where fits(port: match.port, gateways: match.gateways, server) {
          guard claims.claim(match.sniHosts, bind: server.server.bind, port: server.listenerPort) else { continue }
          let origin = virtualService.origin("spec.tls[\(ruleIndex)].match[\(matchIndex)]")
          guard let proxy = routing.proxy(for: rule.route, listenerPort: server.server.port.number, origin: origin)
          else { continue }
          chains.append(
            ChainDraft(
              serverNames: match.sniHosts, filters: policies.network + [.tcpProxy(proxy)], origin: origin))
        }
      }
    }
    return chains
  }

  /// GT-3: one chain for every port and subset of the mesh's own services; policies do not count here.
  private func autoPassthroughChains(of server: BoundServer) -> [ChainDraft] {
    let alpn = ["istio", "istio-peer-exchange", "istio-http/1.0", "istio-http/1.1", "istio-h2"]
    let names = server.serverNames
    var chains: [ChainDraft] = []
    for service in scope.services where !service.isMeshExternal {
      guard names.contains(where: { HostName.isSubset(service.hostname, of: $0) }) else { continue }
      for port in service.ports where port.protocol != .udp {
        for subset in [""] + routing.subsetNames(of: service) {
          let cluster = NetworkRouting.nameInSNI(service.hostname, port: port.number, subset: subset)
          let proxy = routing.proxy(toCluster: cluster, of: service, subset: subset)
          chains.append(
            ChainDraft(
              serverNames: [cluster], applicationProtocols: alpn, filters: [.tcpProxy(proxy)], origin: server.origin))
        }
      }
    }
    return chains
  }

  /// Some host of the VirtualService fits some host of the server.
  private func meets(_ server: BoundServer, _ virtualService: ResolvedVirtualService) -> Bool {
    server.hosts(for: virtualService.id.namespace).contains { host in
      virtualService.hosts.contains { HostName.overlap(host, $0) }
    }
  }

  /// Only port and gateway count at a gateway (GT-1).
  private func fits(port: UInt32, gateways: [String], _ server: BoundServer) -> Bool {
    (port == 0 || port == server.server.port.number) && (gateways.isEmpty || gateways.contains(server.gatewayName))
  }
}
