import Foundation
import History
import SQLite
import Storage
import Testing

@Suite struct SchemaTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("schema")

  /// `UPDATE_FIXTURES=1` writes the file again and fails the run.
  @Test func `current.sql is the schema after all migrations`() throws {
    let file = Self.folder.appendingPathComponent("current.sql")
    let schema = try Migrations.currentSchema()
    let written = try? String(contentsOf: file, encoding: .utf8)
    if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] == "1", written != schema {
      try schema.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("schema/current.sql was written again; look at it and run without UPDATE_FIXTURES")
    }
    #expect(written == schema, "run with UPDATE_FIXTURES=1")
  }

  @Test func `migrations are numbered from 1 and every one is built in`() throws {
    #expect(Migrations.all.map(\.version) == Array(1...Migrations.newest))
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
    #expect(files == ["current.sql"] + Migrations.all.map(\.name))
    for step in Migrations.all {
      let text = try String(contentsOf: Self.folder.appendingPathComponent(step.name), encoding: .utf8)
      #expect(step.sql == text)
    }
  }

  @Test func `a store of a newer schema is refused and left as it is`() throws {
    let scratch = try Scratch()
    let path = scratch.path("store.db")
    let next = Migrations.newest + 1
    _ = try RevisionStore.create(at: path, by: ann)
    try Connection(path: path, access: .readWrite).execute("PRAGMA user_version = \(next)")
    #expect(throws: StoreError.newerSchema(found: next, known: Migrations.newest)) {
      try RevisionStore.open(at: path, by: ann)
    }
  }

  @Test func `a store is made once and found again`() throws {
    let scratch = try Scratch()
    let path = scratch.path("store.db")
    #expect(throws: StoreError.fileMissing(path)) { try RevisionStore.open(at: path, by: ann) }
    #expect(!FileManager.default.fileExists(atPath: path))
    _ = try RevisionStore.create(at: path, by: ann)
    #expect(throws: StoreError.fileExists(path)) { try RevisionStore.create(at: path, by: ann) }
    #expect(try RevisionStore.open(at: path, by: ann).meshes().isEmpty)
  }

  @Test func `what a killed process left empty may be made a store`() throws {
    let scratch = try Scratch()
    let path = scratch.path("store.db")
    try Connection(path: path, access: .create).useWriteAheadLog()
    #expect(throws: StoreError.notAStore(path)) { try RevisionStore.open(at: path, by: ann) }
    _ = try RevisionStore.create(at: path, by: ann)
  }

  @Test func `somebody else's file is neither opened nor changed`() throws {
    let scratch = try Scratch()
    let text = scratch.path("notes.txt")
    let database = scratch.path("theirs.db")
    try Data("not a database, but long enough to have a header's length, or so one hopes".utf8)
      .write(to: URL(fileURLWithPath: text))
    try Connection(path: database, access: .create).execute("CREATE TABLE t (a)")
    for path in [text, database] {
      let before = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(throws: StoreError.notAStore(path)) { try RevisionStore.open(at: path, by: ann) }
      #expect(throws: StoreError.fileExists(path)) { try RevisionStore.create(at: path, by: ann) }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }
  }

  @Test func `a store keeps its rules however it is opened`() throws {
    let scratch = try Scratch()
    let store = try RevisionStore.fresh(scratch)
    let info = try store.info()
    #expect(info.journal == "wal")
    #expect(info.schemaVersion == Migrations.newest)
    let synchronous = try store.withConnection { (connection) throws(StoreError) -> [Int64] in
      do throws(SQLiteError) {
        return [try connection.pragma("synchronous"), try connection.pragma("foreign_keys")]
      } catch { throw StoreError.sqlite(error) }
    }
    #expect(synchronous == [2, 1])
  }
}
