package import MeshModel

/// Which objects are compared, and why the others are not.
package struct DriftScope: Hashable, Sendable {
  /// Nil: every kind that a change of routing is made of, and those of the others that stay what they are for long.
  package var kinds: Set<ObjectKind>?
  /// Nil: all. Objects of the whole cluster are in every namespace's scope.
  package var namespace: String?
  package var context: Context

  package enum Context: Hashable, Sendable {
    /// Services, workloads and namespaces are compared too.
    case compared
    /// Only what an export holds.
    case leftOut
  }

  package init(kinds: Set<ObjectKind>? = nil, namespace: String? = nil, context: Context = .compared) {
    self.kinds = kinds
    self.namespace = namespace
    self.context = context
  }

  /// Why an object is not compared.
  package enum Omission: String, Hashable, Sendable, CaseIterable {
    /// Its kind or its namespace was not asked for.
    case outOfScope
    /// Pods, endpoints and the like come and go by themselves.
    case shortLived
    /// A cluster or one of its controllers makes it.
    case madeByCluster
    /// The dump has nothing of this kind: most likely nobody asked the cluster for it.
    case notInDump
  }

  /// Nil for what is compared.
  func omission(_ id: ObjectID) -> Omission? {
    if let namespace, !id.namespace.isEmpty, id.namespace != namespace { return .outOfScope }
    if let namespace, id.kind == .namespace, id.name != namespace { return .outOfScope }
    if let kinds { return kinds.contains(id.kind) ? nil : .outOfScope }
    if id.kind.sort == .managed { return nil }
    if Self.shortLived.contains(id.kind) { return .shortLived }
    guard context == .compared, Self.lasting.contains(id.kind) || Self.isMeshConfig(id) else { return .outOfScope }
    return nil
  }

  private static let shortLived: Set<ObjectKind> = [.pod, .replicaSet, .endpoints, .endpointSlice, .node]
  private static let lasting: Set<ObjectKind> = [
    .service, .namespace, .deployment, .statefulSet, .daemonSet, .serviceAccount,
  ]

  private static func isMeshConfig(_ id: ObjectID) -> Bool {
    id.kind == .configMap && id.namespace == "istio-system" && id.name == "istio"
  }
}
