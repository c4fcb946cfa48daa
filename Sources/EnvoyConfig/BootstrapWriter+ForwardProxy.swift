import MeshModel
import ProxyModel

/// Clusters that resolve the name which the client asks for, and the filters that go before them.
extension BootstrapWriter {
  /// The filters and their clusters find each other by the name of the cache, and all must describe it alike.
  func nameCache(_ cluster: Cluster) -> Value {
    ConfigValue.object([
      ("name", .string(cluster.service + "_dfp_dns_cache")), ("dns_lookup_family", .string("V4_ONLY")),
    ])
  }

  /// For the clusters among a connection manager's routes.
  func httpForwardProxies(_ table: RouteConfiguration) -> [Value] {
    guard options.upstreams == .asConfigured else { return [] }
    var names: Set<String> = []
    for host in table.virtualHosts {
      for route in host.routes {
        if case .forward(let forward) = route.action { names.formUnion(forward.target.clusterNames) }
      }
    }
    var services: Set<String> = []
    var filters: [Value] = []
    for name in names.sorted() {
      guard let cluster = configuration.clusters[name], cluster.discovery == .dynamicForwardProxy,
        services.insert(cluster.service).inserted
      else { continue }
      filters.append(
        ConfigValue.named(
          "envoy.filters.http.dynamic_forward_proxy",
          "envoy.extensions.filters.http.dynamic_forward_proxy.v3.FilterConfig",
          [("dns_cache_config", nameCache(cluster))]))
    }
    return filters
  }

  /// The name of a TLS connection is its SNI.
  func sniForwardProxy(_ proxy: TCPProxy) -> [Value] {
    guard options.upstreams == .asConfigured,
      let cluster = proxy.target.clusterNames.compactMap({ configuration.clusters[$0] }).first(where: {
        $0.discovery == .dynamicForwardProxy
      })
    else { return [] }
    return [
      ConfigValue.named(
        "envoy.filters.network.sni_dynamic_forward_proxy",
        "envoy.extensions.filters.network.sni_dynamic_forward_proxy.v3.FilterConfig",
        [("port_value", ConfigValue.unsigned(cluster.port)), ("dns_cache_config", nameCache(cluster))])
    ]
  }
}

extension ClusterTarget {
  fileprivate var clusterNames: [String] {
    switch self {
    case .cluster(let name): [name]
    case .weighted(let entries): entries.map(\.cluster)
    }
  }
}
