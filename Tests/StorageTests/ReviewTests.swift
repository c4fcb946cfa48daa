import History
import MeshModel
import SQLite
import Storage
import Testing

@Suite struct ReviewTests {
  private let scratch: Scratch
  private let store: RevisionStore
  private let revision: Revision

  init() throws {
    scratch = try Scratch()
    store = try .fresh(scratch)
    try store.commit([put(virtualService("a"), "1")], on: nil)
    revision = try store.revision(RevisionNumber(1), of: .standard)
  }

  private func review(_ decision: Review.Decision, digest: Digest? = nil) -> Review {
    Review(
      mesh: .standard, revision: revision.number, digest: digest ?? revision.digest, decision: decision,
      reviewer: "bob", comment: "looks right", time: ann.time)
  }

  private func export(_ target: String, _ approval: ExportRecord.Approval) -> ExportRecord {
    ExportRecord(
      mesh: .standard, revision: revision.number, digest: revision.digest, managedDigest: revision.managedDigest,
      target: target, actor: "bob", time: ann.time, approval: approval,
      files: [ExportRecord.File(path: "kustomization.yaml", digest: Digest(hashing: [1]), size: 1)])
  }

  @Test func `a review binds to the revision's digest`() throws {
    let stray = Digest(hashing: [9])
    #expect(throws: StoreError.digestDiffers(revision.number, expected: stray, found: revision.digest)) {
      try store.record(review(.approve, digest: stray))
    }
    #expect(try !store.approval(of: revision.number, in: .standard).isApproved)
    try store.record(review(.approve))
    #expect(try store.reviews(of: revision.number, in: .standard) == [review(.approve)])
    #expect(try store.approval(of: revision.number, in: .standard).isApproved)
  }

  @Test func `the newest policy holds`() throws {
    #expect(try store.policy(of: .standard) == .standard)
    let policy = ReviewPolicy(approvalsNeeded: 1, author: .counts, requiredChecks: ["tests", "lint"])
    try store.setPolicy(policy, of: .standard, by: ann)
    #expect(try store.policy(of: .standard) == policy)
    try store.record(review(.approve))
    #expect(try store.approval(of: revision.number, in: .standard).missingChecks == ["lint", "tests"])
    for name in ["lint", "tests"] {
      let check = CheckResult(
        mesh: .standard, revision: revision.number, digest: revision.digest, name: name, outcome: .passed, detail: "",
        actor: "ci", time: ann.time)
      try store.record(check)
    }
    #expect(try store.checks(of: revision.number, in: .standard).count == 2)
    #expect(try store.approval(of: revision.number, in: .standard).isApproved)
    #expect(try store.verify().problems.isEmpty)
  }

  @Test func `exports are kept by target`() throws {
    #expect(try store.lastExport(of: .standard, target: "prod") == nil)
    try store.record(export("prod", .overridden))
    try store.record(export("test", .approved))
    #expect(try store.lastExport(of: .standard, target: "prod") == export("prod", .overridden))
    #expect(try store.exports(of: .standard).map(\.target) == ["test", "prod"])
    #expect(try store.audit().map(\.action).suffix(2) == [.exportUnapproved, .export])
    #expect(try store.verify().problems.isEmpty)
  }

  @Test func `the audit log names who did what in order`() throws {
    try store.record(review(.reject))
    let entries = try store.audit()
    #expect(entries.map(\.action) == [.createStore, .createMesh, .apply, .reject])
    #expect(entries.map(\.sequence) == [1, 2, 3, 4])
    #expect(entries[3].actor == "bob")
    #expect(try store.audit(after: 3) == [entries[3]])
  }

  @Test(arguments: [
    "UPDATE audit SET actor = 'eve'", "DELETE FROM audit", "DELETE FROM revision", "UPDATE revision SET author = 'eve'",
    "UPDATE content SET canonical = x'00'", "DELETE FROM object_history", "UPDATE object_history SET line = 9",
    "DELETE FROM review", "UPDATE mesh SET name = 'x'", "DELETE FROM policy", "UPDATE export SET target = 'x'",
  ])
  func `the file itself refuses to change what was written`(sql: String) throws {
    try store.record(review(.approve))
    try store.record(export("prod", .approved))
    try store.setPolicy(.standard, of: .standard, by: ann)
    #expect(throws: StoreError.self) {
      try store.withConnection { (connection) throws(StoreError) in
        do throws(SQLiteError) { try connection.execute(sql) } catch { throw StoreError.sqlite(error) }
      }
    }
  }
}
