/// The syntax of CEL expressions, without their meaning.
struct ExpressionText {
  private enum Token: Equatable {
    case number, text, identifier(String), sign(String)
  }

  private var tokens: [Token] = []
  private var place = 0
  private var depth = 0

  static func isExpression(_ text: String) -> Bool {
    var reader = ExpressionText()
    guard reader.scan(Array(text.utf8)) else { return false }
    return reader.expression() && reader.place == reader.tokens.count
  }

  // MARK: words

  private static let signs = ["==", "!=", "<=", ">=", "&&", "||"]
  private static let single = "<>+-*/%!?:.,()[]{}"

  private mutating func scan(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        index += 1
      } else if bytes[index...].starts(with: "//".utf8) {
        index = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
      } else if let end = Self.textEnd(bytes, index) {
        guard end > index else { return false }
        tokens.append(.text)
        index = end
      } else if Names.isDigit(byte)
        || (byte == UInt8(ascii: ".") && index + 1 < bytes.count && Names.isDigit(bytes[index + 1]))
      {
        index = Self.numberEnd(bytes, index)
        tokens.append(.number)
      } else if Names.isLetter(byte) || byte == UInt8(ascii: "_") {
        let word = bytes[index...].prefix { Names.isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
        tokens.append(.identifier(String(decoding: word, as: UTF8.self)))
        index += word.count
      } else if let sign = Self.signs.first(where: { bytes[index...].starts(with: $0.utf8) }) {
        tokens.append(.sign(sign))
        index += sign.utf8.count
      } else if Self.single.utf8.contains(byte) {
        tokens.append(.sign(String(decoding: [byte], as: UTF8.self)))
        index += 1
      } else {
        return false
      }
    }
    return true
  }

  /// Where the text that begins here ends; the start itself when it does not end, nil when none begins.
  private static func textEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
    var index = start
    var isRaw = false
    while index < bytes.count, "rRbB".utf8.contains(bytes[index]), index - start < 2 {
      isRaw = isRaw || bytes[index] | 32 == UInt8(ascii: "r")
      index += 1
    }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "'") || bytes[index] == UInt8(ascii: "\"") else {
      return nil
    }
    let quote = bytes[index]
    let isLong = bytes[index...].starts(with: [quote, quote, quote])
    index += isLong ? 3 : 1
    while index < bytes.count {
      if !isRaw, bytes[index] == UInt8(ascii: "\\") {
        index += 2
      } else if isLong ? bytes[index...].starts(with: [quote, quote, quote]) : bytes[index] == quote {
        return index + (isLong ? 3 : 1)
      } else if !isLong, bytes[index] == 0x0A || bytes[index] == 0x0D {
        return start
      } else {
        index += 1
      }
    }
    return start
  }

  private static func numberEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    var index = start
    func digits(_ isDigit: (UInt8) -> Bool) {
      while index < bytes.count, isDigit(bytes[index]) { index += 1 }
    }
    if bytes[start...].starts(with: "0x".utf8) {
      index += 2
      digits { Names.isDigit($0) || ($0 | 32 >= 97 && $0 | 32 <= 102) }
    } else {
      digits(Names.isDigit)
      if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "."), Names.isDigit(bytes[index + 1]) {
        index += 1
        digits(Names.isDigit)
      }
      if index < bytes.count, bytes[index] | 32 == UInt8(ascii: "e") {
        var next = index + 1
        if next < bytes.count, bytes[next] == UInt8(ascii: "+") || bytes[next] == UInt8(ascii: "-") { next += 1 }
        if next < bytes.count, Names.isDigit(bytes[next]) {
          index = next
          digits(Names.isDigit)
        }
      }
    }
    if index < bytes.count, bytes[index] | 32 == UInt8(ascii: "u") { index += 1 }
    return index
  }

  // MARK: sentences

  private mutating func accept(_ sign: String) -> Bool {
    guard place < tokens.count, tokens[place] == .sign(sign) else { return false }
    place += 1
    return true
  }

  private mutating func acceptAny(_ signs: [String]) -> Bool {
    for sign in signs where accept(sign) { return true }
    return false
  }

  /// `a ? b : c`
  private mutating func expression() -> Bool {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 250, operation(0) else { return false }
    guard accept("?") else { return true }
    return operation(0) && accept(":") && expression()
  }

  private static let levels = [["||"], ["&&"], ["<=", ">=", "==", "!=", "<", ">"], ["+", "-"], ["*", "/", "%"]]

  private mutating func operation(_ level: Int) -> Bool {
    guard level < Self.levels.count else { return unary() }
    guard operation(level + 1) else { return false }
    while true {
      if level == 2, place < tokens.count, tokens[place] == .identifier("in") {
        place += 1
      } else if !acceptAny(Self.levels[level]) {
        return true
      }
      guard operation(level + 1) else { return false }
    }
  }

  private mutating func unary() -> Bool {
    while acceptAny(["!", "-"]) {}
    guard primary() else { return false }
    while true {
      if accept(".") {
        _ = accept("?")
        guard name() else { return false }
        if accept("("), !list(until: ")") { return false }
      } else if accept("[") {
        _ = accept("?")
        guard expression(), accept("]") else { return false }
      } else if accept("{") {
        guard fields() else { return false }
      } else {
        return true
      }
    }
  }

  private mutating func name() -> Bool {
    guard place < tokens.count, case .identifier(let word) = tokens[place], word != "in" else { return false }
    place += 1
    return true
  }

  private mutating func primary() -> Bool {
    guard place < tokens.count else { return false }
    switch tokens[place] {
    case .number, .text:
      place += 1
      return true
    case .identifier:
      return name() && (!accept("(") || list(until: ")"))
    case .sign(let sign):
      place += 1
      switch sign {
      case "(": return expression() && accept(")")
      case "[": return list(until: "]")
      case "{": return fields()
      case ".": return name() && (!accept("(") || list(until: ")"))
      default: return false
      }
    }
  }

  private mutating func list(until end: String) -> Bool {
    if accept(end) { return true }
    repeat {
      if end == "]" {
        if accept(end) { return true }
        _ = accept("?")
      }
      guard expression() else { return false }
    } while accept(",")
    return accept(end)
  }

  private mutating func fields() -> Bool {
    if accept("}") { return true }
    repeat {
      if accept("}") { return true }
      _ = accept("?")
      guard expression(), accept(":"), expression() else { return false }
    } while accept(",")
    return accept("}")
  }
}
