import MeshModel
import ProxyModel

/// A cluster as one line of `fixtures/clusters`; what is Istio's default is left out.
struct ClusterLine {
  let cluster: Cluster

  var text: String {
    var parts = [cluster.name, cluster.discovery.rawValue]
    if let rule = cluster.destinationRule?.object { parts.append("rule=\(rule.namespace)/\(rule.name)") }
    if let balancer { parts.append("lb=" + balancer) }
    if cluster.connectTimeoutMilliseconds != 10_000 { parts.append("connect=\(cluster.connectTimeoutMilliseconds)") }
    let limits = cluster.circuitBreakers
    parts += list(
      "breakers", [limits.maxConnections, limits.maxPendingRequests, limits.maxRequests, limits.maxRetries])
    let options = cluster.httpOptions
    parts += list("idle,age", [options.idleTimeoutMilliseconds, options.maxConnectionDurationMilliseconds])
    parts += list("requests,streams", [options.maxRequestsPerConnection, options.maxConcurrentStreams])
    if cluster.upstreamProtocol != .http1 { parts.append("protocol=" + cluster.upstreamProtocol.rawValue) }
    if let panic = cluster.panicThreshold { parts.append("panic=\(panic)") }
    if cluster.isLocalityWeighted { parts.append("weighted") }
    parts += outlier
    if let transport { parts.append("tls=" + transport) }
    if let port = cluster.originalDestinationPort { parts.append("port=\(port)") }
    return (parts + cluster.localities.map(group)).joined(separator: " ")
  }

  private var balancer: String? {
    switch cluster.loadBalancer {
    case .leastRequest, .clusterProvided: nil
    case .roundRobin: "ROUND_ROBIN"
    case .random: "RANDOM"
    case .ringHash(let size): "RING_HASH:" + (size.map(String.init) ?? "")
    case .maglev(let size): "MAGLEV:" + (size.map(String.init) ?? "")
    }
  }

  private var outlier: [String] {
    guard let found = cluster.outlierDetection else { return [] }
    let counts = [
      found.consecutive5xx, found.enforcingConsecutive5xx, found.consecutiveGatewayFailure,
      found.enforcingConsecutiveGatewayFailure, found.consecutiveLocalOriginFailure,
      found.enforcingConsecutiveLocalOriginFailure, found.enforcingLocalOriginSuccessRate, found.maxEjectionPercent,
      found.enforcingSuccessRate,
    ]
    return list("outlier", counts)
      + list("every,for", [found.intervalMilliseconds, found.baseEjectionTimeMilliseconds])
  }

  private var transport: String? {
    switch cluster.tls {
    case .none: nil
    case .auto(let sni, _): "auto:" + sni
    case .mesh(let sni, _): "mesh:" + sni
    case .external(let tls): "external:" + tls.sni
    }
  }

  private func list(_ name: String, _ values: [(some BinaryInteger)?]) -> [String] {
    let values = values.map { $0.map { Int64($0) } }
    guard values.contains(where: { $0 != nil }) else { return [] }
    return [name + "=" + values.map { $0.map { "\($0)" } ?? "-" }.joined(separator: ",")]
  }

  private func group(_ group: LocalityEndpoints) -> String {
    let locality = [group.locality.region, group.locality.zone, group.locality.subzone].joined(separator: "/")
    var isAutomatic = false
    if case .auto = cluster.tls { isAutomatic = true }
    let endpoints = group.endpoints.map { endpoint in
      endpoint.address + (endpoint.weight == 1 ? "" : "*\(endpoint.weight)")
        + (isAutomatic && endpoint.acceptsMeshTLS ? "+tls" : "")
    }
    let weight = group.weight.map(String.init) ?? "-"
    return "\(locality)@\(group.priority)*\(weight)[\(endpoints.sorted().joined(separator: ","))]"
  }
}
