import Diagnostics
import History
import MeshModel
import Storage
import Workbench

/// The store and the mesh that the options of the command line name.
struct StoreInput {
  private let arguments: ParsedArguments

  static let options = [Options.store, Options.mesh]

  init(_ invocation: Invocation) {
    arguments = invocation.arguments
  }

  var path: String { arguments[Options.store] ?? Environment.storePath }

  var mesh: MeshName {
    get throws {
      let text = arguments[Options.mesh] ?? MeshName.standard.text
      do {
        return try MeshName(text)
      } catch {
        throw CommandFailure(
          en: "'\(text)' is no name of a mesh; expected up to 63 of a-z, 0-9, '-', '_' and '.'",
          zh: "'\(text)' 不是有效的网格名；应为至多 63 个 a-z、0-9、'-'、'_'、'.' 字符")
      }
    }
  }

  /// Who acts now.
  var signature: Signature {
    Signature(
      person: arguments[Options.author] ?? Environment.userName,
      time: Timestamp(milliseconds: Environment.nowMilliseconds))
  }

  func open() throws -> MeshStore {
    var store = try attempt(on: path) { try MeshStore.open(at: path, mesh: mesh, by: signature) }
    store.testForms = TestForms.plain
    return store
  }

  /// A revision by number or name; the newest when none is named, nil in a mesh without any.
  func revision(_ name: String?, in store: MeshStore) throws -> RevisionNumber? {
    guard let name else { return try attempt { try store.head } }
    guard let number = try attempt({ try store.revision(named: name) }) else {
      throw CommandFailure(
        en: "'\(name)' is no revision; expected a number, 'head' or 'head~1'",
        zh: "'\(name)' 不是修订；应为数字、'head' 或 'head~1'")
    }
    // Refuses numbers that the mesh does not have.
    _ = try attempt { try store.store.revision(number, of: store.mesh) }
    return number
  }
}

/// Runs a job on the store and turns its refusal into a message.
func attempt<R>(on path: String? = nil, _ body: () throws -> R) throws -> R {
  do {
    return try body()
  } catch let error as StoreError {
    var failure = CommandFailure(error)
    // SQLite does not say which file it speaks of.
    if case .sqlite = error, let path {
      failure.message.en = "'\(path)': " + failure.message.en
      failure.message.zh = "'\(path)'：" + failure.message.zh
    }
    throw failure
  }
}

extension CommandFailure {
  init(_ error: StoreError) {
    self.init(error.isRefusal ? .negative : .failure, en: error.message.en, zh: error.message.zh, hint: error.hint)
  }
}

extension StoreError {
  /// Whether the store is well and said no.
  fileprivate var isRefusal: Bool {
    switch self {
    case .headMoved, .unknownMesh, .meshExists, .unknownRevision, .changedTwice, .digestDiffers: true
    case .fileMissing, .fileExists, .notAStore, .newerSchema, .busy, .damaged, .sqlite: false
    }
  }
}
