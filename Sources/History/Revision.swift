package import MeshModel

/// The number of a revision in its mesh, from 1.
package struct RevisionNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
  package var value: Int64

  package init(_ value: Int64) {
    self.value = value
  }

  package var next: RevisionNumber { RevisionNumber(value + 1) }

  package var description: String { String(value) }

  package static func < (a: RevisionNumber, b: RevisionNumber) -> Bool { a.value < b.value }
}

/// An immutable, numbered state of a whole mesh, and how it came to be.
package struct Revision: Hashable, Sendable {
  package var mesh: MeshName
  package var number: RevisionNumber
  /// The revision it was made on; nil for the first.
  package var parent: RevisionNumber?
  package var author: String
  package var message: String
  package var time: Timestamp
  package var cause: Cause
  /// Covers every object of the mesh.
  package var digest: Digest
  /// Covers the managed objects only: equal for two meshes that route alike on other workloads.
  package var managedDigest: Digest
  package var counts: Counts

  package enum Cause: Hashable, Sendable {
    case apply
    case delete
    /// The managed objects are again those of an older revision.
    case rollback(of: RevisionNumber)
  }

  /// How many objects a revision added, changed and removed.
  package struct Counts: Hashable, Sendable {
    package var added: Int
    package var changed: Int
    package var removed: Int

    package init(added: Int = 0, changed: Int = 0, removed: Int = 0) {
      self.added = added
      self.changed = changed
      self.removed = removed
    }

    package var total: Int { added + changed + removed }
  }

  package init(
    mesh: MeshName, number: RevisionNumber, parent: RevisionNumber?, author: String, message: String, time: Timestamp,
    cause: Cause, digest: Digest, managedDigest: Digest, counts: Counts
  ) {
    self.mesh = mesh
    self.number = number
    self.parent = parent
    self.author = author
    self.message = message
    self.time = time
    self.cause = cause
    self.digest = digest
    self.managedDigest = managedDigest
    self.counts = counts
  }
}

/// What happened to one object between two states.
package struct ObjectChange: Hashable, Sendable {
  package var id: ObjectID
  package var change: Change

  package enum Change: Hashable, Sendable {
    case added(Digest)
    case changed(from: Digest, to: Digest)
    case removed(Digest)
  }

  package init(id: ObjectID, change: Change) {
    self.id = id
    self.change = change
  }
}
