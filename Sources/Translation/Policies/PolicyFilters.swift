import ProxyModel

/// The checks that policies put in front of a proxy's routing, in Istio's order (HC-2).
struct PolicyFilters: Sendable {
  /// CUSTOM, then tokens, then AUDIT, DENY and ALLOW.
  var http: [HTTPFilter] = []
  /// CUSTOM, then AUDIT, DENY and ALLOW, reduced to what a connection has (AT-1).
  var network: [NetworkFilter] = []
}
