package import Diagnostics

extension JSONWriter {
  package mutating func write(_ findings: [Finding], language: Language) {
    beginArray()
    for finding in findings { write(finding, language: language) }
    endArray()
  }

  private mutating func write(_ finding: Finding, language: Language) {
    beginObject()
    member("code", finding.code)
    member("severity", finding.severity.rawValue)
    member("layer", finding.layer.rawValue)
    if let like = finding.like { member("like", like) }
    key("object")
    beginObject()
    member("kind", finding.subject.kind)
    member("namespace", finding.subject.namespace)
    member("name", finding.subject.name)
    endObject()
    member("field", finding.field)
    if let span = finding.span {
      member("file", span.file)
      member("line", span.start.line)
      member("column", span.start.column)
      member("endLine", span.end.line)
      member("endColumn", span.end.column)
    }
    member("message", finding.message[language])
    key("messages")
    beginObject()
    for language in Language.allCases { member(language.rawValue, finding.message[language]) }
    endObject()
    endObject()
  }

  private mutating func member(_ name: String, _ text: String) {
    key(name)
    string(text)
  }

  private mutating func member(_ name: String, _ number: Int) {
    key(name)
    integer(number)
  }
}
