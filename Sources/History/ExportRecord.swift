/// That a revision left the store: for which target, with which files, by whom, and whether it was approved then.
package struct ExportRecord: Hashable, Sendable {
  package var mesh: MeshName
  package var revision: RevisionNumber
  package var digest: Digest
  package var managedDigest: Digest
  /// The cluster or environment the files are for, such as `prod`.
  package var target: String
  package var actor: String
  package var time: Timestamp
  package var approval: Approval
  package var files: [File]

  package enum Approval: String, Hashable, Sendable, CaseIterable {
    case approved
    /// Exported by an explicit override, without what the policy asks for.
    case overridden
  }

  package struct File: Hashable, Sendable {
    package var path: String
    package var digest: Digest
    package var size: Int

    package init(path: String, digest: Digest, size: Int) {
      self.path = path
      self.digest = digest
      self.size = size
    }
  }

  package init(
    mesh: MeshName, revision: RevisionNumber, digest: Digest, managedDigest: Digest, target: String, actor: String,
    time: Timestamp, approval: Approval, files: [File]
  ) {
    self.mesh = mesh
    self.revision = revision
    self.digest = digest
    self.managedDigest = managedDigest
    self.target = target
    self.actor = actor
    self.time = time
    self.approval = approval
    self.files = files
  }
}
