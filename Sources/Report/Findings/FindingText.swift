package import Diagnostics

/// Findings as compilers print them: a line, then the text they are about with a mark below.
package struct FindingText: Sendable {
  private let style: TextStyle
  private let language: Language
  private let plain: DiagnosticText
  private let files: [String: LineTable]

  package init(files: [(name: String, bytes: [UInt8])], style: TextStyle, language: Language) {
    self.style = style
    self.language = language
    plain = DiagnosticText(style: style, language: language)
    self.files = Dictionary(files.map { ($0.name, LineTable($0.bytes)) }) { first, _ in first }
  }

  package func text(_ finding: Finding) -> String {
    plain.text(Diagnostic(finding)) + (finding.span.flatMap(excerpt) ?? "")
  }

  private func excerpt(_ span: SourceSpan) -> String? {
    guard let bytes = files[span.file]?.line(span.start.line) else { return nil }
    let from = min(max(0, span.start.column - 1), bytes.count)
    let to = span.end.line == span.start.line ? min(max(from + 1, span.end.column - 1), bytes.count) : bytes.count
    // A long line is shown from a little before the mark.
    var first = from > 120 ? from - 60 : 0
    while first > 0, first < from, bytes[first] & 0xC0 == 0x80 { first += 1 }
    let lead = first > 0 ? "…" : ""
    let before = lead + String(decoding: bytes[first..<from], as: UTF8.self)
    let marked = String(decoding: bytes[from..<max(from, to)].prefix(400), as: UTF8.self)
    let number = String(span.start.line)
    let margin = String(repeating: " ", count: max(0, 5 - number.utf8.count)) + number
    // A tab stays a tab, so that the mark stands below its text however wide tabs are.
    let indent = String(before.map { $0 == "\t" ? "\t" : " " }.joined())
    let wide = TextWidth.columns(of: before) - before.count
    let width = max(1, min(TextWidth.columns(of: marked), 80))
    let mark = "^" + String(repeating: "~", count: width - 1)
    let text = lead + String(decoding: bytes[first...].prefix(160), as: UTF8.self)
    let gap = indent + String(repeating: " ", count: max(0, wide))
    return style.faint(margin + " | ") + text + "\n" + style.faint("      | ") + gap + style.error(mark) + "\n"
  }

  /// The line below all findings.
  package func summary(_ findings: [Finding], objects: Int) -> String {
    func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }
    let (errors, warnings, infos) = (count(.error), count(.warning), count(.info))
    func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    let counts = [counted(errors, "error"), counted(warnings, "warning"), counted(infos, "note")]
    let text = LocalizedText(
      en: "\(counted(objects, "object")): \(counts.joined(separator: ", "))",
      zh: "\(objects) 个对象：\(errors) 个错误，\(warnings) 个警告，\(infos) 个提示")
    return text[language] + "\n"
  }
}

extension Diagnostic {
  package init(_ finding: Finding) {
    let subject = finding.subject
    let name = subject.namespace.isEmpty ? subject.name : "\(subject.namespace)/\(subject.name)"
    self.init(
      code: finding.code, severity: finding.severity, span: finding.span,
      object: subject.kind.isEmpty ? nil : "\(subject.kind) \(name)",
      field: finding.field.isEmpty ? nil : finding.field, message: finding.message)
  }
}
