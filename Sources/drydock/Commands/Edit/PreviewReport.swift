import Comparison
import Diagnostics
import MeshModel
import ProxyModel
import Report
import RequestSpace
import Workbench

/// What a change comes to, as every command shows it before it is stored.
struct PreviewReport {
  let preview: ChangePreview

  func show(_ terminal: Terminal) {
    let text = PreviewText(style: terminal.style, language: terminal.language)
    for change in preview.texts { terminal.output.write(text.diff(change.id, change.kind, change.diff)) }
    terminal.output.write(text.findings(introduced: preview.introduced, fixed: preview.fixed))
    terminal.output.write(text.requests(requests))
  }

  /// Members of an object that is open already.
  func write(to writer: inout JSONWriter, _ language: Language) {
    writer.key("objects")
    writer.beginArray()
    for change in preview.texts {
      writer.beginObject()
      writer.key("object")
      writer.string(change.id.label)
      writer.key("change")
      writer.string(change.kind.rawValue)
      writer.key("diff")
      writer.string(change.diff.text(oldName: change.id.label, newName: change.id.label))
      writer.endObject()
    }
    writer.endArray()
    writer.key("introduced")
    writer.write(preview.introduced, language: language)
    writer.key("fixed")
    writer.write(preview.fixed, language: language)
    writer.key("requests")
    writer.write(requests)
  }

  private var requests: [RequestChange] {
    preview.requests.map { change in
      RequestChange(
        request: change.line.brief, source: Self.words(change.source),
        ruleBefore: change.ruleBefore.map(Self.words), ruleAfter: change.ruleAfter.map(Self.words),
        aspects: change.changes.map { RequestChange.Aspect(name: $0.aspect, before: $0.before, after: $0.after) })
    }
  }

  private static func words(_ origin: Origin) -> String {
    let id = origin.object
    return id.namespace.isEmpty ? "\(id.name) \(origin.field)" : "\(id.namespace)/\(id.name) \(origin.field)"
  }

  private static func words(_ source: ChangedRequest.Source) -> LocalizedText {
    switch source {
    case .test(let name): LocalizedText(en: "test '\(name)'", zh: "测试 '\(name)'")
    case .rule(let origin): LocalizedText(en: "for \(words(origin))", zh: "针对 \(words(origin))")
    case .service(let name): LocalizedText(en: "service \(name)", zh: "服务 \(name)")
    }
  }
}
