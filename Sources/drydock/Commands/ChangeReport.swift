import Diagnostics
import History
import MeshModel
import Report

/// What a command that changes a mesh says in the end.
struct ChangeReport {
  private let terminal: Terminal
  private let format: String

  init(_ invocation: Invocation) {
    terminal = invocation.terminal
    format = invocation.arguments[Options.output] ?? "text"
  }

  func show(
    _ changes: [ObjectChange], revision: Revision?, head: RevisionNumber?, unchanged: Int?, isDryRun: Bool = false
  ) {
    switch format {
    case "json": showJSON(changes, revision, head)
    case "name": for change in changes { terminal.printLine(change.id.reference) }
    default: showText(changes, revision, head, unchanged, isDryRun)
    }
  }

  private func showJSON(_ changes: [ObjectChange], _ revision: Revision?, _ head: RevisionNumber?) {
    var writer = JSONWriter(layout: .indented)
    writer.beginObject()
    writer.writeMembers(revision: revision?.number, head: head)
    writer.key("changes")
    writer.write(changes)
    writer.endObject()
    writer.endLine()
    terminal.output.write(writer.bytes[...])
  }

  private func showText(
    _ changes: [ObjectChange], _ revision: Revision?, _ head: RevisionNumber?, _ unchanged: Int?, _ isDryRun: Bool
  ) {
    let style = terminal.style
    let language = terminal.language
    let text = RevisionText(style: style, language: language)
    // A first import of a whole mesh is told in numbers.
    let limit = 30
    terminal.output.write(text.changes(Array(changes.prefix(limit))))
    if changes.count > limit {
      let rest = changes.count - limit
      terminal.printLine("  " + LocalizedText(en: "… and \(rest) more", zh: "……以及另外 \(rest) 项")[language])
    }
    let kept = unchanged.map { $0 == 0 ? "" : LocalizedText(en: ", \($0) unchanged", zh: ",\($0) 项未变")[language] } ?? ""
    if let revision {
      let line = LocalizedText(en: "revision \(revision.number)", zh: "修订 \(revision.number)")[language]
      terminal.printLine("\(style.heading(line)): \(text.counts(revision.counts))\(kept)")
    } else if isDryRun {
      let counts = Revision.Counts(changes)
      let line = LocalizedText(en: "dry run, nothing was written", zh: "试运行，未写入任何内容")[language]
      terminal.printLine("\(style.heading(line)): \(text.counts(counts))\(kept)")
    } else {
      let at = head.map { LocalizedText(en: "; still at revision \($0)", zh: "；仍为修订 \($0)")[language] } ?? ""
      terminal.printLine(LocalizedText(en: "nothing to change", zh: "没有变更")[language] + at)
    }
  }
}

extension Revision.Counts {
  init(_ changes: [ObjectChange]) {
    self.init()
    for change in changes {
      switch change.change {
      case .added: added += 1
      case .changed: changed += 1
      case .removed: removed += 1
      }
    }
  }
}

extension ObjectID {
  /// `virtualservice.networking.istio.io/reviews`, as kubectl prints names.
  var reference: String {
    let kind = kind.kind.lowercased() + (self.kind.group.isEmpty ? "" : "." + self.kind.group)
    return "\(kind)/\(name)"
  }
}
