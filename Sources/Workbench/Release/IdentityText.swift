package import Diagnostics
package import MeshModel

/// Who shall get the new version, as a person writes it: `header:end-user=jason`, `cookie:beta=1`, `source:app=web`;
/// several conditions with commas between them must all hold.
package enum IdentityText {
  package struct Problem: Error, Hashable, Sendable {
    package var word: String

    package var message: LocalizedText {
      LocalizedText(
        en: "'\(word)' is no condition; expected header:NAME=VALUE, cookie:NAME=VALUE or source:LABEL=VALUE",
        zh: "'\(word)' 不是条件；应为 header:NAME=VALUE、cookie:NAME=VALUE 或 source:LABEL=VALUE")
    }
  }

  /// An entry of a rule's `match`.
  package static func entry(_ text: String) throws(Problem) -> Value {
    var headers: [Value.Member] = []
    var labels: [Value.Member] = []
    for word in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      let word = String(decoding: Array(word), as: UTF8.self)
      let (kind, rest) = kind(of: word)
      guard let condition = Condition(rest), !(kind == .source && condition.manner != .exact) else {
        throw Problem(word: word)
      }
      switch kind {
      case .header:
        let name = condition.name.lowercased()
        headers.append(.init(key: name, value: one(condition.manner.rawValue, condition.value)))
      case .cookie:
        guard condition.manner == .exact else { throw Problem(word: word) }
        let pattern = "(.*;\\s*)?\(quoted(condition.name))=\(quoted(condition.value))(\\s*;.*)?"
        headers.append(.init(key: "cookie", value: one("regex", pattern)))
      case .source: labels.append(.init(key: condition.name, value: .string(condition.value)))
      }
    }
    guard Set(headers.map(\.key)).count == headers.count, Set(labels.map(\.key)).count == labels.count else {
      throw Problem(word: text)
    }
    var members: [Value.Member] = []
    if !headers.isEmpty { members.append(.init(key: "headers", value: .object(headers))) }
    if !labels.isEmpty { members.append(.init(key: "sourceLabels", value: .object(labels))) }
    return .object(members)
  }

  private enum Kind: String, CaseIterable {
    case header, cookie, source
  }

  /// A condition that does not say of what it is one is of a header.
  private static func kind(of word: String) -> (Kind, String) {
    for kind in Kind.allCases where word.utf8.starts(with: "\(kind.rawValue):".utf8) {
      return (kind, String(word.dropFirst(kind.rawValue.count + 1)))
    }
    return (.header, word)
  }

  private static func one(_ key: String, _ text: String) -> Value {
    .object([.init(key: key, value: .string(text))])
  }

  private struct Condition {
    var name: String
    var manner: Manner
    var value: String

    enum Manner: String {
      case exact, prefix, regex
    }

    /// `NAME=VALUE`, `NAME^=PREFIX`, `NAME~=REGEX`.
    init?(_ text: String) {
      guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
      var name = text[..<equals]
      value = String(text[text.utf8.index(after: equals)...])
      manner = .exact
      if name.utf8.last == UInt8(ascii: "^") {
        manner = .prefix
        name = name.dropLast()
      } else if name.utf8.last == UInt8(ascii: "~") {
        manner = .regex
        name = name.dropLast()
      }
      self.name = String(name)
      if self.name.isEmpty { return nil }
    }
  }

  /// A text that stands for itself in a regular expression.
  private static func quoted(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      if "\\.+*?()|[]{}^$".utf8.contains(byte) { result.append(UInt8(ascii: "\\")) }
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }
}
