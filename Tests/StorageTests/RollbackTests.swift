import History
import MeshModel
import Storage
import Testing

@Suite struct RollbackTests {
  private let scratch: Scratch
  private let store: RevisionStore

  init() throws {
    scratch = try Scratch()
    store = try .fresh(scratch)
    try store.commit([put(virtualService("a"), "1"), put(virtualService("b"), "1"), put(service("s"), "1")], on: nil)
    try store.commit([put(virtualService("a"), "2"), .remove(virtualService("b")), put(service("s"), "2")], on: 1)
    try store.commit([put(virtualService("c"), "3")], on: 2)
  }

  private func rollBack(to target: Int64, scope: RollbackScope, on head: Int64) throws -> AppendOutcome {
    try store.rollBack(
      .standard, to: RevisionNumber(target), scope: scope, expecting: RevisionNumber(head), signature: ann,
      message: "back")
  }

  @Test func `a rollback is a new revision with the old one's managed objects`() throws {
    guard case .committed(let revision, _) = try rollBack(to: 1, scope: .managed, on: 3) else {
      Issue.record("no revision")
      return
    }
    #expect(revision.number == RevisionNumber(4))
    #expect(revision.cause == .rollback(of: RevisionNumber(1)))
    #expect(try store.texts(at: 4) == ["s=2", "a=1", "b=1"])
    #expect(revision.managedDigest == (try store.revision(RevisionNumber(1), of: .standard)).managedDigest)
    #expect(try store.revision(RevisionNumber(4), of: .standard) == revision)
    #expect(try store.verify().problems.isEmpty)
  }

  @Test func `a rollback of everything gives the old revision's digest`() throws {
    guard case .committed(let revision, _) = try rollBack(to: 1, scope: .everything, on: 3) else {
      Issue.record("no revision")
      return
    }
    #expect(revision.digest == (try store.revision(RevisionNumber(1), of: .standard)).digest)
    #expect(try store.texts(at: 4) == (try store.texts(at: 1)))
  }

  @Test func `a rollback to what is already so makes no revision`() throws {
    #expect(try rollBack(to: 3, scope: .everything, on: 3) == .unchanged(head: RevisionNumber(3)))
  }

  @Test func `a rollback names the head it expects and a revision that is there`() throws {
    #expect(throws: StoreError.headMoved(expected: RevisionNumber(2), found: RevisionNumber(3))) {
      try rollBack(to: 1, scope: .managed, on: 2)
    }
    #expect(throws: StoreError.unknownRevision(.standard, RevisionNumber(9))) {
      try rollBack(to: 9, scope: .managed, on: 3)
    }
  }

  @Test func `going forward again undoes a rollback`() throws {
    _ = try rollBack(to: 1, scope: .everything, on: 3)
    _ = try rollBack(to: 3, scope: .everything, on: 4)
    #expect(try store.texts(at: 5) == (try store.texts(at: 3)))
    #expect(try store.changes(in: .standard, from: RevisionNumber(5), to: RevisionNumber(3)).isEmpty)
  }
}
