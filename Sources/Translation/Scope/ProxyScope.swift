import MeshModel
import ProxyModel

/// What one proxy sees: services, VirtualServices and DestinationRules (section 4), one service per hostname.
struct ProxyScope: Sendable {
  var vantage: Vantage
  /// In the order of the Sidecar's egress list; one catch-all when there is none (SC-3).
  var egress: [EgressListener]
  /// Services that have clusters: those of `egress` and the destinations that were imported with them (SC-11, SV-4).
  var services: [MeshService]
  var sidecar: MeshObject?
  var outboundTrafficPolicy: OutboundTrafficPolicy

  struct EgressListener: Sendable {
    /// nil for the catch-all.
    var port: SidecarPort?
    var bind: String
    var captureMode: CaptureMode
    var services: [MeshService]
    /// In the order of VS-2.
    var virtualServices: [ResolvedVirtualService]
    var origin: Origin?
  }
}
