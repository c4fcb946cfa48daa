package import History
import SQLite

private enum Query {
  static let insertReview = """
    INSERT INTO review (mesh, revision, digest, decision, reviewer, comment, reviewed_at) VALUES (?, ?, ?, ?, ?, ?, ?)
    """
  static let reviews = """
    SELECT digest, decision, reviewer, comment, reviewed_at FROM review WHERE mesh = ? AND revision = ? ORDER BY id
    """
  static let insertCheck = """
    INSERT INTO check_result (mesh, revision, digest, name, outcome, detail, actor, checked_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let checks = """
    SELECT digest, name, outcome, detail, actor, checked_at FROM check_result WHERE mesh = ? AND revision = ?
    ORDER BY id
    """
  static let policy = "SELECT id, approvals_needed, author_approval FROM policy WHERE mesh = ? ORDER BY id DESC LIMIT 1"
  static let policies = """
    SELECT id, approvals_needed, author_approval, set_by, set_at FROM policy WHERE mesh = ? ORDER BY id
    """
  static let policyChecks = "SELECT name FROM policy_check WHERE policy = ? ORDER BY name"
  static let insertPolicy = """
    INSERT INTO policy (mesh, approvals_needed, author_approval, set_by, set_at) VALUES (?, ?, ?, ?, ?)
    """
  static let insertPolicyCheck = "INSERT INTO policy_check (policy, name) VALUES (?, ?)"
}

extension RevisionStore {
  /// Records a decision, bound to the revision's digest: one on another digest is refused.
  package func record(_ review: Review) throws(StoreError) {
    try write { (session) throws(StoreError) in
      try session.require(review.digest, of: review.revision, in: review.mesh)
      let mesh = try session.meshID(review.mesh)
      try session.run(
        Query.insertReview,
        [
          .integer(mesh), .revision(review.revision), .digest(review.digest), .text(review.decision.rawValue),
          .text(review.reviewer), .text(review.comment), .time(review.time),
        ])
      try session.record(AuditLine(review))
    }
  }

  /// Records how a check came out.
  package func record(_ check: CheckResult) throws(StoreError) {
    try write { (session) throws(StoreError) in
      try session.require(check.digest, of: check.revision, in: check.mesh)
      let mesh = try session.meshID(check.mesh)
      try session.run(
        Query.insertCheck,
        [
          .integer(mesh), .revision(check.revision), .digest(check.digest), .text(check.name),
          .text(check.outcome.rawValue), .text(check.detail), .text(check.actor), .time(check.time),
        ])
      try session.record(AuditLine(check))
    }
  }

  /// Every decision on a revision, in the order they were made.
  package func reviews(of number: RevisionNumber, in mesh: MeshName) throws(StoreError) -> [Review] {
    try read { (session) throws(StoreError) in try session.reviews(of: number, in: mesh) }
  }

  /// Every result of a check of a revision, in the order they came.
  package func checks(of number: RevisionNumber, in mesh: MeshName) throws(StoreError) -> [CheckResult] {
    try read { (session) throws(StoreError) in try session.checks(of: number, in: mesh) }
  }

  /// The policy that holds for a mesh now.
  package func policy(of mesh: MeshName) throws(StoreError) -> ReviewPolicy {
    try read { (session) throws(StoreError) in try session.policy(of: mesh) }
  }

  /// Whether somebody gave the mesh a policy; the standard one holds otherwise.
  package func hasPolicy(_ mesh: MeshName) throws(StoreError) -> Bool {
    try read { (session) throws(StoreError) in try !session.policies(of: mesh).isEmpty }
  }

  package func setPolicy(
    _ policy: ReviewPolicy, of mesh: MeshName, by signature: Signature
  ) throws(StoreError) {
    try write { (session) throws(StoreError) in
      let id = try session.insert(
        Query.insertPolicy,
        [
          .integer(try session.meshID(mesh)), .integer(Int64(policy.approvalsNeeded)),
          .text(policy.author.rawValue), .text(signature.person), .time(signature.time),
        ])
      for check in policy.requiredChecks { try session.run(Query.insertPolicyCheck, [.integer(id), .text(check)]) }
      try session.record(AuditLine(policy, of: mesh, by: signature))
    }
  }

  /// Whether a revision may leave the store under the policy that holds now.
  package func approval(of number: RevisionNumber, in mesh: MeshName) throws(StoreError) -> ApprovalState {
    try read { (session) throws(StoreError) in
      ApprovalState(
        of: try session.revision(number, of: mesh), reviews: try session.reviews(of: number, in: mesh),
        checks: try session.checks(of: number, in: mesh), policy: try session.policy(of: mesh))
    }
  }
}

extension Session {
  /// Refuses a statement about another state than the revision's.
  func require(_ digest: Digest, of number: RevisionNumber, in mesh: MeshName) throws(StoreError) {
    let revision = try revision(number, of: mesh)
    guard revision.digest == digest else {
      throw .digestDiffers(number, expected: digest, found: revision.digest)
    }
  }

  func reviews(of number: RevisionNumber, in mesh: MeshName) throws(StoreError) -> [Review] {
    try rows(Query.reviews, at: number, of: try meshID(mesh)) { (row) throws(StoreError) in
      Review(
        mesh: mesh, revision: number, digest: try row.digest(0), decision: try row.choice(1), reviewer: row.text(2),
        comment: row.text(3), time: row.time(4))
    }
  }

  func checks(of number: RevisionNumber, in mesh: MeshName) throws(StoreError) -> [CheckResult] {
    try rows(Query.checks, at: number, of: try meshID(mesh)) { (row) throws(StoreError) in
      CheckResult(
        mesh: mesh, revision: number, digest: try row.digest(0), name: row.text(1), outcome: try row.choice(2),
        detail: row.text(3), actor: row.text(4), time: row.time(5))
    }
  }

  /// Every policy that the mesh ever had, with who set it.
  func policies(of mesh: MeshName) throws(StoreError) -> [(policy: ReviewPolicy, signature: Signature)] {
    try rows(Query.policies, [.integer(try meshID(mesh))]) { (row) throws(StoreError) in
      let checks = try rows(Query.policyChecks, [.integer(row.integer(0))]) { (check) throws(StoreError) in
        check.text(0)
      }
      let policy = ReviewPolicy(
        approvalsNeeded: Int(row.integer(1)), author: try row.choice(2), requiredChecks: checks)
      return (policy: policy, signature: Signature(person: row.text(3), time: row.time(4)))
    }
  }

  func policy(of mesh: MeshName) throws(StoreError) -> ReviewPolicy {
    let found = try first(Query.policy, [.integer(try meshID(mesh))]) { (row) throws(StoreError) in
      let author: ReviewPolicy.AuthorsApproval = try row.choice(2)
      return (id: row.integer(0), approvals: Int(row.integer(1)), author: author)
    }
    guard let found else { return .standard }
    let checks = try rows(Query.policyChecks, [.integer(found.id)]) { (row) throws(StoreError) in row.text(0) }
    return ReviewPolicy(approvalsNeeded: found.approvals, author: found.author, requiredChecks: checks)
  }
}
