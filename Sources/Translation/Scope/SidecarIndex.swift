import MeshModel

/// Sidecar objects by namespace (SC-1).
struct SidecarIndex: Sendable {
  init(_ snapshot: Snapshot) {}
}
