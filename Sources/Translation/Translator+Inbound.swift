import ProxyModel

extension Translator {
  /// EV-1, step 6.
  func translateInbound(_ vantage: Vantage, _ demand: Demand, into result: inout ProxyConfiguration) {}
}
