import Comparison
import Diagnostics
import MeshModel
import Report
import Workbench

/// What a change comes to, as every command shows it before it is stored.
struct PreviewReport {
  let preview: ChangePreview

  func show(_ terminal: Terminal) {
    let text = PreviewText(style: terminal.style, language: terminal.language)
    for change in preview.texts { terminal.output.write(text.diff(change.id, change.kind, change.diff)) }
    terminal.output.write(text.findings(introduced: preview.introduced, fixed: preview.fixed))
    if !preview.texts.isEmpty { RequestReport(preview.requests).show(terminal) }
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

  private var requests: [RequestChange] { RequestReport(preview.requests).changes }
}
