import Analysis
import Diagnostics
import Report
import Validation
import Workbench

/// `drydock explain CODE`: what a rule says, why, and how it looks.
enum ExplainCommand {
  static let spec = CommandSpec(
    name: "explain", group: .questions,
    summary: LocalizedText(en: "explain a code of a finding", zh: "解释问题代码"),
    forms: ["CODE", ""],
    details: LocalizedText(
      en: "A code is one of Drydock's (DD1064), Istio's (IST0101) or Kiali's (KIA0203). Without one, all are listed.",
      zh: "代码可以是 Drydock 的（DD1064）、Istio 的（IST0101）或 Kiali 的（KIA0203）。不给出代码时列出全部。"),
    examples: [.init("drydock explain DD1064", en: "why a weight was refused", zh: "权重为何被拒绝")], operands: 0...1,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let terminal = invocation.terminal
    let language = terminal.language
    guard let code = invocation.arguments.operands.first?.uppercased() else {
      let reference = RuleReference(language: language)
      for rule in RuleBook.all {
        terminal.printLine("\(rule.code)  \(rule.severity.rawValue)  \(reference.sentence(rule))")
      }
      return .success
    }
    let rules = RuleBook.rule(code).map { [$0] } ?? RuleBook.rules(like: code)
    guard !rules.isEmpty else {
      throw CommandFailure(.negative, en: "no rule has code '\(code)'", zh: "没有代码为 '\(code)' 的规则")
    }
    terminal.output.write(rules.map { RuleReference(language: language).entry($0) }.joined(separator: "\n"))
    return .success
  }
}
