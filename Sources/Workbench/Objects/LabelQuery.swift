/// A label selector as kubectl reads it: every part must hold.
package struct LabelQuery: Hashable, Sendable {
  private var parts: [Part] = []

  private enum Part: Hashable, Sendable {
    case isIn(String, [String])
    case isNotIn(String, [String])
    case exists(String)
    case isAbsent(String)
  }

  package init() {}

  /// Reads `a=b`, `a==b`, `a!=b`, `a`, `!a`, `a in (x,y)`, `a notin (x)`, separated by commas; nil for anything else.
  package init?(_ text: String) {
    for part in Self.split(text) {
      guard let read = Self.part(part) else { return nil }
      parts.append(read)
    }
    guard !parts.isEmpty else { return nil }
  }

  package func matches(_ labels: [String: String]) -> Bool {
    parts.allSatisfy { part in
      switch part {
      case .isIn(let key, let values): labels[key].map { values.contains($0) } ?? false
      case .isNotIn(let key, let values): labels[key].map { !values.contains($0) } ?? true
      case .exists(let key): labels[key] != nil
      case .isAbsent(let key): labels[key] == nil
      }
    }
  }

  /// At the commas outside parentheses.
  private static func split(_ text: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in text {
      switch character {
      case "(": depth += 1
      case ")": depth -= 1
      case "," where depth == 0:
        parts.append("")
        continue
      default: break
      }
      parts[parts.count - 1].append(character)
    }
    return parts.map(trimmed)
  }

  private static func part(_ text: String) -> Part? {
    if let open = text.firstIndex(of: "("), text.last == ")" {
      let words = text[..<open].split(separator: " ")
      let values = text[text.index(after: open)...].dropLast().split(separator: ",").map { trimmed(String($0)) }
      guard words.count == 2, isKey(String(words[0])) else { return nil }
      switch words[1] {
      case "in": return .isIn(String(words[0]), values)
      case "notin": return .isNotIn(String(words[0]), values)
      default: return nil
      }
    }
    if text.first == "!" {
      let key = trimmed(String(text.dropFirst()))
      return isKey(key) ? .isAbsent(key) : nil
    }
    guard let equals = text.firstIndex(of: "=") else { return isKey(text) ? .exists(text) : nil }
    var key = text[..<equals]
    var value = text[text.index(after: equals)...]
    if value.first == "=" { value.removeFirst() }
    let isNegated = key.last == "!"
    if isNegated { key.removeLast() }
    let name = trimmed(String(key))
    guard isKey(name) else { return nil }
    let wanted = [trimmed(String(value))]
    return isNegated ? .isNotIn(name, wanted) : .isIn(name, wanted)
  }

  private static func isKey(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"):
          true
        default: false
        }
      }
  }

  private static func trimmed(_ text: String) -> String {
    var rest = text[...]
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
