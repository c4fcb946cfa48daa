import Foundation
import History
import MeshModel
import Storage

/// A folder of one test that goes away with it.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
}

let ann = Signature(person: "ann", time: Timestamp(milliseconds: 1_772_366_400_000))

func virtualService(_ name: String) -> ObjectID {
  ObjectID(kind: .virtualService, namespace: "default", name: name)
}

func service(_ name: String) -> ObjectID { ObjectID(kind: .service, namespace: "default", name: name) }

func put(_ id: ObjectID, _ content: String) -> RequestedChange {
  .put(
    StoredContent(
      id: id, canonical: Array(content.utf8), text: Array(("# text\n" + content).utf8), file: "mesh.yaml", line: 3))
}

func note(_ message: String, _ cause: Revision.Cause = .apply) -> CommitNote {
  CommitNote(signature: ann, message: message, cause: cause)
}

extension RevisionStore {
  /// A new store with the mesh `default`.
  static func fresh(_ scratch: Scratch, _ name: String = "store.db") throws -> RevisionStore {
    let store = try RevisionStore.create(at: scratch.path(name), by: ann)
    try store.createMesh(.standard, by: ann)
    return store
  }

  @discardableResult func commit(_ changes: [RequestedChange], on head: Int64?) throws -> AppendOutcome {
    try append(changes, to: .standard, expecting: head.map { RevisionNumber($0) }, note: note("change"))
  }

  /// The names and contents at a revision, in order.
  func texts(at number: Int64) throws -> [String] {
    try objects(of: .standard, at: RevisionNumber(number)).map {
      $0.id.name + "=" + String(decoding: $0.content.canonical, as: UTF8.self)
    }
  }
}
