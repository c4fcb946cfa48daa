import MeshModel
import ProxyModel

extension Translator {
  /// EV-2: servers, listeners, routes, clusters.
  func translateGateway(_ vantage: Vantage, _ demand: Demand, into result: inout ProxyConfiguration) {
    let scope = scope(for: vantage)
    let merged = gateways.merged(for: vantage, targets: registry.targets(of: vantage))
    let listeners = GatewayListeners(
      scope: scope, meshConfig: snapshot.meshConfig, merged: merged,
      policies: policies.filters(for: vantage, isGateway: true),
      virtualServices: { virtualServices.selected(gateway: $0, from: vantage.namespace) })
    result.take(listeners.listeners(), for: demand)
    var routes = GatewayRouteConfigurations(scope: scope, translator: self)
    for name in result.routeNames {
      guard let servers = merged.serversByRouteName[name], !servers.isEmpty else { continue }
      result.routeConfigurations[name] = routes.configuration(named: name, servers: servers)
    }
    addClusters(for: scope, demand, to: &result)
    extensions.note(
      in: &result, serverPorts: merged.serversByRouteName.mapValues { Set($0.map(\.server.port.number)) })
  }
}
