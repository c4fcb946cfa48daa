import MeshModel
import ProxyModel

extension BootstrapWriter {
  mutating func clusters() -> [Value] {
    var values: [Value] = []
    for name in configuration.clusters.keys.sorted() {
      guard let cluster = configuration.clusters[name] else { continue }
      values.append(value(of: cluster))
    }
    if configuration.clusters["BlackHoleCluster"] == nil, case .proxyLine = options.handover {
      values.append(
        ConfigValue.object([
          ("name", .string("BlackHoleCluster")), ("type", .string("STATIC")), ("connect_timeout", .string("10s")),
        ]))
    }
    return values
  }

  private mutating func value(of cluster: Cluster) -> Value {
    var members: [(String, Value?)] = [("name", .string(cluster.name))]
    members += discoveryMembers(cluster)
    members.append(("connect_timeout", ConfigValue.duration(milliseconds: cluster.connectTimeoutMilliseconds)))
    members += balancingMembers(cluster)
    members.append(("circuit_breakers", value(of: cluster.circuitBreakers)))
    members.append(("outlier_detection", cluster.outlierDetection.map { value(of: $0) }))
    members.append(("common_lb_config", commonBalancing(cluster)))
    members.append(
      (
        "typed_extension_protocol_options",
        ConfigValue.object([
          ("envoy.extensions.upstreams.http.v3.HttpProtocolOptions", protocolOptions(cluster))
        ])
      ))
    if options.upstreams == .asConfigured { members.append(("transport_socket", transport(cluster))) }
    return ConfigValue.object(members)
  }

  private func discoveryMembers(_ cluster: Cluster) -> [(String, Value?)] {
    let isEmpty = cluster.localities.allSatisfy { $0.endpoints.isEmpty }
    if case .replaced(let address, let port) = options.upstreams, cluster.name != "BlackHoleCluster" {
      let followsRequest = cluster.discovery == .originalDestination || cluster.discovery == .dynamicForwardProxy
      if followsRequest || !isEmpty {
        let endpoint = ConfigValue.object([
          ("endpoint", ConfigValue.object([("address", ConfigValue.socketAddress(address, port))]))
        ])
        return [
          ("type", .string("STATIC")),
          ("load_assignment", assignment(cluster, [ConfigValue.object([("lb_endpoints", .array([endpoint]))])])),
        ]
      }
      return [("type", .string("STATIC")), ("load_assignment", assignment(cluster, []))]
    }
    switch cluster.discovery {
    case .eds, .staticEndpoints:
      return [("type", .string("STATIC")), ("load_assignment", assignment(cluster, localityValues(cluster)))]
    case .strictDNS, .logicalDNS:
      return [
        ("type", .string(cluster.discovery.rawValue)), ("dns_lookup_family", .string("V4_ONLY")),
        ("load_assignment", assignment(cluster, localityValues(cluster))),
      ]
    case .originalDestination:
      let override = cluster.originalDestinationPort.map {
        ConfigValue.object([("upstream_port_override", ConfigValue.unsigned($0))])
      }
      return [("type", .string("ORIGINAL_DST")), ("original_dst_lb_config", override)]
    case .dynamicForwardProxy:
      return [
        (
          "cluster_type",
          ConfigValue.named(
            "envoy.clusters.dynamic_forward_proxy",
            "envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig",
            [("dns_cache_config", nameCache(cluster))])
        )
      ]
    }
  }

  private func assignment(_ cluster: Cluster, _ localities: [Value]) -> Value {
    ConfigValue.object([
      ("cluster_name", .string(cluster.name)), ("endpoints", ConfigValue.list(localities)),
    ])
  }

  private func localityValues(_ cluster: Cluster) -> [Value] {
    // An endpoint known by its workload only has no address to connect to.
    cluster.localities.map { group in
      let endpoints = group.endpoints.compactMap { value(of: $0) }
      return ConfigValue.object([
        (
          "locality",
          ConfigValue.object([
            ("region", .string(group.locality.region)), ("zone", .string(group.locality.zone)),
            ("sub_zone", .string(group.locality.subzone)),
          ])
        ),
        ("lb_endpoints", ConfigValue.list(endpoints)),
        ("load_balancing_weight", ConfigValue.unsigned(ifPresent: group.weight.map { max(1, $0) })),
        ("priority", group.priority == 0 ? nil : ConfigValue.unsigned(group.priority)),
      ])
    }
  }

  private func value(of endpoint: Endpoint) -> Value? {
    let text = Array(endpoint.address.utf8)
    let address: Value
    if text.first == UInt8(ascii: "/") {
      address = ConfigValue.object([("pipe", ConfigValue.object([("path", .string(endpoint.address))]))])
    } else {
      guard let colon = text.lastIndex(of: UInt8(ascii: ":")) else { return nil }
      var host = String(decoding: text[..<colon], as: UTF8.self)
      guard let port = UInt32(String(decoding: text[(colon + 1)...], as: UTF8.self)) else { return nil }
      if host.utf8.first == UInt8(ascii: "["), host.utf8.last == UInt8(ascii: "]") {
        host = String(host.dropFirst().dropLast())
      }
      address = ConfigValue.socketAddress(host, port)
    }
    let health: String
    switch endpoint.health {
    case .healthy: health = "HEALTHY"
    case .unhealthy: health = "UNHEALTHY"
    case .draining: health = "DRAINING"
    }
    return ConfigValue.object([
      ("endpoint", ConfigValue.object([("address", address)])),
      ("health_status", .string(health)),
      ("load_balancing_weight", ConfigValue.unsigned(max(1, endpoint.weight))),
    ])
  }

  private func balancingMembers(_ cluster: Cluster) -> [(String, Value?)] {
    let slowStart = cluster.slowStart.map { start in
      ConfigValue.object([
        ("slow_start_window", ConfigValue.duration(milliseconds: start.windowMilliseconds)),
        (
          "aggression",
          start.aggression.map {
            ConfigValue.object([("default_value", .number($0)), ("runtime_key", .string("slow-start"))])
          }
        ),
        ("min_weight_percent", start.minimumPercent.map { ConfigValue.object([("value", .number($0))]) }),
      ])
    }
    let slow = slowStart.map { ConfigValue.object([("slow_start_config", $0)]) }
    let replaced = options.upstreams != .asConfigured
    switch cluster.loadBalancer {
    case .roundRobin: return [("lb_policy", .string("ROUND_ROBIN")), ("round_robin_lb_config", slow)]
    case .leastRequest: return [("lb_policy", .string("LEAST_REQUEST")), ("least_request_lb_config", slow)]
    case .random: return [("lb_policy", .string("RANDOM"))]
    case .ringHash(let size):
      let config = size.map { ConfigValue.object([("minimum_ring_size", .string("\($0)"))]) }
      return [("lb_policy", .string("RING_HASH")), ("ring_hash_lb_config", config)]
    case .maglev(let size):
      let config = size.map { ConfigValue.object([("table_size", .string("\($0)"))]) }
      return [("lb_policy", .string("MAGLEV")), ("maglev_lb_config", config)]
    case .clusterProvided:
      return replaced ? [] : [("lb_policy", .string("CLUSTER_PROVIDED"))]
    }
  }

  private func commonBalancing(_ cluster: Cluster) -> Value? {
    let panic = cluster.panicThreshold.map { ConfigValue.object([("value", .integer(Int64($0)))]) }
    let locality = cluster.isLocalityWeighted ? ConfigValue.object([]) : nil
    if panic == nil && locality == nil { return nil }
    return ConfigValue.object([("healthy_panic_threshold", panic), ("locality_weighted_lb_config", locality)])
  }

  private func value(of breakers: CircuitBreakers) -> Value {
    let unlimited: UInt32 = 4_294_967_295
    let budget = breakers.retryBudget.map {
      ConfigValue.object([
        ("budget_percent", ConfigValue.object([("value", .number($0.percent))])),
        ("min_retry_concurrency", ConfigValue.unsigned($0.minRetryConcurrency)),
      ])
    }
    let threshold = ConfigValue.object([
      ("max_connections", ConfigValue.unsigned(breakers.maxConnections ?? unlimited)),
      ("max_pending_requests", ConfigValue.unsigned(breakers.maxPendingRequests ?? unlimited)),
      ("max_requests", ConfigValue.unsigned(breakers.maxRequests ?? unlimited)),
      ("max_retries", ConfigValue.unsigned(breakers.maxRetries ?? unlimited)),
      ("retry_budget", budget),
    ])
    return ConfigValue.object([("thresholds", .array([threshold]))])
  }

  private func value(of ejection: OutlierEjection) -> Value {
    ConfigValue.object([
      ("consecutive_5xx", ConfigValue.unsigned(ifPresent: ejection.consecutive5xx)),
      ("enforcing_consecutive_5xx", ConfigValue.unsigned(ifPresent: ejection.enforcingConsecutive5xx)),
      ("consecutive_gateway_failure", ConfigValue.unsigned(ifPresent: ejection.consecutiveGatewayFailure)),
      (
        "enforcing_consecutive_gateway_failure",
        ConfigValue.unsigned(ifPresent: ejection.enforcingConsecutiveGatewayFailure)
      ),
      ("consecutive_local_origin_failure", ConfigValue.unsigned(ifPresent: ejection.consecutiveLocalOriginFailure)),
      (
        "enforcing_consecutive_local_origin_failure",
        ConfigValue.unsigned(ifPresent: ejection.enforcingConsecutiveLocalOriginFailure)
      ),
      (
        "enforcing_local_origin_success_rate", ConfigValue.unsigned(ifPresent: ejection.enforcingLocalOriginSuccessRate)
      ),
      ("split_external_local_origin_errors", ejection.splitExternalLocalOriginErrors ? .bool(true) : nil),
      ("interval", ConfigValue.duration(ifPresent: ejection.intervalMilliseconds)),
      ("base_ejection_time", ConfigValue.duration(ifPresent: ejection.baseEjectionTimeMilliseconds)),
      ("max_ejection_percent", ConfigValue.unsigned(ifPresent: ejection.maxEjectionPercent)),
      ("enforcing_success_rate", ConfigValue.unsigned(ifPresent: ejection.enforcingSuccessRate)),
    ])
  }

  private func protocolOptions(_ cluster: Cluster) -> Value {
    let common = ConfigValue.object([
      ("idle_timeout", ConfigValue.duration(ifPresent: cluster.httpOptions.idleTimeoutMilliseconds)),
      (
        "max_connection_duration",
        ConfigValue.duration(ifPresent: cluster.httpOptions.maxConnectionDurationMilliseconds)
      ),
      ("max_requests_per_connection", ConfigValue.unsigned(ifPresent: cluster.httpOptions.maxRequestsPerConnection)),
    ])
    let http2 = ConfigValue.object([
      ("max_concurrent_streams", ConfigValue.unsigned(ifPresent: cluster.httpOptions.maxConcurrentStreams))
    ])
    var members: [(String, Value?)] = [
      ("common_http_protocol_options", common),
      ("upstream_http_protocol_options", namesServerByRequest(cluster) ? Self.automaticName : nil),
    ]
    // An echo server in the endpoints' place speaks HTTP/1.1 only.
    let speaks: UpstreamProtocol = options.upstreams == .asConfigured ? cluster.upstreamProtocol : .http1
    switch speaks {
    case .http1:
      members.append(
        ("explicit_http_config", ConfigValue.object([("http_protocol_options", ConfigValue.object([]))])))
    case .http2:
      members.append(("explicit_http_config", ConfigValue.object([("http2_protocol_options", http2)])))
    case .client:
      members.append(
        (
          "use_downstream_protocol_config",
          ConfigValue.object([
            ("http_protocol_options", ConfigValue.object([])), ("http2_protocol_options", http2),
          ])
        ))
    }
    return ConfigValue.typed("envoy.extensions.upstreams.http.v3.HttpProtocolOptions", members)
  }

  private static let automaticName = ConfigValue.object([
    ("auto_sni", .bool(true)), ("auto_san_validation", .bool(true)),
  ])

  /// Whether SNI and the certificate's expected name are those of the request's host.
  private func namesServerByRequest(_ cluster: Cluster) -> Bool {
    if options.upstreams != .asConfigured { return false }
    if cluster.discovery == .dynamicForwardProxy { return true }
    guard case .external(let tls) = cluster.tls else { return false }
    return tls.sni.isEmpty
  }

  private mutating func transport(_ cluster: Cluster) -> Value? {
    switch cluster.tls {
    case .none:
      return nil
    case .auto, .mesh:
      leftOut.append(.meshTLS(cluster: cluster.name))
      return nil
    case .external(let tls):
      if tls.presentsCertificate { leftOut.append(.clientCertificate(cluster: cluster.name)) }
      if !tls.skipsVerification { leftOut.append(.serverVerification(cluster: cluster.name)) }
      return ConfigValue.named(
        "envoy.transport_sockets.tls", "envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
        [("sni", tls.sni.isEmpty ? nil : .string(tls.sni)), ("common_tls_context", ConfigValue.object([]))])
    }
  }
}
