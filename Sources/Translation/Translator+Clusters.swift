import MeshModel
import ProxyModel

extension Translator {
  /// The clusters of a proxy in Istio's order, or those of them that are named; names of no cluster are left out (NC).
  func clusters(for scope: ProxyScope, names: Set<String>? = nil) -> [Cluster] {
    let builder = ClusterBuilder(
      scope: scope, registry: registry, mesh: snapshot.meshConfig, peerAuthentications: peerAuthentications)
    guard let names else { return everyCluster(builder) + specialClusters(scope.vantage) }
    var result: [Cluster] = []
    let wanted = Dictionary(grouping: names.compactMap(ClusterName.init), by: \.hostname)
    for (hostname, parts) in wanted.sorted(by: { $0.key < $1.key }) {
      guard let service = scope.service(hostname) else { continue }
      let everyone = registry.endpoints(service.key)
      for part in parts.sorted(by: { ($0.port, $0.subset) < ($1.port, $1.subset) }) {
        guard let port = service.ports.first(where: { $0.number == part.port }),
          let target = builder.target(service, port, everyone)
        else { continue }
        let subset = target.rule?.subset(part.subset)?.subset
        guard part.subset.isEmpty || subset != nil else { continue }
        if part.isForSNI, service.isMeshExternal || !builder.isGateway { continue }
        if let cluster = builder.cluster(target, subset: subset, isForSNI: part.isForSNI) { result.append(cluster) }
      }
    }
    return result + specialClusters(scope.vantage).filter { names.contains($0.name) }
  }

  private func everyCluster(_ builder: ClusterBuilder) -> [Cluster] {
    builder.scope.services.flatMap { service -> [Cluster] in
      let everyone = registry.endpoints(service.key)
      return service.ports.flatMap { port -> [Cluster] in
        guard let target = builder.target(service, port, everyone), let plain = builder.cluster(target) else {
          return []
        }
        let subsets = target.rule?.subsets ?? []
        return [plain] + subsets.compactMap { builder.cluster(target, subset: $0.subset) }
      }
    }
  }

  /// CL-4.
  private func specialClusters(_ vantage: Vantage) -> [Cluster] {
    var blackHole = Cluster(name: "BlackHoleCluster", discovery: .staticEndpoints)
    blackHole.connectTimeoutMilliseconds = snapshot.meshConfig.connectTimeout?.milliseconds ?? 10_000
    blackHole.loadBalancer = .roundRobin
    if vantage.kind == .gateway { return [blackHole] }
    var passthrough = Cluster(name: "PassthroughCluster", discovery: .originalDestination)
    passthrough.loadBalancer = .clusterProvided
    passthrough.upstreamProtocol = .client
    passthrough.apply(nil, retryBudget: nil, mesh: snapshot.meshConfig)
    passthrough.httpOptions.idleTimeoutMilliseconds = 300_000
    return [blackHole, passthrough]
  }
}
