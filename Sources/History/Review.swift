/// A person's decision on one revision, bound to its digest.
package struct Review: Hashable, Sendable {
  package var mesh: MeshName
  package var revision: RevisionNumber
  /// The state that was looked at; a review of another state counts for nothing.
  package var digest: Digest
  package var decision: Decision
  package var reviewer: String
  package var comment: String
  package var time: Timestamp

  package enum Decision: String, Hashable, Sendable, CaseIterable {
    case approve, reject
  }

  package init(
    mesh: MeshName, revision: RevisionNumber, digest: Digest, decision: Decision, reviewer: String, comment: String,
    time: Timestamp
  ) {
    self.mesh = mesh
    self.revision = revision
    self.digest = digest
    self.decision = decision
    self.reviewer = reviewer
    self.comment = comment
    self.time = time
  }
}

/// How a check named by the policy came out for a revision; the latest result of a name counts.
package struct CheckResult: Hashable, Sendable {
  package var mesh: MeshName
  package var revision: RevisionNumber
  package var digest: Digest
  package var name: String
  package var outcome: Outcome
  package var detail: String
  package var actor: String
  package var time: Timestamp

  package enum Outcome: String, Hashable, Sendable, CaseIterable {
    case passed, failed
  }

  package init(
    mesh: MeshName, revision: RevisionNumber, digest: Digest, name: String, outcome: Outcome, detail: String,
    actor: String, time: Timestamp
  ) {
    self.mesh = mesh
    self.revision = revision
    self.digest = digest
    self.name = name
    self.outcome = outcome
    self.detail = detail
    self.actor = actor
    self.time = time
  }
}

/// What a revision needs before it may leave the store.
package struct ReviewPolicy: Hashable, Sendable {
  package var approvalsNeeded: Int
  package var author: AuthorsApproval
  /// Names of the checks that must have passed, sorted.
  package var requiredChecks: [String]

  package enum AuthorsApproval: String, Hashable, Sendable, CaseIterable {
    case counts, ignored
  }

  package init(approvalsNeeded: Int, author: AuthorsApproval, requiredChecks: [String]) {
    self.approvalsNeeded = approvalsNeeded
    self.author = author
    self.requiredChecks = Set(requiredChecks).sorted()
  }

  /// Holds for a mesh that nobody gave a policy: one approval, by somebody else than the author.
  package static let standard = ReviewPolicy(approvalsNeeded: 1, author: .ignored, requiredChecks: [])
}
