import MeshModel
import ProxyModel

/// Routes that Istio makes by itself.
enum DefaultRoutes {
  /// RD-4, RT-11.
  static func toService(_ service: MeshService, port: UInt32, context: RouteContext) -> Route {
    var forward = Forward(target: .cluster(NetworkRouting.clusterName(service.hostname, port: port)))
    forward.maxGRPCTimeoutMilliseconds = 0
    forward.retry = context.defaults.retry
    let hash = context.hashKeys.hash(forService: service.hostname, port: port)
    if let policy = hash.flatMap(HashPolicy.init(translating:)) { forward.hashPolicies = [policy] }
    return Route(name: "default", match: RouteMatch(), action: .forward(forward))
  }

  /// UK-1, UK-2, RD-11: hosts that nobody knows.
  static func unknownHosts(_ policy: OutboundTrafficPolicy, defaults: RouteDefaults) -> VirtualHost {
    guard policy.mode == .allowAny else {
      let route = Route(name: "block_all", match: RouteMatch(), action: .respond(DirectResponse(status: 502)))
      return VirtualHost(name: "block_all", domains: ["*"], routes: [route])
    }
    var cluster = "PassthroughCluster"
    if let proxy = policy.egressProxy {  // SC-13
      cluster =
        proxy.host.isEmpty
        ? "UnknownService" : NetworkRouting.clusterName(proxy.host, port: proxy.port ?? 0, subset: proxy.subset)
    }
    var forward = Forward(target: .cluster(cluster))
    forward.maxGRPCTimeoutMilliseconds = 0
    forward.appendsForwardedHost = defaults.appendsForwardedHost
    let route = Route(name: "allow_any", match: RouteMatch(), action: .forward(forward))
    return VirtualHost(name: "allow_any", domains: ["*"], routes: [route])
  }
}
