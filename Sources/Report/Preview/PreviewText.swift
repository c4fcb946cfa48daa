package import Comparison
package import Diagnostics
package import MeshModel

/// What a change comes to, for a person: texts, findings, requests.
package struct PreviewText: Sendable {
  private let style: TextStyle
  private let language: Language
  /// Requests are told up to this many; what else there is is counted.
  private static let mostRequests = 20

  package init(style: TextStyle, language: Language) {
    self.style = style
    self.language = language
  }

  private func say(_ en: String, _ zh: String) -> String { LocalizedText(en: en, zh: zh)[language] }

  /// The text of one object before and after, as `diff -u` shows it.
  package func diff(_ id: ObjectID, _ kind: ObjectDifference.Kind, _ diff: UnifiedDiff) -> String {
    let nothing = "/dev/null"
    let old = kind == .added ? nothing : id.label
    let new = kind == .removed ? nothing : id.label
    var text = style.heading("--- \(old)") + "\n" + style.heading("+++ \(new)") + "\n"
    for hunk in diff.hunks {
      text += style.faint(hunk.header) + "\n"
      for line in hunk.lines {
        switch line {
        case .kept: text += line.text + "\n"
        case .removed: text += style.removed(line.text) + "\n"
        case .added: text += style.added(line.text) + "\n"
        }
      }
    }
    return text
  }

  /// Nothing where nothing is introduced or fixed.
  package func findings(introduced: [Finding], fixed: [Finding]) -> String {
    var text = ""
    let printer = DiagnosticText(style: style, language: language)
    func add(_ title: String, _ findings: [Finding]) {
      guard !findings.isEmpty else { return }
      text += style.heading(title) + "\n"
      for finding in findings {
        var problem = Diagnostic(finding)
        // The text is not in any file yet.
        problem.span = nil
        text += "  " + printer.text(problem)
      }
    }
    add(say("introduces:", "新增问题："), introduced)
    add(say("fixes:", "修复问题："), fixed)
    return text
  }

  package func requests(_ changes: [RequestChange]) -> String {
    guard !changes.isEmpty else { return "" }
    let title = say(
      changes.count == 1 ? "1 request changes:" : "\(changes.count) requests change:", "\(changes.count) 个请求发生变化：")
    var text = style.heading(title) + "\n"
    for change in changes.prefix(Self.mostRequests) {
      text += "  " + style.name(change.request) + " " + style.faint("[" + change.source[language] + "]") + "\n"
      if change.ruleBefore != change.ruleAfter {
        text += line(say("rule", "规则"), change.ruleBefore, change.ruleAfter)
      }
      for aspect in change.mainAspects { text += line(aspect.label[language], aspect.before, aspect.after) }
    }
    let rest = changes.count - Self.mostRequests
    if rest > 0 { text += "  " + say("… and \(rest) more", "……以及另外 \(rest) 个") + "\n" }
    return text
  }

  private func line(_ name: String, _ before: String?, _ after: String?) -> String {
    let nothing = say("none", "无")
    let label = style.faint(name + say(": ", "："))
    func words(_ value: String?) -> String { value == nil || value == "none" ? nothing : value ?? nothing }
    // No limit and nothing to limit are told alike.
    if words(before) == words(after) { return "" }
    return "    \(label)\(style.removed(words(before))) → \(style.added(words(after)))\n"
  }
}

extension JSONWriter {
  /// `{"request": …, "source": …, "rule": …, "changes": […]}` of each.
  package mutating func write(_ changes: [RequestChange]) {
    beginArray()
    for change in changes {
      beginObject()
      key("request")
      string(change.request)
      key("source")
      string(change.source.en)
      key("rule")
      write(change.ruleBefore, change.ruleAfter)
      key("changes")
      beginArray()
      for aspect in change.aspects {
        beginObject()
        key("aspect")
        string(aspect.name)
        key("values")
        write(aspect.before, aspect.after)
        endObject()
      }
      endArray()
      endObject()
    }
    endArray()
  }

  private mutating func write(_ before: String?, _ after: String?) {
    beginObject()
    key("before")
    if let before { string(before) } else { null() }
    key("after")
    if let after { string(after) } else { null() }
    endObject()
  }
}
