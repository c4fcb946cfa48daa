import Diagnostics
import History
import MeshModel
import Report
import Storage
import Workbench

/// `drydock history`: the revisions of a mesh, or the contents that one object had.
enum HistoryCommand {
  static let limit = OptionSpec.value(
    "limit", nil, "N", LocalizedText(en: "at most so many (default: 20)", zh: "最多显示多少条（默认 20）"))

  static let spec = CommandSpec(
    name: "history", group: .reading,
    summary: LocalizedText(en: "list revisions, or the history of one object", zh: "列出修订，或某个对象的历史"),
    forms: ["[--limit N]", "KIND/NAME [-n NAMESPACE]"],
    examples: [
      .init("drydock history", en: "the latest revisions", zh: "最近的修订"),
      .init("drydock history vs/reviews -n shop", en: "what became of one object", zh: "某个对象的变化过程"),
    ],
    options: [limit, Options.namespace, Options.output(["text", "json"])] + StoreInput.options, operands: 0...2,
    operandCompletion: .kind, run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let store = try StoreInput(invocation).open()
    if !invocation.arguments.operands.isEmpty { return try object(invocation, store) }
    let text = invocation.arguments[limit] ?? "20"
    guard let count = Int(text), count > 0 else {
      throw CommandFailure(
        en: "'\(text)' is no number of revisions; expected a whole number above 0", zh: "'\(text)' 不是有效的数目；应为正整数")
    }
    let rows = try attempt {
      try store.store.revisions(of: store.mesh, limit: count).map { revision in
        (revision: revision, approval: try store.store.approval(of: revision.number, in: store.mesh))
      }
    }
    let terminal = invocation.terminal
    if invocation.arguments[Options.output] == "json" {
      var writer = JSONWriter(layout: .indented)
      writer.beginArray()
      for row in rows { writer.write(row.revision, approval: row.approval) }
      writer.endArray()
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    } else if rows.isEmpty {
      terminal.remark(LocalizedText(en: "mesh '\(store.mesh)' has no revisions yet", zh: "网格 '\(store.mesh)' 还没有修订"))
    } else {
      terminal.output.write(RevisionText(style: terminal.style, language: terminal.language).list(rows))
    }
    return .success
  }

  private static func object(_ invocation: Invocation, _ store: MeshStore) throws -> ExitCode {
    let id = try ObjectSelection.one(invocation)
    let periods = try attempt {
      try store.store.history(of: id, in: store.mesh).map { period in
        let revision = try store.store.revision(period.version.since, of: store.mesh)
        return (number: period.version.since, until: period.until, revision: revision)
      }
    }
    guard !periods.isEmpty else {
      throw CommandFailure(.negative, en: "\(id.label) never was in the mesh", zh: "网格中从未有过 \(id.label)")
    }
    let terminal = invocation.terminal
    if invocation.arguments[Options.output] == "json" {
      var writer = JSONWriter(layout: .indented)
      writer.beginArray()
      for period in periods {
        writer.beginObject()
        writer.key("since")
        writer.integer(period.number.value)
        writer.key("until")
        if let until = period.until { writer.integer(until.value) } else { writer.null() }
        writer.key("revision")
        writer.write(period.revision, approval: nil)
        writer.endObject()
      }
      writer.endArray()
      writer.endLine()
      terminal.output.write(writer.bytes[...])
    } else {
      terminal.output.write(RevisionText(style: terminal.style, language: terminal.language).periods(periods))
    }
    return .success
  }
}

extension ObjectSelection {
  /// The one object that the words name: `vs/reviews` or `vs reviews`.
  static func one(_ invocation: Invocation) throws -> ObjectID {
    let query = try query(invocation)
    let namespace = query.namespace ?? "default"
    var pairs = query.pairs
    if pairs.isEmpty, let kind = query.kinds.first, let name = query.names.first {
      pairs = [ObjectQuery.Pair(kind: kind, name: name)]
    }
    guard pairs.count == 1, let pair = pairs.first else {
      throw CommandFailure(en: "say which object, such as vs/reviews", zh: "请指明一个对象，如 vs/reviews")
    }
    let isNamespaced = pair.kind.facts?.isNamespaced ?? true
    return ObjectID(kind: pair.kind, namespace: isNamespaced ? namespace : "", name: pair.name)
  }
}
