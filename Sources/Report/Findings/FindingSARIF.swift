package import Diagnostics

/// Findings as SARIF 2.1.0, which code hosts show next to the lines.
package struct FindingSARIF {
  /// What is told of a rule.
  package struct RuleEntry: Sendable {
    package var code: String
    package var severity: Severity
    package var text: String

    package init(code: String, severity: Severity, text: String) {
      self.code = code
      self.severity = severity
      self.text = text
    }
  }

  private var writer = JSONWriter(layout: .indented)
  private let language: Language
  private let version: String
  private var lines: [String: LineTable] = [:]

  package init(version: String, language: Language) {
    self.version = version
    self.language = language
  }

  /// Columns are counted in characters of the files' lines; of a file that is not given they stay bytes.
  package mutating func document(
    _ findings: [Finding], rules: [RuleEntry], files: [(name: String, bytes: [UInt8])] = []
  ) -> [UInt8] {
    writer.removeAll()
    let named = Set(findings.compactMap(\.span?.file))
    for file in files where named.contains(file.name) && lines[file.name] == nil {
      lines[file.name] = LineTable(file.bytes)
    }
    writer.beginObject()
    member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    member("version", "2.1.0")
    writer.key("runs")
    writer.beginArray()
    writer.beginObject()
    let used = Set(findings.map(\.code))
    let known = rules.filter { used.contains($0.code) }
    writeTool(known)
    writer.key("results")
    writer.beginArray()
    let places = Dictionary(known.enumerated().map { ($1.code, $0) }) { first, _ in first }
    for finding in findings { write(finding, place: places[finding.code]) }
    writer.endArray()
    member("columnKind", "unicodeCodePoints")
    writer.endObject()
    writer.endArray()
    writer.endObject()
    writer.endLine()
    return writer.bytes
  }

  private mutating func writeTool(_ rules: [RuleEntry]) {
    writer.key("tool")
    writer.beginObject()
    writer.key("driver")
    writer.beginObject()
    member("name", "drydock")
    member("version", version)
    writer.key("rules")
    writer.beginArray()
    for rule in rules {
      writer.beginObject()
      member("id", rule.code)
      writer.key("shortDescription")
      text(rule.text)
      writer.key("defaultConfiguration")
      writer.beginObject()
      member("level", Self.level(rule.severity))
      writer.endObject()
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    writer.endObject()
  }

  private mutating func write(_ finding: Finding, place: Int?) {
    writer.beginObject()
    member("ruleId", finding.code)
    if let place {
      writer.key("ruleIndex")
      writer.integer(place)
    }
    member("level", Self.level(finding.severity))
    writer.key("message")
    text(finding.message[language])
    writer.key("locations")
    writer.beginArray()
    writer.beginObject()
    if let span = finding.span { write(span) }
    writer.key("logicalLocations")
    writer.beginArray()
    writer.beginObject()
    let subject = finding.subject
    member("fullyQualifiedName", "\(subject.kind)/\(subject.namespace)/\(subject.name)#\(finding.field)")
    member("kind", "object")
    writer.endObject()
    writer.endArray()
    writer.endObject()
    writer.endArray()
    writer.endObject()
  }

  private mutating func write(_ span: SourceSpan) {
    writer.key("physicalLocation")
    writer.beginObject()
    writer.key("artifactLocation")
    writer.beginObject()
    member("uri", Self.address(span.file))
    writer.endObject()
    writer.key("region")
    writer.beginObject()
    let end = max(span.start, span.end)
    for (name, value) in [
      ("startLine", span.start.line), ("startColumn", column(span.start, span.file)), ("endLine", end.line),
      ("endColumn", column(end, span.file)),
    ] {
      writer.key(name)
      writer.integer(max(1, value))
    }
    writer.endObject()
    writer.endObject()
  }

  private func column(_ place: SourcePosition, _ file: String) -> Int {
    lines[file]?.characterColumn(place) ?? place.column
  }

  private mutating func text(_ value: String) {
    writer.beginObject()
    member("text", value)
    writer.endObject()
  }

  private mutating func member(_ name: String, _ value: String) {
    writer.key(name)
    writer.string(value)
  }

  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }

  /// A file's name as a relative address.
  private static func address(_ file: String) -> String {
    let plain = "-._~/!$&'()*+,;=@".utf8
    var text = ""
    for byte in file.utf8 {
      let isWord = (byte >= 48 && byte <= 57) || (byte | 32 >= 97 && byte | 32 <= 122)
      if isWord || plain.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let hex = String(byte, radix: 16, uppercase: true)
        text += "%" + (hex.utf8.count == 1 ? "0" : "") + hex
      }
    }
    return text
  }
}
