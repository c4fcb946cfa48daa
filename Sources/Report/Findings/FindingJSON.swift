package import Diagnostics

/// Findings in the machine form.
package struct FindingJSON {
  private var writer: JSONWriter
  private let language: Language

  package init(language: Language, layout: JSONWriter.Layout = .compact) {
    writer = JSONWriter(layout: layout)
    self.language = language
  }

  /// What was written since the last call.
  package mutating func takeBytes() -> [UInt8] {
    defer { writer.removeAll() }
    return writer.bytes
  }

  /// One line of a stream.
  package mutating func writeLine(_ findings: [Finding], id: [UInt8]) {
    writer.beginObject()
    writer.key("id")
    writer.raw(id)
    writer.key("findings")
    write(findings)
    writer.endObject()
    writer.endLine()
  }

  package mutating func writeFailure(code: String, message: LocalizedText, id: [UInt8]) {
    writer.beginObject()
    writer.key("id")
    writer.raw(id)
    writer.key("error")
    writer.beginObject()
    writer.key("code")
    writer.string(code)
    writer.key("message")
    writer.string(message[language])
    writer.endObject()
    writer.endObject()
    writer.endLine()
  }

  /// The whole document of one check.
  package mutating func writeDocument(_ findings: [Finding], objects: Int, files: Int) {
    writer.beginObject()
    writer.key("findings")
    write(findings)
    writer.key("summary")
    writer.beginObject()
    for severity in Severity.allCases {
      writer.key(severity.rawValue)
      writer.integer(findings.count { $0.severity == severity })
    }
    writer.key("layers")
    writer.beginObject()
    for layer in Finding.Layer.allCases {
      writer.key(layer.rawValue)
      writer.integer(findings.count { $0.layer == layer })
    }
    writer.endObject()
    writer.key("objects")
    writer.integer(objects)
    writer.key("files")
    writer.integer(files)
    writer.endObject()
    writer.endObject()
    writer.endLine()
  }

  private mutating func write(_ findings: [Finding]) {
    writer.beginArray()
    for finding in findings { write(finding) }
    writer.endArray()
  }

  private mutating func write(_ finding: Finding) {
    writer.beginObject()
    member("code", finding.code)
    member("severity", finding.severity.rawValue)
    member("layer", finding.layer.rawValue)
    if let like = finding.like { member("like", like) }
    writer.key("object")
    writer.beginObject()
    member("kind", finding.subject.kind)
    member("namespace", finding.subject.namespace)
    member("name", finding.subject.name)
    writer.endObject()
    member("field", finding.field)
    if let span = finding.span {
      member("file", span.file)
      member("line", span.start.line)
      member("column", span.start.column)
      member("endLine", span.end.line)
      member("endColumn", span.end.column)
    }
    member("message", finding.message[language])
    writer.key("messages")
    writer.beginObject()
    for language in Language.allCases { member(language.rawValue, finding.message[language]) }
    writer.endObject()
    writer.endObject()
  }

  private mutating func member(_ name: String, _ text: String) {
    writer.key(name)
    writer.string(text)
  }

  private mutating func member(_ name: String, _ number: Int) {
    writer.key(name)
    writer.integer(number)
  }
}
