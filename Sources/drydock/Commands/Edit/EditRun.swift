import Diagnostics
import Editing
import History
import MeshModel
import Report
import Storage
import Workbench

/// One run of an editing command: the mesh it begins with, and what becomes of its edits.
struct EditRun {
  static let removeEmpty = OptionSpec.toggle(
    "remove-empty", nil,
    LocalizedText(en: "remove an object that the edit leaves empty", zh: "删除因编辑而变空的对象"))

  /// What every command that edits takes.
  static let options =
    [
      Options.namespace, Options.message, ApplyCommand.dryRun, ApplyCommand.force, ApplyCommand.base, removeEmpty,
      Options.author, Options.output(["text", "yaml", "json"]),
    ] + StoreInput.options

  let invocation: Invocation
  let store: MeshStore
  let head: RevisionNumber?
  /// The mesh as the edits find it.
  let objects: [MeshObject]
  /// Where names without one are.
  let namespace: String

  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    let input = StoreInput(invocation)
    let store = try input.open()
    let head = try attempt { try store.head }
    if let text = invocation.arguments[ApplyCommand.base] {
      let base = try input.revision(text, in: store)
      guard base == head else { throw CommandFailure(StoreError.headMoved(expected: base, found: head)) }
    }
    self.store = store
    self.head = head
    objects = try attempt { try store.objects(at: head) }
    namespace = invocation.arguments[Options.namespace] ?? "default"
  }

  /// `name`, or `namespace/name`.
  func id(_ kind: ObjectKind, _ word: String) -> ObjectID {
    guard let slash = word.utf8.firstIndex(of: UInt8(ascii: "/")) else {
      return ObjectID(kind: kind, namespace: namespace, name: word)
    }
    let name = String(word[word.utf8.index(after: slash)...])
    return ObjectID(kind: kind, namespace: String(word[..<slash]), name: name)
  }

  func object(_ id: ObjectID) -> MeshObject? { objects.first { $0.id == id } }

  /// An object that must be there.
  func existing(_ id: ObjectID) throws -> MeshObject {
    if let object = object(id) { return object }
    let others = objects.map(\.id).filter { $0.kind == id.kind }
    let meant = Suggestion.meant(
      by: id.name, among: others.filter { $0.namespace == id.namespace }.map(\.name).sorted())
    let elsewhere = others.filter { $0.name == id.name }.map(\.namespace).min()
    let hint =
      meant.map(ParsedArguments.didYouMean)
      ?? elsewhere.map {
        LocalizedText(en: "there is one in namespace '\($0)': -n \($0)", zh: "命名空间 '\($0)' 中有一个：-n \($0)")
      }
    throw CommandFailure(
      .negative, en: "there is no \(id.label)", zh: "没有 \(id.label)", hint: hint)
  }

  /// Turns the refusal of an edit into a message.
  func edit(_ body: () throws -> ObjectEdit) throws -> ObjectEdit {
    do {
      return try body()
    } catch let refusal as EditRefusal {
      try InputProblems.show(refusal.problems, invocation.terminal)
      throw CommandFailure(.negative, en: "the edit makes no object", zh: "编辑结果不是有效的对象")
    }
  }

  /// Shows what edits come to, and stores them unless it is a dry run: as one revision.
  func finish(_ edits: [ObjectEdit], message: String) throws -> ExitCode {
    let arguments = invocation.arguments
    let job = EditJob(edits, of: objects, at: head)
    let forced = try refusals(job)
    remark(job)
    let preview = PreviewReport(preview: job.preview(now: Environment.now))
    let isDryRun = arguments.has(ApplyCommand.dryRun)
    let isText = (arguments[Options.output] ?? "text") == "text"
    if isText { preview.show(invocation.terminal) }
    invocation.terminal.output.flush()
    var revision: Revision?
    var changes: [ObjectChange] = []
    if isDryRun || job.edits.isEmpty {
      changes = try attempt { try job.changes(on: store) }
    } else {
      let text = arguments[Options.message] ?? message
      let outcome = try attempt {
        try job.commit(on: store, signature: StoreInput(invocation).signature, message: text + forced)
      }
      if case .committed(let made, let list) = outcome { (revision, changes) = (made, list) }
    }
    switch arguments[Options.output] {
    case "yaml": showTexts(job)
    case "json": showJSON(preview, revision, isDryRun)
    default:
      ChangeReport(invocation).show(changes, revision: revision, head: head, unchanged: nil, isDryRun: isDryRun)
    }
    return .success
  }

  private func remark(_ job: EditJob) {
    for edit in job.edits {
      switch edit.manner {
      case .kept: break
      case .expanded:
        invocation.terminal.remark(
          LocalizedText(
            en: "note: what aliases of \(edit.id.label) stood for is written out", zh: "提示：\(edit.id.label) 中的别名已展开"))
      case .anew:
        invocation.terminal.remark(
          LocalizedText(
            en: "note: the text of \(edit.id.label) is written anew; its comments are lost",
            zh: "提示：\(edit.id.label) 的文本已重写；注释丢失"))
      }
    }
  }

  /// Refuses what a cluster would refuse; with `--force`, what to note in the revision's message instead.
  private func refusals(_ job: EditJob) throws -> String {
    let findings = job.refusals
    guard !findings.isEmpty else { return "" }
    if invocation.arguments.has(ApplyCommand.force) {
      return " (--force: \(Set(findings.map(\.code)).sorted().joined(separator: ", ")))"
    }
    let terminal = invocation.terminal
    let printer = DiagnosticText(style: terminal.errorStyle, language: terminal.language)
    for finding in findings {
      var problem = Diagnostic(finding)
      problem.span = nil
      terminal.errors.write(printer.text(problem))
    }
    throw CommandFailure(
      .negative,
      en: findings.count == 1 ? "a cluster would refuse this" : "\(findings.count) errors: a cluster would refuse this",
      zh: "\(findings.count) 个错误：集群会拒绝该对象",
      hint: LocalizedText(en: "correct them, or store them with --force", zh: "请更正，或使用 --force 保存"))
  }

  /// The texts of what was edited, as they would be stored.
  func showTexts(_ job: EditJob) {
    let terminal = invocation.terminal
    for (place, object) in job.edits.compactMap(\.new).enumerated() {
      if place > 0 { terminal.printLine("---") }
      terminal.output.write(object.source.text[...])
      if object.source.text.last != UInt8(ascii: "\n") { terminal.printLine() }
    }
  }

  private func showJSON(_ preview: PreviewReport, _ revision: Revision?, _ isDryRun: Bool) {
    var writer = JSONWriter(layout: .indented)
    writer.beginObject()
    writer.writeMembers(revision: revision?.number, head: head)
    writer.key("dryRun")
    writer.bool(isDryRun)
    preview.write(to: &writer, invocation.language)
    writer.endObject()
    writer.endLine()
    invocation.terminal.output.write(writer.bytes[...])
  }
}
