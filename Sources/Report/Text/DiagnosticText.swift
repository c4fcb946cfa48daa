package import Diagnostics

/// Problems as compilers print them: place, severity, sentence, code.
package struct DiagnosticText: Sendable {
  private let style: TextStyle
  private let language: Language

  package init(style: TextStyle, language: Language) {
    self.style = style
    self.language = language
  }

  /// One line, with its line feed.
  package func text(_ problem: Diagnostic) -> String {
    var line = ""
    if let span = problem.span {
      line += style.heading("\(span.file):\(span.start.line):\(span.start.column):") + " "
    }
    line += label(problem.severity) + " " + problem.message[language]
    var context: [String] = []
    if let object = problem.object { context.append(object) }
    if let field = problem.field { context.append(field) }
    context.append(problem.code)
    return line + " " + style.faint("[\(context.joined(separator: ", "))]") + "\n"
  }

  private func label(_ severity: Severity) -> String {
    switch severity {
    case .error: style.error(LocalizedText(en: "error:", zh: "错误：")[language])
    case .warning: style.warning(LocalizedText(en: "warning:", zh: "警告：")[language])
    case .info: style.faint(LocalizedText(en: "note:", zh: "提示：")[language])
    }
  }
}
