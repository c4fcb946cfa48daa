import MeshModel
import ProxyModel

extension Translator {
  /// EV-1: scope, listeners, routes, clusters.
  func translateSidecar(_ vantage: Vantage, _ demand: Demand, into result: inout ProxyConfiguration) {
    let scope = scope(for: vantage)
    var builder = OutboundListeners(
      scope: scope, registry: registry, policies: policies, wantedPorts: demand.wantedPort.map { [$0] })
    let catchAll = CatchAll(scope: scope, meshConfig: snapshot.meshConfig)
    result.take(
      builder.listeners() + [catchAll.httpProxy, catchAll.virtualOutbound].compactMap { $0 }, for: demand)
    var routes = SidecarRouteConfigurations(scope: scope, snapshot: snapshot)
    for name in result.routeNames { result.routeConfigurations[name] = routes.configuration(named: name) }
    addClusters(for: scope, demand, to: &result)
    extensions.note(in: &result)
  }

  /// All of them, or those that what is there leads to; names without a cluster stay without one.
  ///
  /// Where nothing looks at clusters beforehand, those of one port are made when requests reach them.
  func addClusters(for scope: ProxyScope, _ demand: Demand, to result: inout ProxyConfiguration) {
    if case .port = demand, extensions.isEmpty, unknownFields.isEmpty {
      result.clustersOnDemand = { name in clusters(for: scope, names: [name]).first }
      return
    }
    var names = result.referencedClusters
    if case .everything = demand {
      for cluster in clusters(for: scope) { result.clusters[cluster.name] = cluster }
      names.subtract(result.clusters.keys)
    }
    guard !names.isEmpty else { return }
    for cluster in clusters(for: scope, names: names) { result.clusters[cluster.name] = cluster }
  }
}

extension Demand {
  /// nil: every port.
  var wantedPort: UInt32? {
    switch self {
    case .everything: nil
    case .port(let port): port
    }
  }
}

extension ProxyConfiguration {
  /// Keeps what Envoy accepts and is asked for, and names what it refuses, whether asked for or not (corrections 5.9).
  mutating func take(_ built: [Listener], for demand: Demand) {
    let (refused, accepted) = (built.filter(\.isRefusedByEnvoy), built.filter { !$0.isRefusedByEnvoy })
    rejectedListeners = refused.map(\.name).sorted()
    guard let port = demand.wantedPort else {
      listeners = accepted
      return
    }
    listeners = accepted.filter { $0.port == port || $0.port == 0 || $0.name.utf8.starts(with: "virtual".utf8) }
  }
}
