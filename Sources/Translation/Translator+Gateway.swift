import ProxyModel

extension Translator {
  /// EV-2: servers, listeners, routes, clusters.
  func translateGateway(_ vantage: Vantage, _ demand: Demand, into result: inout ProxyConfiguration) {}
}
