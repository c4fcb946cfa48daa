package import Diagnostics
package import RoutingTests

/// Results of tests for a person: what failed with all there is to know, and a line of numbers.
package struct TestText {
  private let style: TextStyle
  private let language: Language

  package init(style: TextStyle, language: Language) {
    self.style = style
    self.language = language
  }

  private func say(_ en: String, _ zh: String) -> String { LocalizedText(en: en, zh: zh)[language] }

  /// Empty for a case that passed.
  package func text(_ result: TestResult) -> String {
    let span = result.test.span
    let place = style.place("\(span.file):\(span.start.line):\(span.start.column)")
    var lines: [String] = []
    switch result.verdict {
    case .passed: return ""
    case .broken(let message):
      lines.append(style.bad("✗ ") + style.heading(result.test.name) + "  " + place)
      lines.append("    " + say("could not be asked: ", "无法提问：") + message[language])
    case .failed(let mismatches):
      lines.append(style.bad("✗ ") + style.heading(result.test.name) + "  " + place)
      lines.append("    " + style.faint(request(result.test.request)))
      for mismatch in mismatches {
        let span = mismatch.clause.span
        lines.append("    \(style.name(mismatch.clause.field))  " + style.place("\(span.file):\(span.start.line)"))
        lines.append("      " + say("expected  ", "期望  ") + style.good(mismatch.expected))
        lines.append("      " + say("actual    ", "实际  ") + style.bad(mismatch.actual))
      }
      lines += result.explanation.map { $0.isEmpty ? "" : "      " + $0 }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func request(_ request: TestRequest) -> String {
    var text = "\(request.method) \(request.url)"
    for header in request.headers { text += " -H '\(header.name): \(header.value)'" }
    switch request.client {
    case .sidecar(let name): text += say(" from \(name)", "，来自 \(name)")
    case .gateway(let name): text += say(" at gateway \(name)", "，到达网关 \(name)")
    case .described(let namespace, _): text += say(" from namespace \(namespace)", "，来自命名空间 \(namespace)")
    case .describedGateway(let namespace, _): text += say(" at a gateway of \(namespace)", "，到达 \(namespace) 的网关")
    case .anywhere, nil: break
    }
    return text
  }

  package func summary(_ tally: TestTally) -> String {
    var words = [say("\(tally.passed) passed", "通过 \(tally.passed)")]
    if tally.failed > 0 { words.append(style.bad(say("\(tally.failed) failed", "失败 \(tally.failed)"))) }
    if tally.broken > 0 {
      words.append(style.bad(say("\(tally.broken) could not be asked", "无法提问 \(tally.broken)")))
    }
    let total = say(tally.total == 1 ? "1 test: " : "\(tally.total) tests: ", "共 \(tally.total) 个测试：")
    return total + words.joined(separator: say(", ", "，")) + "\n"
  }
}
