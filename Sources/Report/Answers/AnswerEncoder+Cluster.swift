import Evaluation
import MeshModel
import ProxyModel

extension AnswerEncoder {
  /// What a cluster is: the parts of its name, its endpoints, and what a DestinationRule made of it.
  mutating func writeMembers(of view: ClusterView) {
    let cluster = view.cluster
    if !cluster.service.isEmpty {
      writer.key("service")
      writer.string(cluster.service)
      writer.key("subset")
      writer.string(cluster.subset)
    }
    if cluster.port > 0 {
      writer.key("port")
      writer.integer(cluster.port)
    }
    if let rule = cluster.destinationRule {
      writer.key("destinationRule")
      write(rule)
    }
    writer.writePolicy(of: cluster)
    writer.key("endpoints")
    switch cluster.discovery {
    case .originalDestination: writer.string("original destination")
    case .dynamicForwardProxy: writer.string("dynamic forward proxy")
    case .eds, .staticEndpoints, .strictDNS, .logicalDNS: writer.strings(view.addresses)
    }
    if cluster.localities.count > 1 || cluster.localities.contains(where: { $0.priority > 0 }) {
      writer.key("localities")
      writer.beginArray()
      for group in cluster.localities { writer.write(group) }
      writer.endArray()
    }
  }
}

extension JSONWriter {
  fileprivate mutating func write(_ group: LocalityEndpoints) {
    beginObject()
    key("locality")
    string(group.locality.path)
    key("priority")
    integer(group.priority)
    if let weight = group.weight {
      key("weight")
      integer(weight)
    }
    key("endpoints")
    strings(group.endpoints.map(\.address).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    endObject()
  }

  /// Absent where no rule applies; an inbound cluster tells only what differs from plain HTTP/1.
  fileprivate mutating func writePolicy(of cluster: Cluster) {
    let isInbound = cluster.name.utf8.starts(with: "inbound|".utf8)
    if isInbound {
      guard cluster.hasInboundPolicy else { return }
    } else {
      guard cluster.destinationRule != nil else { return }
    }
    key("policy")
    beginObject()
    if !isInbound {
      key("loadBalancer")
      string(cluster.loadBalancer.name)
      key("connectTimeoutMilliseconds")
      integer(cluster.connectTimeoutMilliseconds)
      writeType(cluster.discovery)
    } else if cluster.connectTimeoutMilliseconds != 10_000 {
      key("connectTimeoutMilliseconds")
      integer(cluster.connectTimeoutMilliseconds)
    }
    write(cluster.circuitBreakers)
    if let detection = cluster.outlierDetection {
      key("outlierDetection")
      write(detection)
    }
    if !isInbound { writeBalancing(of: cluster) }
    write(cluster.httpOptions)
    key("upstreamProtocol")
    string(cluster.upstreamProtocol.rawValue)
    write(cluster.tls)
    endObject()
  }

  /// A dynamic forward proxy has a type of its own and none of Envoy's five.
  private mutating func writeType(_ discovery: Cluster.Discovery) {
    switch discovery {
    case .eds, .dynamicForwardProxy: break
    case .staticEndpoints, .strictDNS, .logicalDNS, .originalDestination:
      key("type")
      string(discovery.rawValue)
    }
  }

  private mutating func write(_ breakers: CircuitBreakers) {
    guard breakers != CircuitBreakers() else { return }
    key("circuitBreakers")
    beginObject()
    member("max_connections", breakers.maxConnections)
    member("max_pending_requests", breakers.maxPendingRequests)
    member("max_requests", breakers.maxRequests)
    member("max_retries", breakers.maxRetries)
    if let budget = breakers.retryBudget {
      key("retry_budget")
      beginObject()
      key("budget_percent")
      writeValue(budget.percent)
      member("min_retry_concurrency", budget.minRetryConcurrency)
      endObject()
    }
    endObject()
  }

  private mutating func write(_ detection: OutlierEjection) {
    beginObject()
    member("consecutive_5xx", detection.consecutive5xx)
    member("enforcing_consecutive_5xx", detection.enforcingConsecutive5xx)
    member("consecutive_gateway_failure", detection.consecutiveGatewayFailure)
    member("enforcing_consecutive_gateway_failure", detection.enforcingConsecutiveGatewayFailure)
    if detection.splitExternalLocalOriginErrors {
      key("split_external_local_origin_errors")
      bool(true)
    }
    member("consecutive_local_origin_failure", detection.consecutiveLocalOriginFailure)
    member("enforcing_consecutive_local_origin_failure", detection.enforcingConsecutiveLocalOriginFailure)
    member("enforcing_local_origin_success_rate", detection.enforcingLocalOriginSuccessRate)
    member("interval", milliseconds: detection.intervalMilliseconds)
    member("base_ejection_time", milliseconds: detection.baseEjectionTimeMilliseconds)
    member("max_ejection_percent", detection.maxEjectionPercent)
    member("enforcing_success_rate", detection.enforcingSuccessRate)
    endObject()
  }

  private mutating func writeBalancing(of cluster: Cluster) {
    if let threshold = cluster.panicThreshold {
      key("panicThreshold")
      integer(threshold)
    }
    if cluster.isLocalityWeighted {
      key("localityWeighted")
      bool(true)
    }
    switch cluster.loadBalancer {
    case .ringHash(let size?):
      key("ring_hash_lb_config")
      beginObject()
      key("minimum_ring_size")
      string(String(size))
      endObject()
    case .maglev(let size?):
      key("maglev_lb_config")
      beginObject()
      key("table_size")
      string(String(size))
      endObject()
    case .roundRobin:
      if let start = cluster.slowStart {
        key("round_robin_lb_config")
        write(start)
      }
    case .leastRequest:
      if let start = cluster.slowStart {
        key("least_request_lb_config")
        write(start)
      }
    case .random, .ringHash(nil), .maglev(nil), .clusterProvided: break
    }
  }

  private mutating func write(_ start: SlowStart) {
    beginObject()
    key("slow_start_config")
    beginObject()
    member("slow_start_window", milliseconds: start.windowMilliseconds)
    if let aggression = start.aggression {
      key("aggression")
      beginObject()
      key("default_value")
      number(aggression)
      // The control plane fills the key that Envoy's schema asks for with one character.
      key("runtime_key")
      string("(")
      endObject()
    }
    if let percent = start.minimumPercent {
      key("min_weight_percent")
      writeValue(percent)
    }
    endObject()
    endObject()
  }

  private mutating func write(_ options: UpstreamHTTPOptions) {
    let isPlain =
      options.idleTimeoutMilliseconds == nil && options.maxConnectionDurationMilliseconds == nil
      && options.maxRequestsPerConnection == nil
    if isPlain { return }
    key("httpOptions")
    beginObject()
    member("idle_timeout", milliseconds: options.idleTimeoutMilliseconds)
    member("max_connection_duration", milliseconds: options.maxConnectionDurationMilliseconds)
    member("max_requests_per_connection", options.maxRequestsPerConnection)
    endObject()
  }

  private mutating func write(_ tls: UpstreamTLS) {
    switch tls {
    case .none: break
    case .auto:
      key("tls")
      string("auto")
    case .mesh(let sni, _): writeTLS(sni: sni, usesMeshCertificate: true)
    case .external(let external): writeTLS(sni: external.sni, usesMeshCertificate: false)
    }
  }

  private mutating func writeTLS(sni: String, usesMeshCertificate: Bool) {
    key("tls")
    beginObject()
    key("sni")
    string(sni)
    key("mesh")
    bool(usesMeshCertificate)
    endObject()
  }

  private mutating func writeValue(_ value: Double) {
    beginObject()
    key("value")
    number(value)
    endObject()
  }

  mutating func member(_ name: StaticString, _ value: UInt32?) {
    guard let value else { return }
    key(name)
    integer(value)
  }

  mutating func member(_ name: StaticString, milliseconds: Int64?) {
    guard let milliseconds else { return }
    key(name)
    string(DurationText.proto3(milliseconds: milliseconds))
  }
}

extension Cluster {
  /// What an inbound cluster can have beyond plain HTTP/1.
  fileprivate var hasInboundPolicy: Bool {
    circuitBreakers != CircuitBreakers() || outlierDetection != nil || httpOptions != UpstreamHTTPOptions()
      || upstreamProtocol != .http1 || tls != .none
  }
}

extension Cluster.LoadBalancer {
  /// Envoy's `lb_policy`.
  package var name: String {
    switch self {
    case .roundRobin: "ROUND_ROBIN"
    case .leastRequest: "LEAST_REQUEST"
    case .random: "RANDOM"
    case .ringHash: "RING_HASH"
    case .maglev: "MAGLEV"
    case .clusterProvided: "CLUSTER_PROVIDED"
    }
  }
}
