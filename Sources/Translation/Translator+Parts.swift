package import MeshModel
package import ProxyModel

/// Parts of a proxy's configuration, each made without the rest.
extension Translator {
  /// The clusters of a proxy in Istio's order, or those that are named.
  package func clusters(for vantage: Vantage, names: Set<String>? = nil) -> [Cluster] {
    clusters(for: scope(for: vantage), names: names)
  }

  /// A route configuration of a sidecar (RD-1).
  package func sidecarRoutes(_ name: String, for vantage: Vantage) -> RouteConfiguration {
    var routes = SidecarRouteConfigurations(scope: scope(for: vantage), snapshot: snapshot)
    return routes.configuration(named: name)
  }

  /// A route configuration of a gateway's workload (GM-1).
  package func gatewayRoutes(_ name: String, for vantage: Vantage) -> RouteConfiguration {
    let merged = gateways.merged(for: vantage, targets: [])
    var routes = GatewayRouteConfigurations(scope: scope(for: vantage), translator: self)
    return routes.configuration(named: name, servers: merged.serversByRouteName[name] ?? [])
  }

  /// The http rules of every VirtualService with their delegates merged in, in the order of OR-1.
  package var httpRules: [ResolvedHTTPRule] { virtualServices.virtualServices.flatMap(\.http) }

  /// Where a pod stands: its own label, otherwise its node's.
  package func locality(ofPod pod: Pod, labels: [String: String]) -> Locality {
    registry.workloads.locality(ofPod: pod, labels: labels)
  }
}
