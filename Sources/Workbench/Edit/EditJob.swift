package import Diagnostics
package import History
package import MeshModel
package import Storage
import Validation

/// Edits of a mesh: what they come to, and the one revision that they become.
package struct EditJob: Sendable {
  /// Objects that the edits leave as they are are dropped.
  package private(set) var edits: [ObjectEdit]
  /// The mesh as the edits found it.
  package let before: [MeshObject]
  package let head: RevisionNumber?

  package init(_ edits: [ObjectEdit], of before: [MeshObject], at head: RevisionNumber?) {
    self.edits = edits.filter(\.isChange)
    self.before = before
    self.head = head
  }

  package var after: [MeshObject] {
    let gone = Set(edits.map(\.id))
    return before.filter { !gone.contains($0.id) } + edits.compactMap(\.new)
  }

  /// What a cluster would refuse of the edited objects.
  package var refusals: [Finding] {
    Check(manner: .drydock).refusals(of: CheckWorld(objects: edits.compactMap(\.new)))
  }

  package func preview(now: Int64, tests: [NamedRequest] = []) -> ChangePreview {
    ChangePreview(before: before, after: after, now: now, tests: tests)
  }

  private var requested: [RequestedChange] {
    edits.map { edit in edit.new.map { .put($0.stored) } ?? .remove(edit.id) }
  }

  /// What a commit would change, without making it.
  package func changes(on target: MeshStore) throws(StoreError) -> [ObjectChange] {
    try target.preview(requested, head: head)
  }

  /// One revision with all of it, or none where nothing changes; refused when the head moved since.
  package func commit(
    on target: MeshStore, signature: Signature, message: String
  ) throws(StoreError) -> AppendOutcome {
    let note = CommitNote(signature: signature, message: message, cause: .apply)
    return try target.store.append(requested, to: target.mesh, expecting: head, note: note)
  }
}
