import MeshModel

/// Every service of the snapshot, one per hostname and namespace and address, and their endpoints.
struct ServiceRegistry: Sendable {
  /// In the order of OR-3.
  let services: [MeshService]

  init(_ snapshot: Snapshot) {
    services = []
  }
}
