import MeshModel

/// Sidecar objects by namespace (SC-1).
struct SidecarIndex: Sendable {
  /// With a selector first, the oldest of each group first.
  private let byNamespace: [String: [MeshObject]]
  private let meshWide: MeshObject?

  init(_ snapshot: Snapshot) {
    let sorted = snapshot.objects(of: .sidecar).sortedByAge()
    let ordered = sorted.filter { $0.sidecarSelector != nil } + sorted.filter { $0.sidecarSelector == nil }
    byNamespace = Dictionary(grouping: ordered, by: \.id.namespace)
    let root = snapshot.meshConfig.rootNamespaceName
    meshWide = byNamespace[root]?.first { $0.sidecarSelector == nil }
  }

  /// The one Sidecar of a workload; nil where the built-in default holds.
  func sidecar(namespace: String, labels: [String: String]) -> MeshObject? {
    byNamespace[namespace]?.first { labels.contains(all: $0.sidecarSelector ?? [:]) } ?? meshWide
  }
}

extension MeshObject {
  /// nil: the Sidecar is for every workload of its namespace.
  fileprivate var sidecarSelector: [String: String]? {
    guard case .sidecar(let sidecar) = content, let labels = sidecar.workloadSelector, !labels.isEmpty else {
      return nil
    }
    return labels
  }
}
