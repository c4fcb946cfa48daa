import Analysis
package import Diagnostics
package import Validation

/// The rules in words: for one code, and as the whole reference.
package struct RuleReference {
  private let language: Language

  package init(language: Language) { self.language = language }

  /// One rule as Markdown.
  package func entry(_ rule: Rule) -> String {
    var text = "## \(rule.code)\n\n\(sentence(rule))\n\n"
    let like = rule.like.map { ", \($0)" } ?? ""
    text += "*\(rule.layer.rawValue), \(rule.severity.rawValue)\(like)*\n\n"
    if let group = RuleBook.group(of: rule) { text += "\(group.why[language])\n\n" }
    for (title, example) in [(Self.bad, RuleExamples.bad(rule.code)), (Self.good, RuleExamples.good(rule.code))] {
      if let example { text += "\(title[language])\n\n```yaml\n\(example)```\n\n" }
    }
    return text
  }

  /// What the rule says, with `…` where a case has its own words.
  package func sentence(_ rule: Rule) -> String {
    rule.message[language].replacing(/\{[0-9]\}/, with: "…")
  }

  private static let bad = LocalizedText(en: "Bad:", zh: "错误示例：")
  private static let good = LocalizedText(en: "Good:", zh: "正确示例：")

  /// All rules, group by group, without examples.
  package func document() -> String {
    let title = LocalizedText(en: "# Rules", zh: "# 规则")
    var text = "\(title[language])\n"
    for group in RuleBook.groups {
      text += "\n## \(group.title[language])\n\n\(group.why[language])\n\n"
      let head = LocalizedText(en: "| code | severity | like | message |", zh: "| 代码 | 级别 | 对应 | 说明 |")
      text += "\(head[language])\n|---|---|---|---|\n"
      for rule in group.rules {
        let message = rule.message[language].split(separator: "|", omittingEmptySubsequences: false)
          .joined(separator: "\\|")
        text += "| \(rule.code) | \(rule.severity.rawValue) | \(rule.like ?? "") | \(message) |\n"
      }
    }
    return text
  }
}
