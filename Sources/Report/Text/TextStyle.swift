/// How text for a person is marked up: with colours on a terminal, and not at all elsewhere.
package enum TextStyle: Hashable, Sendable {
  case plain, colored

  package func error(_ text: String) -> String { marked(text, "1;31") }
  package func warning(_ text: String) -> String { marked(text, "1;33") }
  package func good(_ text: String) -> String { marked(text, "32") }
  package func bad(_ text: String) -> String { marked(text, "31") }
  package func heading(_ text: String) -> String { marked(text, "1") }
  package func name(_ text: String) -> String { marked(text, "36") }
  package func value(_ text: String) -> String { marked(text, "33") }
  package func place(_ text: String) -> String { marked(text, "35") }
  package func faint(_ text: String) -> String { marked(text, "2") }
  package func added(_ text: String) -> String { marked(text, "32") }
  package func removed(_ text: String) -> String { marked(text, "31") }

  private func marked(_ text: String, _ code: String) -> String {
    switch self {
    case .plain: text
    case .colored: text.isEmpty ? text : "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
  }
}
