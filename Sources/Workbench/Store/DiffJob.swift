package import Comparison
package import History
package import MeshModel
package import Storage

/// What differs between states of a mesh.
package struct DiffJob: Sendable {
  private let target: MeshStore

  package init(_ target: MeshStore) {
    self.target = target
  }

  /// Two revisions; nil stands for the mesh before its first one. Only what differs is read.
  package func between(_ old: RevisionNumber?, _ new: RevisionNumber) throws(StoreError) -> [ObjectDifference] {
    var before: [ObjectID: Value] = [:]
    var after: [ObjectID: Value] = [:]
    for change in try target.store.changes(in: target.mesh, from: old, to: new) {
      switch change.change {
      case .added(let digest): after[change.id] = try value(digest)
      case .removed(let digest): before[change.id] = try value(digest)
      case .changed(let from, let to):
        before[change.id] = try value(from)
        after[change.id] = try value(to)
      }
    }
    return ObjectDifference.between(before, after)
  }

  /// A revision and objects that are not stored: those of the input are compared, others of the revision count as
  /// they are, or as removed where the input stands for the whole mesh.
  package func between(
    _ old: RevisionNumber?, _ objects: [MeshObject], scope: Scope
  ) throws(StoreError) -> [ObjectDifference] {
    var before: [ObjectID: Value] = [:]
    var after: [ObjectID: Value] = [:]
    for object in objects { after[object.id] = NormalForm(object).value }
    if let old {
      for version in try target.store.state(of: target.mesh, at: old) {
        let isWanted = after[version.id] != nil || (scope == .wholeMesh && version.sort == .managed)
        if isWanted { before[version.id] = try value(version.digest) }
      }
    }
    return ObjectDifference.between(before, after)
  }

  package enum Scope: Sendable {
    case theseObjects
    /// Managed objects that the input does not have are gone.
    case wholeMesh
  }

  private func value(_ digest: Digest) throws(StoreError) -> Value {
    Value(json: try target.store.canonicalContent(digest) ?? [])
  }
}
