import MeshModel
import ProxyModel

extension ClusterBuilder {
  /// The endpoints that a cluster has, by locality in Istio's order.
  func localities(
    _ target: Target, _ subset: Subset?, _ discovery: Cluster.Discovery, mustAcceptTLS: Bool
  ) -> [LocalityEndpoints] {
    let labels = subset?.labels ?? [:]
    let mode = tlsMode(target, subset)
    var groups: [String: LocalityEndpoints] = [:]
    // EDS goes by the port's name, the rest by its number.
    let port = target.port.name
    let behind = discovery == .eds ? target.everyone.filter { $0.portName == port } : target.endpoints
    for endpoint in behind {
      guard endpoint.labels.contains(all: labels), isUsable(endpoint, target.service, discovery) else { continue }
      let acceptsMeshTLS = endpoint.hasMeshTLS && acceptsTLS(endpoint, mode)
      let result = Endpoint(
        address: endpoint.text, weight: endpoint.weight, origin: endpoint.origin, labels: endpoint.labels,
        acceptsMeshTLS: acceptsMeshTLS, health: endpoint.isHealthy ? .healthy : .unhealthy)
      let path = endpoint.locality.path
      if groups[path] == nil { groups[path] = LocalityEndpoints(locality: endpoint.locality, weight: 0) }
      if mustAcceptTLS, !acceptsMeshTLS { continue }  // the locality stays
      groups[path]?.endpoints.append(result)
      groups[path]?.weight? += endpoint.weight
    }
    if mustAcceptTLS {
      for (path, group) in groups where group.endpoints.isEmpty { groups[path]?.weight = nil }
    }
    return groups.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
  }

  private func isUsable(
    _ endpoint: RegistryEndpoint, _ service: MeshService, _ discovery: Cluster.Discovery
  ) -> Bool {
    if !endpoint.isHealthy, service.trafficDistribution == .any { return false }
    if service.isNodeLocal, !clientNode.isEmpty, endpoint.nodeName != clientNode { return false }
    // Names are of no use where nothing resolves them.
    guard discovery == .eds, let port = endpoint.port, port != 0 else { return true }
    return endpoint.isIP
  }

  /// TLS-6, TLS-7.
  private func acceptsTLS(_ endpoint: RegistryEndpoint, _ mode: ClientTLSMode?) -> Bool {
    if let mode { return mode == .istioMutual }
    let own = peerAuthentications.effective(namespace: endpoint.namespace, labels: endpoint.labels)
    return own.mode(ofPort: endpoint.port ?? 0).mode != .disable
  }

  private func tlsMode(_ target: Target, _ subset: Subset?) -> ClientTLSMode? {
    if let subset { return subset.trafficPolicy?.endpointTLSMode(port: target.port.number) }
    return target.rule?.trafficPolicy?.endpointTLSMode(port: target.port.number)
  }

  /// TLS-1 to TLS-5.
  func tls(
    _ policy: TrafficPolicy?, _ target: Target, _ subset: Subset?, _ cluster: Cluster, _ name: ClusterName
  ) -> UpstreamTLS {
    let written = subset == nil ? target.rule?.trafficPolicy : subset?.trafficPolicy
    return UpstreamTLSChoice(
      settings: policy?.tls, service: target.service, sni: target.service.isDynamicProxy ? "" : name.sni,
      serviceAccounts: serviceAccounts(target), isAutomatic: mesh.enableAutoMtls ?? true,
      serviceMode: serviceMode(target, written), isGateway: isGateway,
      ruleHasSelector: target.rule?.workloadSelector != nil,
      isOriginalDestination: cluster.discovery == .originalDestination
    ).result
  }

  /// TLS-5.
  private func serviceMode(_ target: Target, _ written: TrafficPolicy?) -> PeerMode? {
    if target.service.isMeshExternal { return nil }
    if target.service.resolution == .passthrough || written?.loadBalancer?.simple == .passthrough {
      if target.endpoints.isEmpty || target.endpoints.contains(where: { !$0.hasMeshTLS }) { return .disable }
    }
    return peerAuthentications.effective(namespace: target.service.namespace, labels: [:]).mode
  }

  /// Under every trust domain that stands for the mesh's.
  private func serviceAccounts(_ target: Target) -> [String] {
    var accounts = Set(target.service.subjectAltNames)
    for endpoint in target.everyone where !endpoint.serviceAccount.isEmpty {
      for domain in [mesh.trustDomainName] + mesh.trustDomainAliases {
        accounts.insert("spiffe://\(domain)/ns/\(endpoint.namespace)/sa/\(endpoint.serviceAccount)")
      }
    }
    return accounts.sorted()
  }
}
