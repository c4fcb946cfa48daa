import MeshModel

/// Gateway objects in creation order (GW-1, GW-2).
struct GatewayIndex: Sendable {
  init(_ snapshot: Snapshot) {}
}
