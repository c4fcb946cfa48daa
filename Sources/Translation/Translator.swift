package import MeshModel
package import ProxyModel

/// What istiod does: a snapshot and a vantage become the configuration of one proxy.
///
/// The indexes over the snapshot are built once and shared by every vantage.
package struct Translator: Sendable {
  /// Without what discovery selectors leave out.
  package let snapshot: Snapshot
  let registry: ServiceRegistry
  let virtualServices: VirtualServiceIndex
  let destinationRules: DestinationRuleIndex
  let sidecars: SidecarIndex
  let gateways: GatewayIndex
  let peerAuthentications: PeerAuthenticationIndex
  let policies: PolicyIndex
  let extensions: ExtensionIndex
  let gatewayAPI: GatewayAPIReach
  let unknownFields: UnknownFieldReach

  package init(_ given: Snapshot) {
    let snapshot = given.discovered()
    self.snapshot = snapshot
    let registry = ServiceRegistry(snapshot)
    self.registry = registry
    virtualServices = VirtualServiceIndex(snapshot)
    destinationRules = DestinationRuleIndex(snapshot)
    sidecars = SidecarIndex(snapshot)
    gateways = GatewayIndex(snapshot)
    peerAuthentications = PeerAuthenticationIndex(snapshot)
    policies = PolicyIndex(snapshot, namespaces: registry.namespaces(of:))
    extensions = ExtensionIndex(snapshot)
    gatewayAPI = GatewayAPIReach(snapshot)
    unknownFields = UnknownFieldReach(snapshot)
  }

  /// Everything that the proxy of that vantage is told, or the part that a demand needs.
  package func configuration(for vantage: Vantage, demand: Demand = .everything) -> ProxyConfiguration {
    var result = ProxyConfiguration(vantage: vantage)
    switch vantage.kind {
    case .sidecar: translateSidecar(vantage, demand, into: &result)
    case .gateway: translateGateway(vantage, demand, into: &result)
    case .inbound: translateInbound(vantage, demand, into: &result)
    }
    if !gatewayAPI.isEmpty { gatewayAPI.mark(&result) }
    if !unknownFields.isEmpty {
      unknownFields.mark(&result, sidecar: sidecars.sidecar(namespace: vantage.namespace, labels: vantage.labels))
    }
    return result
  }
}

/// Which part of a proxy's configuration is wanted; less is faster, never different.
package enum Demand: Hashable, Sendable {
  case everything
  /// The listeners, routes and clusters that a connection to this destination port can reach.
  case port(UInt32)
}
