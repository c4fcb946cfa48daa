package import MeshModel

/// What became of one object between two states, field by field.
package struct ObjectDifference: Hashable, Sendable {
  package var id: ObjectID
  package var kind: Kind
  /// Empty unless the object was changed.
  package var fields: [FieldDifference]

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case added, changed, removed
  }

  package init(id: ObjectID, kind: Kind, fields: [FieldDifference]) {
    self.id = id
    self.kind = kind
    self.fields = fields
  }

  /// Nil when both say the same; `nil` for a value stands for "not there".
  package init?(id: ObjectID, from old: Value?, to new: Value?) {
    switch (old, new) {
    case (nil, nil): return nil
    case (nil, .some): self.init(id: id, kind: .added, fields: [])
    case (.some, nil): self.init(id: id, kind: .removed, fields: [])
    case (let old?, let new?):
      let fields = FieldDifference.between(old, new)
      guard !fields.isEmpty else { return nil }
      self.init(id: id, kind: .changed, fields: fields)
    }
  }

  /// What differs between two states, sorted by identity.
  package static func between(_ old: [ObjectID: Value], _ new: [ObjectID: Value]) -> [ObjectDifference] {
    Set(old.keys).union(new.keys).sorted().compactMap { ObjectDifference(id: $0, from: old[$0], to: new[$0]) }
  }
}
