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
    writer.write(findings, language: language)
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
    writer.write(findings, language: language)
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
}
