import ProxyModel

extension Translator {
  /// EV-1: scope, listeners, routes, clusters.
  func translateSidecar(_ vantage: Vantage, _ demand: Demand, into result: inout ProxyConfiguration) {}
}
