import Diagnostics
import History
import MeshModel
import Storage
import Workbench

/// `drydock delete`: a revision without some objects.
enum DeleteCommand {
  static let spec = CommandSpec(
    name: "delete", group: .changes,
    summary: LocalizedText(en: "remove objects in a new revision", zh: "在新修订中删除对象"),
    forms: ["KIND NAME… | KIND/NAME… | KIND -l SELECTOR | -f FILE… [-n NAMESPACE] [-m MESSAGE]"],
    examples: [
      .init("drydock delete vs reviews -n shop", en: "remove one VirtualService", zh: "删除一个 VirtualService"),
      .init("drydock delete -f canary.yaml", en: "remove what a file holds", zh: "删除文件中的全部对象"),
      .init("drydock delete vs -l app=reviews -A --dry-run", en: "see what would go", zh: "查看将被删除的对象"),
    ],
    options: [
      Options.filename, Options.recursive, Options.namespace, Options.allNamespaces, Options.selector,
      Options.message, ApplyCommand.dryRun, Options.author, Options.output(["text", "json", "name"]),
    ] + StoreInput.options, operands: 0...1_000, operandCompletion: .kind, run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let input = StoreInput(invocation)
    let store = try input.open()
    let head = try attempt { try store.head }
    let ids = try ids(invocation, store, head)
    if arguments.has(ApplyCommand.dryRun) {
      let changes = try attempt { try store.preview(ids.map { .remove($0) }, head: head) }
      ChangeReport(invocation).show(changes, revision: nil, head: head, unchanged: nil, isDryRun: true)
      return .success
    }
    let outcome = try attempt {
      try store.delete(ids, signature: input.signature, message: arguments[Options.message] ?? "")
    }
    ChangeReport(invocation).show(outcome)
    return .success
  }

  private static func ids(
    _ invocation: Invocation, _ store: MeshStore, _ head: RevisionNumber?
  ) throws -> [ObjectID] {
    let arguments = invocation.arguments
    let files = arguments.all(Options.filename)
    if !files.isEmpty {
      let read = ObjectInput(reading: files, depth: arguments.has(Options.recursive) ? .recursive : .shallow)
      try InputProblems.show(read.problems, invocation.terminal)
      return read.objects.map(\.id)
    }
    let all = try attempt { try store.objects(at: head) }
    let query = try ObjectSelection.query(invocation, of: all)
    guard !query.names.isEmpty || !query.pairs.isEmpty || arguments.has(Options.selector) else {
      throw CommandFailure(en: "say which objects, or select them with -l", zh: "请指明对象名，或用 -l 选择")
    }
    let found = all.filter { query.contains($0) }
    try ObjectSelection.require(query, in: found, of: all)
    return found.map(\.id)
  }
}

extension ChangeReport {
  func show(_ outcome: AppendOutcome) {
    switch outcome {
    case .committed(let revision, let changes): show(changes, revision: revision, head: nil, unchanged: nil)
    case .unchanged(let head): show([], revision: nil, head: head, unchanged: nil)
    }
  }
}

/// Objects by the words and options of the command line.
enum ObjectSelection {
  static func query(_ invocation: Invocation, of all: [MeshObject] = []) throws -> ObjectQuery {
    let arguments = invocation.arguments
    let namespace = arguments.has(Options.allNamespaces) ? nil : arguments[Options.namespace] ?? "default"
    do throws(ObjectQuery.Problem) {
      return try ObjectQuery(
        words: arguments.operands, namespace: namespace, selector: arguments[Options.selector],
        others: Set(all.map(\.id.kind)))
    } catch {
      throw CommandFailure(en: error.message.en, zh: error.message.zh, hint: ParsedArguments.hint(invocation.path))
    }
  }

  /// The same name elsewhere, or one that looks like it.
  private static func hint(_ missing: ObjectQuery.Pair, _ query: ObjectQuery, _ all: [MeshObject]) -> LocalizedText? {
    let ids = all.map(\.id).filter { $0.kind == missing.kind }
    if let elsewhere = ids.filter({ $0.name == missing.name }).map(\.namespace).min() {
      return LocalizedText(
        en: "there is one in namespace '\(elsewhere)': -n \(elsewhere)", zh: "命名空间 '\(elsewhere)' 中有一个：-n \(elsewhere)")
    }
    let near = ids.filter { query.namespace == nil || $0.namespace == query.namespace || $0.namespace.isEmpty }
    return Suggestion.meant(by: missing.name, among: near.map(\.name).sorted()).map(ParsedArguments.didYouMean)
  }

  /// What was named must be there.
  static func require(_ query: ObjectQuery, in found: [MeshObject], of all: [MeshObject]) throws {
    guard let missing = query.missing(from: found).first else { return }
    let namespace = missing.kind.facts?.isNamespaced == false ? nil : query.namespace
    let place = namespace.map { " in namespace '\($0)'" } ?? ""
    let whereZh = namespace.map { "命名空间 '\($0)' 中" } ?? ""
    throw CommandFailure(
      .negative, en: "there is no \(missing.kind.kind) '\(missing.name)'\(place)",
      zh: "\(whereZh)没有 \(missing.kind.kind) '\(missing.name)'", hint: hint(missing, query, all))
  }
}
