import Foundation
import History
import MeshModel
import SQLite
import Storage
import Testing

@Suite struct FaultTests {
  private static let full: Int32 = 13
  private static let ioError: Int32 = 10

  /// What a store says of itself; equal before and after a write that failed.
  private struct Observation: Equatable {
    var revisions: [Revision]
    var objects: [StoredObject]
    var audit: [AuditEntry]
    var reviews: [Review]

    init(_ store: RevisionStore) throws {
      revisions = try store.revisions(of: .standard)
      objects = try store.objects(of: .standard, at: RevisionNumber(1))
      audit = try store.audit()
      reviews = try store.reviews(of: RevisionNumber(1), in: .standard)
    }
  }

  /// Runs the write with its first step failing, then its second, and so on until it comes through.
  private func failEveryStep(of name: String, with code: Int32, _ write: (RevisionStore) throws -> Void) throws {
    let scratch = try Scratch()
    let store = try RevisionStore.fresh(scratch)
    try store.commit([put(virtualService("a"), "1"), put(virtualService("b"), "1"), put(service("s"), "1")], on: nil)
    let before = try Observation(store)
    var failing = 0
    while true {
      failing += 1
      let target = failing
      try store.withConnection { connection in
        let start = connection.steps
        connection.stepFault = { $0 == start + target ? code : nil }
      }
      do {
        try write(store)
        break
      } catch is StoreError {
        try store.withConnection { $0.stepFault = nil }
        #expect(try Observation(store) == before, "\(name), step \(target)")
        #expect(try store.verify().problems.isEmpty, "\(name), step \(target)")
      }
      try #require(failing < 500)
    }
    try store.withConnection { $0.stepFault = nil }
    #expect(failing > 5)
    #expect(try Observation(store) != before)
    #expect(try store.verify().problems.isEmpty)
  }

  @Test(arguments: [full, ioError])
  func `a commit that fails at any step leaves the store as it was`(code: Int32) throws {
    try failEveryStep(of: "append", with: code) { store in
      let changes = [put(virtualService("a"), "2"), .remove(virtualService("b")), put(virtualService("c"), "1")]
      try store.commit(changes, on: 1)
    }
  }

  @Test func `a review that fails at any step leaves the store as it was`() throws {
    try failEveryStep(of: "review", with: Self.full) { store in
      let revision = try store.revision(RevisionNumber(1), of: .standard)
      let review = Review(
        mesh: .standard, revision: revision.number, digest: revision.digest, decision: .approve, reviewer: "bob",
        comment: "", time: ann.time)
      try store.record(review)
    }
  }

  @Test func `making a store that fails at any step can be repeated`() throws {
    let scratch = try Scratch()
    let path = scratch.path("store.db")
    // The hook cannot be set before the store is open, so the script is cut off instead, as by a full disk.
    let schema = try #require(Migrations.all.first)
    let connection = try Connection(path: path, access: .create)
    #expect(throws: SQLiteError.self) {
      try connection.transaction(.write, mapping: { $0 }) { () throws(SQLiteError) in
        try connection.executeScript(String(schema.sql.prefix(schema.sql.count / 2)) + "; nonsense")
      }
    }
    #expect(try RevisionStore.create(at: path, by: ann).verify().problems.isEmpty)
  }

  private func sampleFile(_ scratch: Scratch) throws -> Data {
    let store = try RevisionStore.fresh(scratch)
    for number in 0..<6 {
      let changes = (0..<20).map { put(virtualService("v\($0)"), String(repeating: "\(number * $0) ", count: 30)) }
      try store.commit(changes, on: number == 0 ? nil : Int64(number))
    }
    let copy = scratch.path("copy.db")
    try store.backUp(to: copy)
    return try Data(contentsOf: URL(fileURLWithPath: copy))
  }

  /// Reads all there is; true when everything went well.
  private func isSound(_ path: String) -> Bool {
    do {
      let store = try RevisionStore.open(at: path, by: ann)
      let report = try store.verify()
      for revision in try store.revisions(of: .standard) {
        _ = try store.objects(of: .standard, at: revision.number)
      }
      return report.isSound
    } catch {
      return false
    }
  }

  @Test func `a file cut short is an error and never a crash`() throws {
    let scratch = try Scratch()
    let whole = try sampleFile(scratch)
    let path = scratch.path("cut.db")
    for part in 0..<24 {
      for extra in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + extra) }
      try whole.prefix(whole.count * part / 24).write(to: URL(fileURLWithPath: path))
      #expect(!isSound(path), "\(part)/24 of the file")
    }
  }

  @Test func `a flipped bit is never taken for a sound store of other content`() throws {
    let scratch = try Scratch()
    let whole = try sampleFile(scratch)
    let untouched = scratch.path("untouched.db")
    try whole.write(to: URL(fileURLWithPath: untouched))
    #expect(isSound(untouched))
    let expected = try RevisionStore.open(at: untouched, by: ann).objects(of: .standard, at: RevisionNumber(6))
    var random = SeededBits(state: 0xf11b)
    let path = scratch.path("flipped.db")
    for _ in 0..<60 {
      for extra in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + extra) }
      var bytes = whole
      let place = Int(random.next() % UInt64(bytes.count))
      bytes[place] ^= 1 << UInt8(random.next() % 8)
      try bytes.write(to: URL(fileURLWithPath: path))
      guard isSound(path) else { continue }
      // The bit lay in unused space or a header's counter: what is read must be what was written.
      let found = try RevisionStore.open(at: path, by: ann).objects(of: .standard, at: RevisionNumber(6))
      #expect(found.map(\.content.canonical) == expected.map(\.content.canonical), "bit at \(place)")
      #expect(found.map(\.id) == expected.map(\.id), "bit at \(place)")
    }
  }
}

/// Splitmix64 from a fixed seed.
private struct SeededBits {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
