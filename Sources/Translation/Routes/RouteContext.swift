import MeshModel
import ProxyModel

/// For whom and for which listener routes are made: all that they depend on beyond the rules.
struct RouteContext: Sendable {
  let vantage: Vantage
  /// The listener's port on a sidecar (0 for a proxy port or a socket), the server's number on a gateway (HR-2).
  let port: UInt32
  /// `mesh`, or the gateway as `ns/name`.
  let gateway: String
  /// Whether a gateway's server has TLS settings (RX-5).
  let isTLS: Bool
  let defaults: RouteDefaults
  /// What is known of a destination host; nil for a host that is no service here.
  let service: @Sendable (String) -> DestinationService?
  let hashKeys: HashKeys
}

/// The part of a service that the name of a destination's cluster depends on.
struct DestinationService: Sendable {
  /// EN-2; empty for anything but an ExternalName Service.
  var externalName: String
  /// HR-31: the only port, when there is one.
  var onlyPort: UInt32?

  init(_ service: MeshService) {
    externalName = service.externalName
    onlyPort = service.ports.count == 1 ? service.ports[0].number : nil
  }
}

/// What the mesh configuration says about every route.
struct RouteDefaults: Sendable {
  /// RT-1: for rules without retries; nil when the mesh turns retries off.
  let retry: RetryPolicy?
  /// The same for a single destination with a consistent hash (RT-7).
  let retryWhenHashing: RetryPolicy?
  /// RW-6.
  let appendsForwardedHost: Bool

  init(_ snapshot: Snapshot) {
    let written = snapshot.meshConfig.defaultHttpRetryPolicy
    let origin = written == nil ? nil : snapshot.meshConfigSource.map { Origin(object: $0, field: "data.mesh") }
    retry = RetryPolicy.translated(written, isHashing: false, origin: origin)
    retryWhenHashing = RetryPolicy.translated(written, isHashing: true, origin: origin)
    let headers = snapshot.meshConfig.defaultConfig?.proxyHeaders
    appendsForwardedHost = headers?["xForwardedHost"]?["enabled"] == .bool(true)
  }
}

extension RouteContext {
  /// HR-30 to HR-34, EN-2.
  func cluster(of destination: Destination) -> String {
    if destination.host.isEmpty { return "UnknownService" }
    let known = service(destination.host)
    let alias = known?.externalName ?? ""
    return NetworkRouting.clusterName(
      alias.isEmpty ? destination.host : alias, port: destination.port ?? known?.onlyPort ?? port,
      subset: destination.subset)
  }
}
