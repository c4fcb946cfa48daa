package import Diagnostics
package import MeshModel
package import RoutingTests

/// Results of tests for a machine, one document.
package struct TestJSON {
  private let language: Language

  package init(language: Language) {
    self.language = language
  }

  package func document(_ results: [TestResult], coverage: Value? = nil) -> [UInt8] {
    var writer = JSONWriter(layout: .indented)
    writer.beginObject()
    writer.key("tests")
    writer.beginArray()
    for result in results { write(result, &writer) }
    writer.endArray()
    let tally = TestTally(results)
    writer.key("passed")
    writer.integer(tally.passed)
    writer.key("failed")
    writer.integer(tally.failed)
    writer.key("broken")
    writer.integer(tally.broken)
    if let coverage {
      writer.key("coverage")
      writer.value(coverage)
    }
    writer.endObject()
    writer.endLine()
    return writer.bytes
  }

  private func write(_ result: TestResult, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("name")
    writer.string(result.test.name)
    writer.key("file")
    writer.string(result.test.span.file)
    writer.key("line")
    writer.integer(result.test.span.start.line)
    writer.key("column")
    writer.integer(result.test.span.start.column)
    writer.key("result")
    switch result.verdict {
    case .passed: writer.string("passed")
    case .broken(let message):
      writer.string("broken")
      writer.key("message")
      writer.string(message[language])
    case .failed(let mismatches):
      writer.string("failed")
      writer.key("failures")
      writer.beginArray()
      for mismatch in mismatches {
        writer.beginObject()
        writer.key("field")
        writer.string(mismatch.clause.field)
        writer.key("file")
        writer.string(mismatch.clause.span.file)
        writer.key("line")
        writer.integer(mismatch.clause.span.start.line)
        writer.key("expected")
        writer.string(mismatch.expected)
        writer.key("actual")
        writer.string(mismatch.actual)
        writer.endObject()
      }
      writer.endArray()
      writer.key("trace")
      writer.strings(result.explanation)
    }
    if let rule = result.observed?.rule {
      writer.key("rule")
      writer.beginObject()
      writer.write(rule.object)
      writer.key("field")
      writer.string(rule.field)
      writer.endObject()
    }
    writer.endObject()
  }
}
