import MeshModel
import ProxyModel

/// The clusters behind inbound chains (IN-2, IN-4, SC-15, SC-16).
struct InboundClusters {
  let scope: ProxyScope
  let ports: InboundPorts
  let meshConfig: MeshConfig

  /// For ports that nobody declared: wherever the client dialled.
  var passthrough: Cluster {
    var cluster = Cluster(name: "InboundPassthroughCluster", discovery: .originalDestination)
    cluster.loadBalancer = .clusterProvided
    cluster.upstreamProtocol = .client
    cluster.apply(nil, retryBudget: nil, mesh: meshConfig)
    cluster.httpOptions.idleTimeoutMilliseconds = 300_000
    return cluster
  }

  func cluster(of port: InboundPort) -> Cluster {
    let address = endpoint(of: port)
    var cluster = Cluster(
      name: port.clusterName, port: port.number,
      discovery: address == nil ? .originalDestination : .staticEndpoints)
    cluster.loadBalancer = address == nil ? .clusterProvided : .roundRobin
    if let address {
      cluster.localities = [LocalityEndpoints(locality: Locality(), endpoints: [Endpoint(address: address)])]
    }
    cluster.upstreamProtocol = Cluster.upstreamProtocol(port.port, isGateway: false, pool: nil, mesh: MeshConfig())
    let rule = port.service.flatMap { scope.destinationRule(forHost: $0.hostname, inbound: true) }
    let policy = TrafficPolicy.merged(rule?.trafficPolicy, nil, port: port.port.number)
    cluster.apply(
      pool(of: port) ?? policy?.connectionPool, retryBudget: policy?.retryBudget, mesh: meshConfig)
    cluster.origin = port.ingress?.origin ?? port.service?.origin
    if let rule, rule.trafficPolicy != nil { cluster.destinationRule = Origin(object: rule.id, field: "") }
    return cluster
  }

  /// SC-16: the Sidecar's word, before any DestinationRule's.
  private func pool(of port: InboundPort) -> ConnectionPoolSettings? {
    port.ingress?.listener.connectionPool ?? ports.sidecar?.inboundConnectionPool
  }

  /// Where the bytes go; nil: to the address that the client dialled.
  private func endpoint(of port: InboundPort) -> String? {
    guard let ingress = port.ingress else {
      let isLocal = meshConfig.inboundTrafficPolicy?.mode == .localhost
      return isLocal ? Self.joined(ports.loopback, "\(port.number)") : nil
    }
    let written = ingress.listener.defaultEndpoint
    if written.utf8.starts(with: "unix://".utf8) { return String(written.dropFirst("unix://".count)) }
    guard let colon = written.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    let number = written[written.utf8.index(after: colon)...]
    switch written[..<colon] {
    case "0.0.0.0": return Self.joined(ownAddress(isIPv6: false), number)
    case "[::]": return Self.joined(ownAddress(isIPv6: true), number)
    case "127.0.0.1", "[::1]": return Self.joined(ports.loopback, number)
    default: return nil
    }
  }

  private func ownAddress(isIPv6: Bool) -> String {
    scope.vantage.addresses.first { $0.utf8.contains(UInt8(ascii: ":")) == isIPv6 } ?? (isIPv6 ? "::1" : "127.0.0.1")
  }

  private static func joined(_ address: String, _ port: some StringProtocol) -> String {
    address.utf8.contains(UInt8(ascii: ":")) ? "[\(address)]:\(port)" : "\(address):\(port)"
  }
}
