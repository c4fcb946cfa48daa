import ProxyModel

extension ProxyConfiguration {
  /// Route configurations that the listeners ask for, each once, in order.
  var routeNames: [String] {
    var seen: Set<String> = []
    return filters.compactMap { filter in
      guard case .connectionManager(let manager) = filter, case .named(let name) = manager.routes,
        seen.insert(name).inserted
      else { return nil }
      return name
    }
  }

  /// Every cluster that a connection or request can be sent to, or about which an authorizer is asked.
  var referencedClusters: Set<String> {
    var names: Set<String> = []
    for filter in filters {
      switch filter {
      case .rbac: continue
      case .externalAuthorization(let authorization): names.formUnion(authorization.clusters)
      case .tcpProxy(let proxy): names.formUnion(proxy.target.clusters)
      case .connectionManager(let manager):
        for case .externalAuthorization(let authorization) in manager.filters {
          names.formUnion(authorization.clusters)
        }
        if case .inline(let routes) = manager.routes { names.formUnion(routes.clusters) }
      }
    }
    for routes in routeConfigurations.values { names.formUnion(routes.clusters) }
    return names
  }

  private var filters: [NetworkFilter] {
    listeners.flatMap { $0.filterChains + ($0.defaultFilterChain.map { [$0] } ?? []) }.flatMap(\.filters)
  }
}

extension ExternalAuthorization {
  fileprivate var clusters: [String] {
    switch authorizer {
    case .http(let cluster), .grpc(let cluster): [cluster]
    case .invalid: []
    }
  }
}

extension ClusterTarget {
  fileprivate var clusters: [String] {
    switch self {
    case .cluster(let name): [name]
    case .weighted(let entries): entries.map(\.cluster)
    }
  }
}

extension RouteConfiguration {
  fileprivate var clusters: Set<String> {
    var names: Set<String> = []
    for route in virtualHosts.flatMap(\.routes) {
      guard case .forward(let forward) = route.action else { continue }
      names.formUnion(forward.target.clusters)
      for mirror in forward.mirrors { names.insert(mirror.cluster) }
    }
    return names
  }
}
