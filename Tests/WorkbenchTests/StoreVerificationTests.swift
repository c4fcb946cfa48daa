import Foundation
import History
import MeshModel
import SQLite
import Storage
import Testing
import Workbench

@Suite struct StoreVerificationTests {
  private static let ann = Signature(person: "ann", time: Timestamp(milliseconds: 1_000))

  private static func service(_ name: String, host: String) -> [UInt8] {
    Array(
      """
      # by hand
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: \(name)}
      spec: {hosts: [\(name)], http: [{route: [{destination: {host: \(host)}}]}]}
      """.utf8)
  }

  /// A store with two objects, approved.
  private static func sample(_ path: String) throws -> MeshStore {
    _ = try MeshStore.initialize(at: path, mesh: .standard, by: ann)
    let store = try MeshStore.open(at: path, mesh: .standard, by: ann)
    let files = [
      (name: "a.yaml", bytes: service("a", host: "good")), (name: "b.yaml", bytes: service("b", host: "bad")),
    ]
    let job = ApplyJob(
      objects: ObjectInput(files: files).objects, prunes: .keepsOthers, effect: .commit, signature: ann, message: "")
    let revision = try #require(try job.run(on: store).revision)
    try store.store.record(
      Review(
        mesh: .standard, revision: revision.number, digest: revision.digest, decision: .approve, reviewer: "bob",
        comment: "", time: ann.time))
    return store
  }

  /// Lets every object have the text of the object `b`.
  private static func tamper(_ path: String) throws {
    let connection = try Connection(path: path, access: .readWrite)
    var triggers: [(name: String, sql: String)] = []
    var statement = try connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    while try statement.step() { triggers.append((name: statement.text(0), sql: statement.text(1))) }
    for trigger in triggers { try connection.execute("DROP TRIGGER " + trigger.name) }
    let text = String(decoding: service("a", host: "bad"), as: UTF8.self)
    let digest = Digest(hashing: service("a", host: "bad")).hex
    try connection.execute("UPDATE source SET text = CAST('\(text)' AS BLOB), digest = x'\(digest)' WHERE id = 1")
    for trigger in triggers { try connection.execute(trigger.sql) }
  }

  private static func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  @Test func `a text that says something else than was digested is found`() throws {
    try Self.inFolder { folder in
      let path = folder + "/drydock.db"
      let store = try Self.sample(path)
      #expect(try StoreVerification.run(store.store).isSound)
      try Self.tamper(path)
      let report = try StoreVerification.run(store.store)
      #expect(report.problems.count == 1)
      guard case .otherText(_, let id, let number)? = report.problems.first else { return }
      #expect(id.name == "a" && number == RevisionNumber(1))
    }
  }

  @Test func `what was not digested never leaves`() throws {
    try Self.inFolder { folder in
      let path = folder + "/drydock.db"
      let store = try Self.sample(path)
      let export = ExportJob(
        revision: RevisionNumber(1), target: "prod", folder: folder + "/out", guards: .approvedOnly,
        strangers: .refuse, signature: Self.ann)
      #expect(try export.run(on: store).files.written.count == 4)
      try Self.tamper(path)
      #expect(throws: ExportJob.Problem.self) { try export.run(on: store) }
    }
  }
}
