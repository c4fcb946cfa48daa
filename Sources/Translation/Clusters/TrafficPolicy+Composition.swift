import MeshModel

extension TrafficPolicy {
  /// PO-1: the entry of a port stands alone; also whether there is one.
  func atPort(_ port: UInt32) -> (policy: TrafficPolicy, isPortLevel: Bool) {
    guard let entry = portLevelSettings.first(where: { $0.port == port }) else { return (self, false) }
    var result = TrafficPolicy()
    result.loadBalancer = entry.loadBalancer
    result.connectionPool = entry.connectionPool
    result.outlierDetection = entry.outlierDetection
    result.tls = entry.tls
    return (result, true)
  }

  /// PO-2 to PO-4: what holds for a subset at a port.
  static func merged(_ base: TrafficPolicy?, _ subset: TrafficPolicy?, port: UInt32) -> TrafficPolicy? {
    let base = base?.atPort(port).policy
    guard let subset else { return base }
    let (own, isPortLevel) = subset.atPort(port)
    guard var result = base else { return own }
    if own.connectionPool != nil || isPortLevel { result.connectionPool = own.connectionPool }
    if own.outlierDetection != nil || isPortLevel { result.outlierDetection = own.outlierDetection }
    if own.loadBalancer != nil || isPortLevel { result.loadBalancer = own.loadBalancer }
    if own.tls != nil || isPortLevel { result.tls = own.tls }
    result.tunnel = own.tunnel ?? result.tunnel
    result.proxyProtocol = own.proxyProtocol ?? result.proxyProtocol
    result.retryBudget = own.retryBudget ?? result.retryBudget
    return result
  }

  /// TLS-7: how endpoints read `tls`: a port's entry without it still sees the top level.
  func endpointTLSMode(port: UInt32) -> ClientTLSMode? {
    let entry = portLevelSettings.first { $0.port == port && $0.tls != nil }
    return (entry?.tls ?? tls).map { $0.mode ?? .disable }
  }
}

extension MergedDestinationRule {
  func subset(_ name: String) -> (subset: Subset, origin: Origin)? {
    subsets.first { $0.subset.name == name }
  }
}
