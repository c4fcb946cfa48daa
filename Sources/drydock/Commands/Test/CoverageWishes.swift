import Diagnostics
import Report
import RoutingTests
import Workbench

/// How coverage is wanted, and how much of it.
struct CoverageWishes {
  private let terminal: Terminal
  private var forms: [(form: Form, file: String?)] = []
  private var least: Double?
  private let isDocument: Bool

  private enum Form: String, CaseIterable {
    case text, json, lcov, html
  }

  init(_ invocation: Invocation) throws {
    terminal = invocation.terminal
    isDocument = invocation.arguments[Options.output] == "json"
    for text in invocation.arguments.all(TestCommand.coverage) {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard let name = parts.first, let form = Form(rawValue: name) else {
        throw CommandFailure(
          en: "'\(text)' is no form of coverage: expected text, json, lcov or html, perhaps with =FILE",
          zh: "'\(text)' 不是覆盖率格式：应为 text、json、lcov 或 html，可加 =FILE")
      }
      forms.append((form, parts.count > 1 ? parts[1] : nil))
    }
    if let text = invocation.arguments[TestCommand.failUnder] {
      guard let value = Double(text), (0...100).contains(value) else {
        throw CommandFailure(
          en: "'\(text)' is no percentage: expected 0 to 100", zh: "'\(text)' 不是有效的百分比：应为 0 到 100")
      }
      least = value
    }
  }

  var isWanted: Bool { !forms.isEmpty || least != nil }

  /// With `-o json` the coverage that has no file of its own stands in the document.
  var isInDocument: Bool { isDocument }

  /// Whether standard output carries a document of coverage, beside which the results would spoil it.
  var isAlone: Bool { !isDocument && forms.contains { $0.file == nil && $0.form != .text } }

  /// Whether enough is covered.
  func show(_ coverage: Coverage) throws -> Bool {
    let style = terminal.style
    for (form, file) in forms {
      let text: String
      switch form {
      case .text:
        let own = file == nil ? style : .plain
        text = CoverageText(style: own, language: terminal.language).text(coverage)
      case .json:
        var writer = JSONWriter(layout: .indented)
        writer.value(coverage.json)
        writer.endLine()
        text = String(decoding: writer.bytes, as: UTF8.self)
      case .lcov: text = CoverageLCOV.text(coverage)
      case .html: text = CoverageHTML(language: terminal.language).page(coverage)
      }
      if let file {
        try OutputFile.write(text, to: file)
      } else if !isDocument {
        terminal.output.write(text)
      }
    }
    guard let least, coverage.share().percent < least else { return true }
    terminal.output.flush()
    let reached = CoverageText.percent(coverage.share().percent)
    terminal.remark(
      LocalizedText(
        en: "coverage is \(reached) %, less than \(CoverageText.percent(least)) %",
        zh: "覆盖率为 \(reached) %，低于 \(CoverageText.percent(least)) %"))
    return false
  }
}
