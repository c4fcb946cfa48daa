import History
import MeshModel
import Storage
import Workbench

/// Words for completion that come from what a command line speaks of: a store, or files. What cannot be read is
/// passed over, as nobody asked for it yet.
struct StoredWords {
  private let typed: TypedWords
  private let store: MeshStore?

  init(_ typed: TypedWords) {
    self.typed = typed
    let path = typed[Options.store] ?? Environment.storePath
    let mesh = (try? MeshName(typed[Options.mesh] ?? MeshName.standard.text)) ?? .standard
    let nobody = Signature(person: "", time: Timestamp(milliseconds: 0))
    store = try? MeshStore.open(at: path, mesh: mesh, by: nobody)
  }

  private var ids: [ObjectID] {
    let files = typed.values[Options.filename.long] ?? []
    if !files.isEmpty {
      let depth: InputFiles.Depth = typed.has(Options.recursive) ? .recursive : .shallow
      return ObjectInput(reading: files.filter { $0 != "-" }, depth: depth).objects.map(\.id).sorted()
    }
    guard let store else { return [] }
    let named = typed[Options.revision].flatMap { try? store.revision(named: $0) }
    guard let number = named ?? (try? store.head) else { return [] }
    return ((try? store.store.state(of: store.mesh, at: number)) ?? []).map(\.id).sorted()
  }

  var namespaces: [CompletionRequest.Word] {
    Set(ids.map(\.namespace).filter { !$0.isEmpty }).sorted().map { .init(text: $0) }
  }

  var meshes: [CompletionRequest.Word] {
    ((try? store?.store.meshes()) ?? []).map { .init(text: $0.text) }
  }

  var revisions: [CompletionRequest.Word] {
    guard let store else { return [] }
    let revisions = (try? store.store.revisions(of: store.mesh, limit: 20)) ?? []
    let words = revisions.map { revision in
      let line = revision.message.split(separator: "\n").first.map(String.init) ?? ""
      return CompletionRequest.Word(text: revision.number.description, remark: line)
    }
    return [.init(text: "head")] + words
  }

  func names(of kinds: [ObjectKind]) -> [CompletionRequest.Word] {
    ids.filter { kinds.contains($0.kind) }.map { .init(text: "\($0.namespace)/\($0.name)", remark: $0.kind.kind) }
  }

  /// Kinds for a first word, `KIND/NAME` once it has a slash, and names behind a kind.
  func objects(_ current: String) -> [CompletionRequest.Word] {
    let slash = UInt8(ascii: "/")
    if let place = current.utf8.firstIndex(of: slash) {
      let kind = String(current[..<place])
      return names(kind).map { .init(text: "\(kind)/\($0.name)", remark: $0.namespace) }
    }
    guard let first = typed.operands.first, !first.utf8.contains(slash) else { return Self.kinds }
    let used = Set(typed.operands.dropFirst())
    return names(first).filter { !used.contains($0.name) }.map { .init(text: $0.name, remark: $0.namespace) }
  }

  /// Those in the namespace that was given, or in all of them.
  private func names(_ kinds: String) -> [ObjectID] {
    let wanted = kinds.split(separator: ",").flatMap { (try? ObjectQuery.kinds(named: String($0))) ?? [] }
    let space = typed.has(Options.allNamespaces) ? nil : typed[Options.namespace]
    return ids.filter { id in
      wanted.contains(id.kind) && (space == nil || id.namespace == space || id.namespace.isEmpty)
    }
  }

  private static let kinds: [CompletionRequest.Word] =
    [.init(text: "all")]
    + ObjectKind.known.flatMap { known in
      (known.shortNames + [known.plural]).map { .init(text: $0, remark: known.kind.kind) }
    }
}
