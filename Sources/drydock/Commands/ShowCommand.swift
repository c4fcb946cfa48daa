import Diagnostics
import History
import MeshModel
import Report
import Storage
import Workbench

/// `drydock show`: one revision with its changes and reviews, or one object as it was written.
enum ShowCommand {
  static let spec = CommandSpec(
    name: "show", group: .reading,
    summary: LocalizedText(en: "show a revision with its changes, or an object", zh: "查看修订及其变更，或某个对象"),
    forms: ["[REVISION]", "KIND/NAME [-n NAMESPACE] [--revision N]"],
    examples: [
      .init("drydock show", en: "the newest revision", zh: "最新修订"),
      .init("drydock show vs/reviews --revision 2", en: "an object as it was at revision 2", zh: "对象在修订 2 时的内容"),
    ],
    options: [Options.namespace, Options.revision, Options.output(["text", "json"])] + StoreInput.options,
    operands: 0...2, operandCompletion: .kind, run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let input = StoreInput(invocation)
    let store = try input.open()
    let operands = invocation.arguments.operands
    let isRevision = operands.isEmpty || (operands.count == 1 && RevisionWord.isRevision(operands[0]))
    guard isRevision else { return try object(invocation, input, store) }
    guard let number = try input.revision(operands.first, in: store) else {
      throw CommandFailure(
        .negative, en: "mesh '\(store.mesh)' has no revisions yet", zh: "网格 '\(store.mesh)' 还没有修订")
    }
    try attempt { try revision(number, store, invocation) }
    return .success
  }

  private static func revision(_ number: RevisionNumber, _ store: MeshStore, _ invocation: Invocation) throws {
    let revision = try store.store.revision(number, of: store.mesh)
    let approval = try store.approvalNow(of: number)
    let reviews = try store.store.reviews(of: number, in: store.mesh)
    let terminal = invocation.terminal
    let differences = try DiffJob(store).between(revision.parent, number)
    if invocation.arguments[Options.output] == "json" {
      var writer = JSONWriter(layout: .indented)
      writer.beginObject()
      writer.key("revision")
      writer.write(revision, approval: approval)
      writer.key("differences")
      writer.write(differences)
      writer.endObject()
      writer.endLine()
      terminal.output.write(writer.bytes[...])
      return
    }
    let checks = try store.store.checks(of: number, in: store.mesh)
    let text = RevisionText(style: terminal.style, language: terminal.language)
    terminal.output.write(text.details(revision, approval: approval, reviews: reviews, checks: checks))
    terminal.printLine()
    terminal.output.write(DifferenceText(style: terminal.style, language: terminal.language).text(differences))
  }

  private static func object(_ invocation: Invocation, _ input: StoreInput, _ store: MeshStore) throws -> ExitCode {
    let id = try ObjectSelection.one(invocation)
    let number = try input.revision(invocation.arguments[Options.revision], in: store)
    let found = try number.flatMap { number in try attempt { try store.store.object(id, of: store.mesh, at: number) } }
    guard let found else {
      throw CommandFailure(.negative, en: "there is no \(id.label)", zh: "没有 \(id.label)")
    }
    let terminal = invocation.terminal
    if invocation.arguments[Options.output] == "json" {
      var writer = JSONWriter(layout: .indented)
      writer.value(Value(json: found.content.canonical))
      writer.endLine()
      terminal.output.write(writer.bytes[...])
      return .success
    }
    terminal.output.write(found.content.text[...])
    if found.content.text.last != UInt8(ascii: "\n") { terminal.printLine() }
    return .success
  }
}

/// Words that name revisions.
enum RevisionWord {
  /// `12`, `head`, `head~1`.
  static func isRevision(_ word: String) -> Bool {
    let isNumber = !word.isEmpty && word.utf8.allSatisfy { (48...57).contains($0) }
    return isNumber || word.lowercased().utf8.starts(with: "head".utf8) || word == "latest"
  }
}
