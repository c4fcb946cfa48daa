package import History
package import MeshModel
package import Storage

/// What an apply shall do.
package struct ApplyJob: Sendable {
  package var objects: [MeshObject]
  package var prunes: Pruning
  package var effect: Effect
  /// The head that the caller prepared on; nil: whatever it is when the job begins.
  package var base: RevisionNumber?
  package var signature: Signature
  package var message: String

  package enum Pruning: Hashable, Sendable {
    case keepsOthers
    /// Managed objects that are not in the input are removed.
    case removesManaged
  }

  package enum Effect: Hashable, Sendable {
    case commit
    /// Tells what would change.
    case dryRun
  }

  package init(
    objects: [MeshObject], prunes: Pruning, effect: Effect, base: RevisionNumber? = nil, signature: Signature,
    message: String
  ) {
    self.objects = objects
    self.prunes = prunes
    self.effect = effect
    self.base = base
    self.signature = signature
    self.message = message
  }

  package struct Result: Sendable {
    /// nil for a dry run, and where nothing changed.
    package var revision: Revision?
    /// Before the job.
    package var head: RevisionNumber?
    /// Sorted by identity.
    package var changes: [ObjectChange]
    /// How many objects were already as the input has them.
    package var unchanged: Int
  }

  /// All or nothing: one revision with every change, none where nothing changes, and a refusal when the head moved.
  package func run(on target: MeshStore) throws(StoreError) -> Result {
    let found = try target.head
    if let base, base != found { throw .headMoved(expected: base, found: found) }
    var requested: [RequestedChange] = []
    requested.reserveCapacity(objects.count)
    for object in objects { requested.append(.put(object.stored)) }
    if prunes == .removesManaged { requested += try pruned(target, head: found) }
    switch effect {
    case .dryRun:
      let changes = try target.preview(requested, head: found)
      return Result(revision: nil, head: found, changes: changes, unchanged: objects.count - changes.putCount)
    case .commit:
      let note = CommitNote(signature: signature, message: message, cause: .apply)
      switch try target.store.append(requested, to: target.mesh, expecting: found, note: note) {
      case .committed(let revision, let changes):
        return Result(revision: revision, head: found, changes: changes, unchanged: objects.count - changes.putCount)
      case .unchanged(let head):
        return Result(revision: nil, head: head, changes: [], unchanged: objects.count)
      }
    }
  }

  private func pruned(_ target: MeshStore, head: RevisionNumber?) throws(StoreError) -> [RequestedChange] {
    guard let head else { return [] }
    let kept = Set(objects.map(\.id))
    var removed: [RequestedChange] = []
    for version in try target.store.state(of: target.mesh, at: head)
    where version.sort == .managed && !kept.contains(version.id) {
      removed.append(.remove(version.id))
    }
    return removed
  }
}

extension MeshStore {
  /// What a commit of these changes would change, without making it.
  package func preview(
    _ requested: [RequestedChange], head: RevisionNumber?
  ) throws(StoreError) -> [ObjectChange] {
    var current: [ObjectID: Digest] = [:]
    if let head {
      for version in try store.state(of: mesh, at: head) { current[version.id] = version.digest }
    }
    var changes: [ObjectChange] = []
    for change in requested {
      switch change {
      case .put(let content):
        let digest = Digest(hashing: content.canonical)
        guard let old = current[content.id] else {
          changes.append(ObjectChange(id: content.id, change: .added(digest)))
          continue
        }
        if old != digest { changes.append(ObjectChange(id: content.id, change: .changed(from: old, to: digest))) }
      case .remove(let id):
        if let old = current[id] { changes.append(ObjectChange(id: id, change: .removed(old))) }
      }
    }
    return changes.sorted { $0.id < $1.id }
  }

  /// Removes objects in one revision; those that are not there are no change.
  package func delete(
    _ ids: [ObjectID], signature: Signature, message: String
  ) throws(StoreError) -> AppendOutcome {
    let note = CommitNote(signature: signature, message: message, cause: .delete)
    return try store.append(ids.map { .remove($0) }, to: mesh, expecting: try head, note: note)
  }

  package func rollBack(
    to target: RevisionNumber, scope: RollbackScope, signature: Signature, message: String
  ) throws(StoreError) -> AppendOutcome {
    try store.rollBack(
      mesh, to: target, scope: scope, expecting: try head, signature: signature, message: message)
  }
}

extension [ObjectChange] {
  fileprivate var putCount: Int {
    count { change in
      switch change.change {
      case .added, .changed: true
      case .removed: false
      }
    }
  }
}
