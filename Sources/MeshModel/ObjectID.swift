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
    if !sameBytes(a.group, b.group) { return precedes(a.group, b.group) }
    return precedes(a.kind, b.kind)
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
    if a.kind != b.kind { return a.kind < b.kind }
    if !sameBytes(a.namespace, b.namespace) { return precedes(a.namespace, b.namespace) }
    return precedes(a.name, b.name)
  }
}

/// Names are compared byte by byte: a total order that is the same on every machine.
private func precedes(_ a: String, _ b: String) -> Bool {
  a.utf8.lexicographicallyPrecedes(b.utf8)
}

private func sameBytes(_ a: String, _ b: String) -> Bool {
  a.utf8.elementsEqual(b.utf8)
}

/// What an object is to Drydock.
package enum ObjectSort: String, Sendable {
  /// What a routing change is made of: exported, pruned, restored.
  case managed
  /// Stored and versioned so that answers are right; never exported.
  case context
}
