package import History

/// What a new revision says of itself.
package struct CommitNote: Hashable, Sendable {
  package var signature: Signature
  package var message: String
  package var cause: Revision.Cause

  package init(signature: Signature, message: String, cause: Revision.Cause) {
    self.signature = signature
    self.message = message
    self.cause = cause
  }
}

/// What a rollback brings back.
package enum RollbackScope: Hashable, Sendable {
  /// Istio's and Gateway API's objects; Services, Pods and the like stay as they are.
  case managed
  case everything
}

extension RevisionStore {
  /// Makes a revision of all the changes, or none: the mesh's head must still be the one the changes were made on.
  package func append(
    _ changes: [RequestedChange], to mesh: MeshName, expecting expected: RevisionNumber?, note: CommitNote
  ) throws(StoreError) -> AppendOutcome {
    try write { (session) throws(StoreError) in
      var commit = try Commit(session, mesh: mesh, expecting: expected)
      for change in changes { try commit.request(change) }
      return try commit.finish(note)
    }
  }

  /// Makes a revision that has an older one's content again.
  package func rollBack(
    _ mesh: MeshName, to target: RevisionNumber, scope: RollbackScope, expecting expected: RevisionNumber?,
    signature: Signature, message: String
  ) throws(StoreError) -> AppendOutcome {
    try write { (session) throws(StoreError) in
      var commit = try Commit(session, mesh: mesh, expecting: expected)
      _ = try session.revision(target, of: mesh)
      try commit.requestState(of: target, scope: scope)
      return try commit.finish(CommitNote(signature: signature, message: message, cause: .rollback(of: target)))
    }
  }
}
