/// The differences between the RE2 of this machine and that of Envoy and of Go.
enum PatternSyntax {
  /// `(?<name>…)` spelt as `(?P<name>…)`, which an RE2 older than 2023 knows as well.
  static func spellingGroups(_ text: String) -> String {
    var bytes: [UInt8] = []
    var isChanged = false
    var parenthesis = -1
    walk(text) { place, pattern in
      bytes.append(pattern[place])
      if pattern[place] == UInt8(ascii: "(") { parenthesis = place }
      guard pattern[place] == UInt8(ascii: "?"), parenthesis >= 0, parenthesis == place - 1,
        place + 2 < pattern.count, pattern[place + 1] == UInt8(ascii: "<"), isWord(pattern[place + 2])
      else { return }
      bytes.append(UInt8(ascii: "P"))
      isChanged = true
    } literal: { place, pattern in
      bytes.append(pattern[place])
    }
    return isChanged ? String(decoding: bytes, as: UTF8.self) : text
  }

  /// Whether the pattern holds `\C`, a byte, which Go does not have.
  static func holdsByteEscape(_ text: String) -> Bool {
    var holds = false
    walk(text) { _, _ in
    } literal: { place, pattern in
      if pattern[place] == UInt8(ascii: "C"), place > 0, pattern[place - 1] == UInt8(ascii: "\\") { holds = true }
    }
    return holds
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }

  /// Visits every byte: those that may be syntax, and those that an escape, `\Q…\E` or brackets make literal.
  private static func walk(
    _ text: String, syntax: (Int, [UInt8]) -> Void, literal: (Int, [UInt8]) -> Void
  ) {
    let pattern = Array(text.utf8)
    var index = 0
    var bracket: Int?
    while index < pattern.count {
      let byte = pattern[index]
      if byte == UInt8(ascii: "\\"), index + 1 < pattern.count {
        syntax(index, pattern)
        literal(index + 1, pattern)
        let isQuote = pattern[index + 1] == UInt8(ascii: "Q") && bracket == nil
        index += 2
        while isQuote, index < pattern.count, !pattern[index...].starts(with: "\\E".utf8) {
          literal(index, pattern)
          index += 1
        }
        continue
      }
      if let start = bracket {
        literal(index, pattern)
        // A bracket right behind the opening one, or behind its `^`, is a member.
        let isFirst = index == start + 1 || (index == start + 2 && pattern[start + 1] == UInt8(ascii: "^"))
        if byte == UInt8(ascii: "]"), !isFirst { bracket = nil }
      } else {
        syntax(index, pattern)
        if byte == UInt8(ascii: "[") { bracket = index }
      }
      index += 1
    }
  }
}
