import Foundation
import History
import MeshModel
import SQLite
import Storage
import Testing

@Suite struct VerifyTests {
  /// A way to tamper with a store, and what must be found.
  struct Tampering: CustomTestStringConvertible {
    var testDescription: String
    /// The table whose triggers are taken away for the time of the change.
    var table: String
    var sql: String
    var isFound: @Sendable ([StoreProblem]) -> Bool
  }

  private static func has(_ match: @escaping @Sendable (StoreProblem) -> Bool) -> @Sendable ([StoreProblem]) -> Bool {
    { $0.contains(where: match) }
  }

  static let tamperings: [Tampering] = [
    Tampering(
      testDescription: "another content", table: "content", sql: "UPDATE content SET canonical = x'00' WHERE id = 1",
      isFound: has { if case .contentDigest = $0 { true } else { false } }),
    Tampering(
      testDescription: "another source text", table: "source", sql: "UPDATE source SET text = x'00' WHERE id = 1",
      isFound: has { if case .sourceDigest = $0 { true } else { false } }),
    Tampering(
      testDescription: "a content and its digest", table: "content",
      sql: "UPDATE content SET canonical = x'61', digest = x'\(Digest(hashing: [0x61]).hex)' WHERE id = 1",
      isFound: has { if case .revisionDigest(_, RevisionNumber(1), _, _) = $0 { true } else { false } }),
    Tampering(
      testDescription: "an object by another name", table: "object", sql: "UPDATE object SET name = 'x' WHERE id = 1",
      isFound: has { if case .objectKey = $0 { true } else { false } }),
    Tampering(
      testDescription: "an object taken out of history", table: "object_history",
      sql: "DELETE FROM object_history WHERE object = 1 AND from_revision = 2",
      isFound: has { if case .revisionDigest(_, RevisionNumber(2), _, _) = $0 { true } else { false } }),
    Tampering(
      testDescription: "two contents at once", table: "object_history",
      sql: "UPDATE object_history SET to_revision = 3 WHERE object = 1 AND from_revision = 1",
      isFound: has { if case .historyRange = $0 { true } else { false } }),
    Tampering(
      testDescription: "a revision's digest", table: "revision",
      sql: "UPDATE revision SET digest = zeroblob(32) WHERE number = 2",
      isFound: has { if case .revisionDigest(_, RevisionNumber(2), _, _) = $0 { true } else { false } }),
    Tampering(
      testDescription: "a revision's counts", table: "revision", sql: "UPDATE revision SET added = 9 WHERE number = 2",
      isFound: has { if case .revisionCounts(_, RevisionNumber(2)) = $0 { true } else { false } }),
    Tampering(
      testDescription: "the newest revision is taken back", table: "revision",
      sql: "DELETE FROM revision WHERE number = 3", isFound: { !$0.isEmpty }),
    Tampering(
      testDescription: "the tree of digests", table: "digest_node",
      sql: "UPDATE digest_node SET digest = zeroblob(32) WHERE level = 1",
      isFound: has { if case .digestTree = $0 { true } else { false } }),
    Tampering(
      testDescription: "a review of another state", table: "review", sql: "UPDATE review SET digest = zeroblob(32)",
      isFound: has { if case .boundDigest(_, _, .review) = $0 { true } else { false } }),
    Tampering(
      testDescription: "a review that nobody made", table: "review",
      sql: """
        INSERT INTO review (mesh, revision, digest, decision, reviewer, comment, reviewed_at)
        SELECT mesh, number, digest, 'approve', 'eve', '', 0 FROM revision WHERE number = 3
        """,
      isFound: has { $0 == .notAudited(.standard, RevisionNumber(3), .review) }),
    Tampering(
      testDescription: "another author", table: "revision", sql: "UPDATE revision SET author = 'eve' WHERE number = 2",
      isFound: has { $0 == .notAudited(.standard, RevisionNumber(2), .revision) }),
    Tampering(
      testDescription: "another message", table: "revision", sql: "UPDATE revision SET message = 'x' WHERE number = 2",
      isFound: has { $0 == .recordGone(.standard, RevisionNumber(2), .revision) }),
    Tampering(
      testDescription: "an approval made of a rejection", table: "review", sql: "UPDATE review SET decision = 'reject'",
      isFound: has { $0 == .notAudited(.standard, RevisionNumber(2), .review) }),
    Tampering(
      testDescription: "a review that is gone", table: "review", sql: "DELETE FROM review",
      isFound: has { $0 == .recordGone(.standard, RevisionNumber(2), .review) }),
    Tampering(
      testDescription: "a check's outcome", table: "check_result", sql: "UPDATE check_result SET outcome = 'passed'",
      isFound: has { $0 == .notAudited(.standard, RevisionNumber(2), .check) }),
    Tampering(
      testDescription: "a milder policy", table: "policy", sql: "UPDATE policy SET approvals_needed = 0",
      isFound: has { $0 == .notAudited(.standard, nil, .policy) }),
    Tampering(
      testDescription: "a check that the policy no longer needs", table: "policy_check",
      sql: "DELETE FROM policy_check",
      isFound: has { $0 == .notAudited(.standard, nil, .policy) }),
    Tampering(
      testDescription: "an exported file's digest", table: "export_file",
      sql: "UPDATE export_file SET digest = zeroblob(32)",
      isFound: has { $0 == .notAudited(.standard, RevisionNumber(2), .export) }),
    Tampering(
      testDescription: "an override that is called approved", table: "export",
      sql: "UPDATE export SET approval = 'approved'",
      isFound: has { $0 == .recordGone(.standard, RevisionNumber(2), .export) }),
    Tampering(
      testDescription: "an audit line's person", table: "audit",
      sql: "UPDATE audit SET actor = 'eve' WHERE sequence = 3", isFound: has { $0 == .auditHash(3) }),
    Tampering(
      testDescription: "an audit line's detail", table: "audit_detail",
      sql: "UPDATE audit_detail SET value = 'x' WHERE sequence = 3 AND name = 'message'",
      isFound: has { $0 == .auditHash(3) }),
    Tampering(
      testDescription: "an audit line taken out", table: "audit",
      sql: "DELETE FROM audit_detail WHERE sequence = 4; DELETE FROM audit WHERE sequence = 4",
      isFound: has { $0 == .auditGap(after: 3) }),
  ]

  @Test(arguments: tamperings)
  func `what was tampered with is found`(tampering: Tampering) throws {
    let scratch = try Scratch()
    let path = try sample(scratch)
    try tamper(path, tampering.table, tampering.sql)
    let report = try RevisionStore.open(at: path, by: ann).verify()
    #expect(tampering.isFound(report.problems), "\(report.problems)")
  }

  @Test func `a missing trigger is found`() throws {
    let scratch = try Scratch()
    let path = try sample(scratch)
    try Connection(path: path, access: .readWrite).execute("DROP TRIGGER audit_stays")
    let report = try RevisionStore.open(at: path, by: ann).verify()
    #expect(report.problems == [.schema("trigger audit_stays")])
  }

  @Test func `a sound store says how much was looked at`() throws {
    let scratch = try Scratch()
    let report = try RevisionStore.open(at: try sample(scratch), by: ann).verify()
    #expect(report.isSound)
    #expect(report.revisions == 3 && report.contents == 3 && report.auditEntries == 9)
  }

  @Test func `a backup is a store of its own`() throws {
    let scratch = try Scratch()
    let path = try sample(scratch)
    let store = try RevisionStore.open(at: path, by: ann)
    let copy = scratch.path("backup.db")
    try store.backUp(to: copy)
    #expect(throws: StoreError.fileExists(copy)) { try store.backUp(to: copy) }
    try store.commit([put(virtualService("a"), "later")], on: 3)
    let backup = try RevisionStore.open(at: copy, by: ann)
    #expect(try backup.verify().isSound)
    #expect(try backup.head(of: .standard) == RevisionNumber(3))
    #expect(try backup.texts(at: 3) == (try store.texts(at: 3)))
    #expect(throws: StoreError.self) { try store.backUp(to: scratch.path("no/such/folder.db")) }
  }

  private func sample(_ scratch: Scratch) throws -> String {
    let store = try RevisionStore.fresh(scratch)
    try store.commit([put(virtualService("a"), "1"), put(service("s"), "1")], on: nil)
    try store.commit([put(virtualService("a"), "2")], on: 1)
    try store.commit([put(virtualService("b"), "3")], on: 2)
    let revision = try store.revision(RevisionNumber(2), of: .standard)
    try store.record(
      Review(
        mesh: .standard, revision: revision.number, digest: revision.digest, decision: .approve, reviewer: "bob",
        comment: "", time: ann.time))
    try store.record(
      CheckResult(
        mesh: .standard, revision: revision.number, digest: revision.digest, name: "tests", outcome: .failed,
        detail: "2 of 3", actor: "ci", time: ann.time))
    try store.setPolicy(
      ReviewPolicy(approvalsNeeded: 2, author: .ignored, requiredChecks: ["tests"]), of: .standard, by: ann)
    try store.record(
      ExportRecord(
        mesh: .standard, revision: revision.number, digest: revision.digest, managedDigest: revision.managedDigest,
        target: "prod", actor: "ann", time: ann.time, approval: .overridden,
        files: [ExportRecord.File(path: "a.yaml", digest: Digest(hashing: [1]), size: 1)]))
    return store.path
  }

  /// Changes what the triggers guard, and puts the triggers back.
  private func tamper(_ path: String, _ table: String, _ sql: String) throws {
    let connection = try Connection(path: path, access: .readWrite)
    try connection.execute("PRAGMA foreign_keys = OFF")
    var triggers: [(name: String, sql: String)] = []
    var statement = try connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    while try statement.step() { triggers.append((name: statement.text(0), sql: statement.text(1))) }
    for trigger in triggers { try connection.execute("DROP TRIGGER " + trigger.name) }
    try connection.executeScript(sql)
    for trigger in triggers { try connection.execute(trigger.sql) }
  }
}
