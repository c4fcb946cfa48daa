package import Diagnostics
package import RoutingTests

/// Results of tests for build servers.
package enum TestMarks {
  /// JUnit: a suite for each file.
  package static func junit(_ results: [TestResult], language: Language) -> String {
    var files: [String] = []
    for result in results where !files.contains(result.test.span.file) { files.append(result.test.span.file) }
    let tally = TestTally(results)
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"drydock\" \(counts(tally))>\n"
    for file in files {
      let own = results.filter { $0.test.span.file == file }
      text += "  <testsuite name=\"\(FindingMarks.xml(file))\" \(counts(TestTally(own)))>\n"
      for result in own { text += testCase(result, language) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func counts(_ tally: TestTally) -> String {
    "tests=\"\(tally.total)\" failures=\"\(tally.failed)\" errors=\"\(tally.broken)\""
  }

  private static func testCase(_ result: TestResult, _ language: Language) -> String {
    let span = result.test.span
    let head =
      "    <testcase classname=\"\(FindingMarks.xml(span.file))\" name=\"\(FindingMarks.xml(result.test.name))\" "
      + "file=\"\(FindingMarks.xml(span.file))\" line=\"\(span.start.line)\""
    switch result.verdict {
    case .passed: return head + "/>\n"
    case .broken(let message):
      return head + ">\n      <error message=\"\(FindingMarks.xml(message[language]))\"/>\n    </testcase>\n"
    case .failed(let mismatches):
      let lines = mismatches.map { line($0) } + result.explanation
      let message = FindingMarks.xml(mismatches.first.map { line($0) } ?? "")
      let body = FindingMarks.xml(lines.joined(separator: "\n"))
      return head + ">\n      <failure message=\"\(message)\">\(body)</failure>\n    </testcase>\n"
    }
  }

  /// `subset: expected subset v2, actual reviews.shop:9080 v1`.
  private static func line(_ mismatch: Mismatch) -> String {
    let span = mismatch.clause.span
    return "\(span.file):\(span.start.line): \(mismatch.clause.field): expected \(mismatch.expected), "
      + "actual \(mismatch.actual)"
  }

  /// GitHub: one workflow command for each expectation that failed.
  package static func github(_ results: [TestResult], language: Language) -> String {
    var text = ""
    for result in results {
      switch result.verdict {
      case .passed: continue
      case .broken(let message): text += mark(result.test.span, result.test.name, message[language])
      case .failed(let mismatches):
        for mismatch in mismatches {
          let words = LocalizedText(
            en: "\(mismatch.clause.field): expected \(mismatch.expected), actual \(mismatch.actual)",
            zh: "\(mismatch.clause.field)：期望 \(mismatch.expected)，实际 \(mismatch.actual)")
          text += mark(mismatch.clause.span, result.test.name, words[language])
        }
      }
    }
    return text
  }

  private static func mark(_ span: SourceSpan, _ title: String, _ message: String) -> String {
    let place = "file=\(FindingMarks.property(span.file)),line=\(span.start.line),col=\(span.start.column)"
    return "::error \(place),title=\(FindingMarks.property(title))::\(FindingMarks.escaped(message))\n"
  }
}
