package import MeshModel

/// What one proxy is told: Envoy's shapes, every element with the object and field that it came from.
package struct ProxyConfiguration: Sendable {
  package var vantage: Vantage
  /// In Istio's order; names are unique.
  package var listeners: [Listener] = []
  package var routeConfigurations: [String: RouteConfiguration] = [:]
  package var clusters: [String: Cluster] = [:]
  /// Makes a cluster that is not among `clusters`, where only some of them were asked for; nil when all are there.
  package var clustersOnDemand: (@Sendable (String) -> Cluster?)?
  /// Listeners that Istio sends and Envoy refuses, by name, sorted (corrections 5.9); they are not among `listeners`.
  package var rejectedListeners: [String] = []
  /// What could change any answer of this proxy and is not modelled.
  package var notModelled: [NotModelled] = []

  package init(vantage: Vantage) {
    self.vantage = vantage
  }
}

/// Something in the configuration that could change an answer and that Drydock does not model.
package struct NotModelled: Hashable, Sendable {
  /// nil when what is not modelled is no object, such as the mesh configuration given by itself.
  package var origin: Origin?
  package var reason: Reason

  package enum Reason: String, Hashable, Sendable {
    case envoyFilter, wasmPlugin, trafficExtension, unknownField, gatewayAPI, remoteKeys, clientAddressUnknown
    case meshSetting, externalAuthorizer, tokenClaims
  }

  package init(origin: Origin?, reason: Reason) {
    self.origin = origin
    self.reason = reason
  }
}
