/// The few forms of YAML that the export's own files need, built line by line.
struct ExportText {
  private(set) var bytes: [UInt8]

  init(_ start: String) {
    bytes = Array(start.utf8)
  }

  mutating func line(_ text: String) {
    bytes += text.utf8
    bytes.append(UInt8(ascii: "\n"))
  }

  /// A key with a text; the key may bring its indentation.
  mutating func field(_ key: String, _ text: String) { line(key + ": " + Self.scalar(text)) }

  mutating func field(_ key: String, number: Int64) { line(key + ": " + String(number)) }

  mutating func list(_ key: String, _ items: [String]) {
    guard !items.isEmpty else { return line(key + ": []") }
    line(key + ":")
    for item in items { line("  - " + Self.scalar(item)) }
  }

  /// Plain where every reader takes it for that text, else in double quotes with JSON's escapes.
  static func scalar(_ text: String) -> String {
    let isPlain = text.utf8.first.map(isLetter) == true && text.utf8.allSatisfy(isPlainByte) && !isWord(text)
    return isPlain ? text : quoted(text)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      || byte == UInt8(ascii: "_")
  }

  private static func isPlainByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "~")
  }

  /// What YAML 1.1 reads as a truth value or nothing.
  private static func isWord(_ text: String) -> Bool {
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(text.lowercased())
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      // YAML forbids control characters and takes NEL, LS and PS for line breaks.
      case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{2028}"..."\u{2029}", "\u{feff}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
