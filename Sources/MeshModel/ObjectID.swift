/// The group and kind of an object; its version does not count for identity.
package struct ObjectKind: Hashable, Sendable, Comparable {
  /// API group, such as `networking.istio.io`; empty for Kubernetes' core group.
  package var group: String
  package var kind: String

  package init(group: String, kind: String) {
    self.group = group
    self.kind = kind
  }

  package static func < (a: ObjectKind, b: ObjectKind) -> Bool {
    (a.group, a.kind) < (b.group, b.kind)
  }
}

/// What names an object in a mesh: kind, namespace and name. Cluster-scoped objects have an empty namespace.
package struct ObjectID: Hashable, Sendable, Comparable {
  package var kind: ObjectKind
  package var namespace: String
  package var name: String

  package init(kind: ObjectKind, namespace: String, name: String) {
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  package static func < (a: ObjectID, b: ObjectID) -> Bool {
    (a.kind, a.namespace, a.name) < (b.kind, b.namespace, b.name)
  }
}

/// What an object is to Drydock.
package enum ObjectSort: String, Sendable {
  /// What a routing change is made of: exported, pruned, restored.
  case managed
  /// Stored and versioned so that answers are right; never exported.
  case context
}
