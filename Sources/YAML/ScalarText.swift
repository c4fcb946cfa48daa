/// Writes strings: bare where every reader of YAML 1.1 or 1.2 takes them for that string, else quoted or as a block.
enum ScalarText {
  /// Appends a string; true when it became a text block, which ends its own last line.
  static func append(_ text: UnsafeBufferPointer<UInt8>, indent: Int, to bytes: inout [UInt8]) -> Bool {
    if text.contains(UInt8(ascii: "\n")), canBeBlock(text) {
      appendBlock(text, indent: indent, to: &bytes)
      return true
    }
    appendOneLine(text, to: &bytes)
    return false
  }

  static func appendOneLine(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    if canBePlain(text) {
      bytes.append(contentsOf: text)
    } else {
      appendQuoted(text, to: &bytes)
    }
  }

  // MARK: Plain

  private static func canBePlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    guard canBegin(first, text), last != UInt8(ascii: " "), last != UInt8(ascii: ":") else { return false }
    var previous = first
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        guard byte >= 0x20, byte < 0x7F else { return false }
        if byte == UInt8(ascii: "#"), previous == UInt8(ascii: " ") { return false }
        if byte == UInt8(ascii: " "), previous == UInt8(ascii: ":") { return false }
        index += 1
      } else {
        let (code, length) = decode(text, at: index)
        guard isPrintable(code) else { return false }
        index += length
      }
      previous = byte
    }
    return Node.Scalar.plainMeaning(text) == nil && !meansSomethingElsewhere(text)
  }

  private static func canBegin(_ first: UInt8, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch first {
    case UInt8(ascii: "-"):
      // `-c` is text, `- c` and `---` are not.
      guard text.count > 1 else { return false }
      return text[1] != UInt8(ascii: " ") && text[1] != UInt8(ascii: "-")
    case UInt8(ascii: "."):
      return !text.starts(with: "...".utf8)
    case UInt8(ascii: " "), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"),
      UInt8(ascii: "!"), UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""),
      UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "="), UInt8(ascii: "<"):
      // `<<` merges and `=` is a type of its own in YAML 1.1; `<` and `=` alone in front are rare enough.
      return false
    default:
      return true
    }
  }

  /// Dates and base-60 numbers: strings to kubectl, but not to every reader of YAML 1.1.
  private static func meansSomethingElsewhere(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first, isDigit(first) || first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else {
      return false
    }
    let isDate = text.count >= 8 && text[..<4].allSatisfy(isDigit) && text[4] == UInt8(ascii: "-") && isDigit(text[5])
    if isDate { return true }
    var colons = 0
    for byte in text.dropFirst() {
      if byte == UInt8(ascii: ":") {
        colons += 1
      } else if !isDigit(byte), byte != UInt8(ascii: "_"), byte != UInt8(ascii: ".") {
        return false
      }
    }
    return colons > 0
  }

  // MARK: Blocks

  /// Whether a text block gives the string back: nothing that must be escaped, and an indentation that shows.
  private static func canBeBlock(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let firstOfText = text.first(where: { $0 != UInt8(ascii: "\n") }), !isBlank(firstOfText) else { return false }
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte < 0x80 {
        guard byte >= 0x20 || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t"), byte != 0x7F else {
          return false
        }
        index += 1
      } else {
        let (code, length) = decode(text, at: index)
        guard isPrintable(code) else { return false }
        index += length
      }
    }
    return true
  }

  private static func appendBlock(_ text: UnsafeBufferPointer<UInt8>, indent: Int, to bytes: inout [UInt8]) {
    let line = UInt8(ascii: "\n")
    let breaks = text.reversed().prefix { $0 == line }.count
    bytes.append(UInt8(ascii: "|"))
    if breaks == 0 { bytes.append(UInt8(ascii: "-")) }
    if breaks > 1 { bytes.append(UInt8(ascii: "+")) }
    bytes.append(line)
    var atStart = true
    for byte in text {
      if atStart, byte != line { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent)) }
      bytes.append(byte)
      atStart = byte == line
    }
    if breaks == 0 { bytes.append(line) }
  }

  // MARK: Quoted

  private static func appendQuoted(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte >= 0x80 {
        let (code, length) = decode(text, at: index)
        if isPrintable(code) {
          bytes.append(contentsOf: text[index..<index + length])
        } else {
          appendCode(code, to: &bytes)
        }
        index += length
        continue
      }
      index += 1
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
      case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
      case 0..<0x20, 0x7F: appendCode(UInt32(byte), to: &bytes)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendCode(_ code: UInt32, to bytes: inout [UInt8]) {
    let digits = String(code, radix: 16, uppercase: true)
    let (letter, width) = code < 0x100 ? ("x", 2) : code < 0x10000 ? ("u", 4) : ("U", 8)
    bytes.append(UInt8(ascii: "\\"))
    bytes.append(contentsOf: letter.utf8)
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: width - digits.utf8.count))
    bytes.append(contentsOf: digits.utf8)
  }

  /// What YAML readers take as it is; line breaks of YAML 1.1 and the byte order mark are not among it.
  private static func isPrintable(_ code: UInt32) -> Bool {
    switch code {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  /// The scalar value at a lead byte of a string's own UTF-8, which is always well formed.
  private static func decode(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> (code: UInt32, length: Int) {
    let lead = UInt32(text[index])
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    var code = lead & (0x7F >> UInt32(length))
    for follower in 1..<length { code = code << 6 | UInt32(text[index + follower] & 0x3F) }
    return (code, length)
  }
}
