import History
import MeshModel
import Storage
import Testing

@Suite struct AppendTests {
  private let scratch: Scratch
  private let store: RevisionStore

  init() throws {
    scratch = try Scratch()
    store = try .fresh(scratch)
  }

  @Test func `every revision keeps the state it made`() throws {
    try store.commit([put(virtualService("a"), "1"), put(virtualService("b"), "1")], on: nil)
    try store.commit([put(virtualService("a"), "2"), .remove(virtualService("b"))], on: 1)
    try store.commit([put(virtualService("b"), "3")], on: 2)
    #expect(try store.texts(at: 1) == ["a=1", "b=1"])
    #expect(try store.texts(at: 2) == ["a=2"])
    #expect(try store.texts(at: 3) == ["a=2", "b=3"])
    #expect(try store.verify().problems.isEmpty)
    #expect(try store.head(of: .standard) == RevisionNumber(3))
  }

  @Test func `a commit tells what it changed`() throws {
    try store.commit([put(virtualService("a"), "1"), put(virtualService("b"), "1")], on: nil)
    let changes = [put(virtualService("c"), "1"), put(virtualService("a"), "2"), .remove(virtualService("b"))]
    guard case .committed(let revision, let told) = try store.commit(changes, on: 1) else {
      Issue.record("no revision")
      return
    }
    #expect(revision.counts == Revision.Counts(added: 1, changed: 1, removed: 1))
    #expect(told.map(\.id.name) == ["a", "b", "c"])
    #expect(try store.changes(in: .standard, from: RevisionNumber(1), to: RevisionNumber(2)) == told)
    #expect(try store.revision(RevisionNumber(2), of: .standard) == revision)
  }

  @Test func `what is already so makes no revision`() throws {
    try store.commit([put(virtualService("a"), "1")], on: nil)
    let audit = try store.audit().count
    let again = try store.commit([put(virtualService("a"), "1"), .remove(virtualService("gone"))], on: 1)
    #expect(again == .unchanged(head: RevisionNumber(1)))
    #expect(try store.audit().count == audit)
  }

  @Test func `a commit on another head than the newest is told so`() throws {
    try store.commit([put(virtualService("a"), "1")], on: nil)
    #expect(throws: StoreError.headMoved(expected: nil, found: RevisionNumber(1))) {
      try store.commit([put(virtualService("b"), "1")], on: nil)
    }
    #expect(throws: StoreError.headMoved(expected: RevisionNumber(9), found: RevisionNumber(1))) {
      try store.commit([put(virtualService("b"), "1")], on: 9)
    }
  }

  @Test func `of two connections at one head the later is told`() throws {
    try store.commit([put(virtualService("a"), "1")], on: nil)
    let other = try RevisionStore.open(at: store.path, by: ann)
    try other.commit([put(virtualService("a"), "2")], on: 1)
    #expect(throws: StoreError.headMoved(expected: RevisionNumber(1), found: RevisionNumber(2))) {
      try store.commit([put(virtualService("a"), "3")], on: 1)
    }
    #expect(try store.texts(at: 2) == ["a=2"])
  }

  @Test func `of many writers at one head exactly one wins`() async throws {
    let path = store.path
    let wins = await withTaskGroup(of: Bool.self) { group in
      for writer in 0..<6 {
        group.addTask {
          do {
            let store = try RevisionStore.open(at: path, by: ann)
            try store.commit([put(virtualService("a"), "\(writer)")], on: nil)
            return true
          } catch StoreError.headMoved {
            return false
          } catch {
            Issue.record(error)
            return false
          }
        }
      }
      var wins = 0
      for await won in group where won { wins += 1 }
      return wins
    }
    #expect(wins == 1)
    #expect(try store.verify().isSound)
  }

  @Test func `an object named twice in one commit is refused`() throws {
    #expect(throws: StoreError.changedTwice(virtualService("a"))) {
      try store.commit([put(virtualService("a"), "1"), .remove(virtualService("a"))], on: nil)
    }
    #expect(try store.head(of: .standard) == nil)
  }

  @Test func `equal states have equal digests however they came about`() throws {
    let other = try RevisionStore.fresh(scratch, "other.db")
    try store.commit([put(virtualService("a"), "1"), put(service("s"), "1")], on: nil)
    try other.commit([put(service("s"), "0"), put(virtualService("x"), "1")], on: nil)
    try other.commit([put(virtualService("a"), "1"), .remove(virtualService("x"))], on: 1)
    try other.commit([put(service("s"), "1")], on: 2)
    let one = try store.revision(RevisionNumber(1), of: .standard)
    #expect(one.digest == (try other.revision(RevisionNumber(3), of: .standard)).digest)
    let before = try other.revision(RevisionNumber(2), of: .standard)
    #expect(one.managedDigest == before.managedDigest && one.digest != before.digest)
  }

  @Test func `meshes in one store do not touch each other`() throws {
    let prod = try MeshName("prod")
    try store.createMesh(prod, by: ann)
    #expect(throws: StoreError.meshExists(prod)) { try store.createMesh(prod, by: ann) }
    try store.commit([put(virtualService("a"), "1")], on: nil)
    _ = try store.append([put(virtualService("a"), "9")], to: prod, expecting: nil, note: note("m"))
    #expect(try store.texts(at: 1) == ["a=1"])
    #expect(try store.meshes() == [.standard, prod])
    let unknown = try MeshName("nope")
    #expect(throws: StoreError.unknownMesh(unknown)) { try store.head(of: unknown) }
    #expect(try store.verify().isSound)
  }

  @Test func `an object's history tells every content it had`() throws {
    try store.commit([put(virtualService("a"), "1")], on: nil)
    try store.commit([.remove(virtualService("a"))], on: 1)
    try store.commit([put(virtualService("a"), "2"), put(virtualService("b"), "2")], on: 2)
    let periods = try store.history(of: virtualService("a"), in: .standard)
    #expect(periods.map(\.version.since.value) == [3, 1])
    #expect(periods.map(\.until?.value) == [nil, 2])
    #expect(try store.history(of: virtualService("never"), in: .standard).isEmpty)
    let a = try #require(try store.object(virtualService("a"), of: .standard, at: RevisionNumber(3)))
    #expect(a.content.file == "mesh.yaml" && a.content.line == 3)
    #expect(try store.object(virtualService("a"), of: .standard, at: RevisionNumber(2)) == nil)
    #expect(try store.canonicalContent(a.version.digest) == a.content.canonical)
    // Equal contents are stored once.
    #expect(try store.info().contents == 2)
  }

  @Test func `revisions are listed from the newest`() throws {
    for number in 0..<5 {
      try store.commit([put(virtualService("a"), "\(number)")], on: number == 0 ? nil : Int64(number))
    }
    #expect(try store.revisions(of: .standard).map(\.number.value) == [5, 4, 3, 2, 1])
    #expect(try store.revisions(of: .standard, before: RevisionNumber(4), limit: 2).map(\.number.value) == [3, 2])
    #expect(throws: StoreError.unknownRevision(.standard, RevisionNumber(6))) {
      try store.revision(RevisionNumber(6), of: .standard)
    }
  }
}
