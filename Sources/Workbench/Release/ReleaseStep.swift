package import Diagnostics
package import History
package import MeshModel
package import Releases
package import Storage

/// One step of a release, worked out and not yet stored.
package struct ReleaseStep: Sendable {
  /// As it will be; nil once it is torn down.
  package var release: Release?
  package var old: Release?
  /// The objects that the step creates, alters or removes, as they are and as they will be; the Release is not among
  /// them.
  package var before: [MeshObject] = []
  package var after: [MeshObject] = []
  /// For the history.
  package var title: String
  /// What the person should know besides.
  package var remarks: [LocalizedText] = []
  /// The head that it was worked out on.
  package var base: RevisionNumber?
  package var requested: [RequestedChange] = []

  /// Stores the step as one revision; refuses when the head moved meanwhile.
  package func commit(
    to target: MeshStore, signature: Signature, message: String
  ) throws(StoreError) -> AppendOutcome {
    let note = CommitNote(signature: signature, message: message, cause: .apply)
    return try target.store.append(requested, to: target.mesh, expecting: base, note: note)
  }
}
