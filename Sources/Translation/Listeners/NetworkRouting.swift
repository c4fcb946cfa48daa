import MeshModel
import ProxyModel

/// How destinations of tcp and tls rules become TCP proxies, on sidecars and gateways alike.
struct NetworkRouting {
  let scope: ProxyScope

  /// The proxy of a rule: one destination as it is, several by weight (TC-5); nil when there is none.
  func proxy(for route: [RouteDestination], listenerPort: UInt32, origin: Origin) -> TCPProxy? {
    guard let first = route.first else { return nil }
    let rule = scope.destinationRule(forHost: first.destination.host)
    if route.count == 1 {
      let cluster = cluster(of: first.destination, listenerPort: listenerPort)
      return proxy(
        to: .cluster(cluster), subset: first.destination.subset, rule: rule, origin: origin)
    }
    var weighted: [WeightedCluster] = []
    for (place, entry) in route.enumerated() where entry.weight > 0 {
      weighted.append(
        WeightedCluster(
          cluster: cluster(of: entry.destination, listenerPort: listenerPort), weight: UInt32(clamping: entry.weight),
          origin: Origin(object: origin.object, field: "\(Self.rulePath(origin.field)).route[\(place)]")))
    }
    return proxy(to: .weighted(weighted), subset: "", rule: rule, origin: origin)
  }

  /// The proxy of a service's own chain.
  func proxy(toService service: MeshService, port: UInt32) -> TCPProxy {
    proxy(
      to: .cluster(Self.clusterName(service.hostname, port: port)), subset: "",
      rule: scope.destinationRule(forHost: service.hostname),
      origin: nil)
  }

  /// TC-6, HR-31: a port that is not given is the service's only one, else the listener's.
  func cluster(of destination: Destination, listenerPort: UInt32) -> String {
    let service = scope.service(destination.host)
    var host = destination.host
    if let service, !service.externalName.isEmpty { host = service.externalName }  // EN-2
    var port = listenerPort
    if let given = destination.port {
      port = given
    } else if let service, service.ports.count == 1 {
      port = service.ports[0].number
    }
    return Self.clusterName(host, port: port, subset: destination.subset)
  }

  static func clusterName(_ host: String, port: UInt32, subset: String = "") -> String {
    "outbound|\(port)|\(subset)|\(host)"
  }

  /// AUTO_PASSTHROUGH: a cluster under the name by which other meshes ask for it in SNI (GT-3); no tunnel.
  func proxy(toCluster name: String, of service: MeshService, subset: String) -> TCPProxy {
    var proxy = proxy(
      to: .cluster(name), subset: subset, rule: scope.destinationRule(forHost: service.hostname), origin: nil)
    proxy.tunnel = nil
    return proxy
  }

  func subsetNames(of service: MeshService) -> [String] {
    scope.destinationRule(forHost: service.hostname)?.subsets.map(\.subset.name) ?? []
  }

  static func nameInSNI(_ host: String, port: UInt32, subset: String) -> String {
    "outbound_.\(port)_.\(subset)_.\(host)"
  }

  /// `spec.tcp[1]` of `spec.tcp[1].match[0]`.
  private static func rulePath(_ field: String) -> String {
    let parts = field.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 2 else { return field }
    return parts.prefix(2).joined(separator: ".")
  }

  /// TC-8, TC-9.
  private func proxy(
    to target: ClusterTarget, subset: String, rule: MergedDestinationRule?, origin: Origin?
  ) -> TCPProxy {
    var proxy = TCPProxy(target: target, origin: origin)
    guard let rule else { return proxy }
    let settings = rule.trafficPolicy?.connectionPool?.tcp
    proxy.idleTimeoutMilliseconds = settings?.idleTimeout.map { $0.nanoseconds / 1_000_000 }
    proxy.maxConnectionDurationMilliseconds = settings?.maxConnectionDuration.map { $0.nanoseconds / 1_000_000 }
    let named = rule.subsets.first { $0.subset.name == subset }?.subset
    proxy.hashesSourceAddress = Self.hashesSourceAddress(
      (subset.isEmpty ? nil : named?.trafficPolicy?.loadBalancer) ?? rule.trafficPolicy?.loadBalancer)
    let tunnel = subset.isEmpty ? rule.trafficPolicy?.tunnel : named?.trafficPolicy?.tunnel
    if let tunnel {
      let host = tunnel.targetHost.utf8.contains(UInt8(ascii: ":")) ? "[\(tunnel.targetHost)]" : tunnel.targetHost
      proxy.tunnel = TCPProxy.Tunnel(
        usesPost: tunnel.protocol == "POST", target: "\(host):\(tunnel.targetPort)")
    }
    return proxy
  }

  private static func hashesSourceAddress(_ balancer: LoadBalancerSettings?) -> Bool {
    guard case .useSourceIP(true)? = balancer?.consistentHash?.key else { return false }
    return true
  }
}
