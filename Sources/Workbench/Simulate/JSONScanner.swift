import Evaluation

/// Reads one JSON text byte by byte, without building a tree; made for the lines of an NDJSON stream.
struct JSONScanner {
  private let bytes: [UInt8]
  private(set) var at: Int
  private let end: Int

  /// Where and why the text is no JSON, or not the JSON that was expected.
  enum Failure: Error {
    case syntax(offset: Int)
    /// The value of a member has another type than it must.
    case type(member: String, expected: JSONType)
    case unknownMember(String)
    case missingMember(String)
    /// A value that no such member can have.
    case value(member: String, text: String)
    case tooDeep
  }

  enum JSONType: Sendable { case object, array, string, boolean, integer }

  init(_ bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
  }

  /// Calls back for each member of the object that begins here; the callback consumes the value.
  mutating func readObject(
    _ name: String, _ member: (inout JSONScanner, String) throws(Failure) -> Void
  ) throws(Failure) {
    guard peek() == UInt8(ascii: "{") else { throw .type(member: name, expected: .object) }
    at += 1
    if peek() == UInt8(ascii: "}") {
      at += 1
      return
    }
    while true {
      guard peek() == Self.quote else { throw .syntax(offset: at) }
      let key = try readString(name)
      try expect(UInt8(ascii: ":"))
      try member(&self, key)
      switch peek() {
      case UInt8(ascii: ","): at += 1
      case UInt8(ascii: "}"):
        at += 1
        return
      default: throw .syntax(offset: at)
      }
    }
  }

  mutating func readArray(
    _ name: String, _ element: (inout JSONScanner) throws(Failure) -> Void
  ) throws(Failure) {
    guard peek() == UInt8(ascii: "[") else { throw .type(member: name, expected: .array) }
    at += 1
    if peek() == UInt8(ascii: "]") {
      at += 1
      return
    }
    while true {
      try element(&self)
      switch peek() {
      case UInt8(ascii: ","): at += 1
      case UInt8(ascii: "]"):
        at += 1
        return
      default: throw .syntax(offset: at)
      }
    }
  }

  mutating func readStrings(_ name: String) throws(Failure) -> [String] {
    var values: [String] = []
    try readArray(name) { (scanner: inout JSONScanner) throws(Failure) in
      values.append(try scanner.readString(name))
    }
    return values
  }

  /// Consumes `null` when it stands here.
  mutating func readNull() -> Bool {
    guard peek() == UInt8(ascii: "n"), matches("null") else { return false }
    at += 4
    return true
  }

  mutating func readString(_ name: String) throws(Failure) -> String {
    guard peek() == Self.quote else { throw .type(member: name, expected: .string) }
    at += 1
    let start = at
    var seen: UInt8 = 0
    while at < end, bytes[at] != Self.quote, bytes[at] != Self.backslash, bytes[at] >= 0x20 {
      seen |= bytes[at]
      at += 1
    }
    guard at < end else { throw .syntax(offset: at) }
    if bytes[at] == Self.quote {
      at += 1
      // ASCII needs no validation, which is slow where it is generic.
      if seen < 0x80 { return String(decoding: bytes[start..<(at - 1)], as: UTF8.self) }
      return try text(bytes[start..<(at - 1)], offset: start)
    }
    guard bytes[at] == Self.backslash else { throw .syntax(offset: at) }
    var unescaped = Array(bytes[start..<at])
    while true {
      guard at < end, bytes[at] >= 0x20 else { throw .syntax(offset: at) }
      let byte = bytes[at]
      at += 1
      if byte == Self.quote { break }
      if byte == Self.backslash {
        try readEscape(into: &unescaped)
      } else {
        unescaped.append(byte)
      }
    }
    return try text(unescaped[...], offset: start)
  }

  /// A string for the bytes that it stands for (`Array(wire:)`); plain ASCII needs no text in between.
  mutating func readWire(_ name: String) throws(Failure) -> [UInt8] {
    let start = at
    guard peek() == Self.quote else { throw .type(member: name, expected: .string) }
    let first = at + 1
    var place = first
    while place < end, bytes[place] >= 0x20, bytes[place] < 0x80, bytes[place] != Self.quote,
      bytes[place] != Self.backslash
    { place += 1 }
    if place < end, bytes[place] == Self.quote {
      at = place + 1
      return Array(bytes[first..<place])
    }
    at = start
    return Array(wire: try readString(name))
  }

  /// The bytes of any one value, unread.
  mutating func readRaw() throws(Failure) -> ArraySlice<UInt8> {
    _ = peek()
    let start = at
    try skipValue(depth: 0)
    return bytes[start..<at]
  }

  /// The next byte that is no white space; 0 at the end.
  var next: UInt8 { mutating get { peek() } }

  /// Whether nothing but white space is left.
  mutating func isAtEnd() -> Bool {
    skipSpace()
    return at == end
  }

  private mutating func text(_ utf8: ArraySlice<UInt8>, offset: Int) throws(Failure) -> String {
    guard let value = String(validating: utf8, as: UTF8.self) else { throw .syntax(offset: offset) }
    return value
  }

  private mutating func readEscape(into target: inout [UInt8]) throws(Failure) {
    guard at < end else { throw .syntax(offset: at) }
    let kind = bytes[at]
    at += 1
    switch kind {
    case Self.quote, Self.backslash, UInt8(ascii: "/"): target.append(kind)
    case UInt8(ascii: "n"): target.append(0x0A)
    case UInt8(ascii: "t"): target.append(0x09)
    case UInt8(ascii: "r"): target.append(0x0D)
    case UInt8(ascii: "b"): target.append(0x08)
    case UInt8(ascii: "f"): target.append(0x0C)
    case UInt8(ascii: "u"):
      var unit = try readHexadecimal()
      if (0xD800..<0xDC00).contains(unit) {
        guard at + 1 < end, bytes[at] == Self.backslash, bytes[at + 1] == UInt8(ascii: "u") else {
          throw .syntax(offset: at)
        }
        at += 2
        let low = try readHexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw .syntax(offset: at) }
        unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(unit) else { throw .syntax(offset: at) }
      target.append(contentsOf: String(scalar).utf8)
    default: throw .syntax(offset: at - 1)
    }
  }

  private mutating func readHexadecimal() throws(Failure) -> UInt32 {
    guard at + 4 <= end else { throw .syntax(offset: at) }
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Self.hexadecimalDigit(bytes[at]) else { throw .syntax(offset: at) }
      value = value << 4 | digit
      at += 1
    }
    return value
  }

  private static func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 48...57: UInt32(byte - 48)
    case 65...70: UInt32(byte - 55)
    case 97...102: UInt32(byte - 87)
    default: nil
    }
  }

  /// Deeper nesting than any request has ends the line, not the stack.
  private static let depthLimit = 64

  private mutating func skipValue(depth: Int) throws(Failure) {
    guard depth < Self.depthLimit else { throw .tooDeep }
    switch peek() {
    case UInt8(ascii: "{"):
      try readObject("") { (scanner: inout JSONScanner, _) throws(Failure) in
        try scanner.skipValue(depth: depth + 1)
      }
    case UInt8(ascii: "["):
      try readArray("") { (scanner: inout JSONScanner) throws(Failure) in
        try scanner.skipValue(depth: depth + 1)
      }
    case Self.quote: _ = try readString("")
    case UInt8(ascii: "t") where matches("true"): at += 4
    case UInt8(ascii: "f") where matches("false"): at += 5
    case UInt8(ascii: "n") where matches("null"): at += 4
    default: try skipNumber()
    }
  }

  private mutating func skipNumber() throws(Failure) {
    let start = at
    if at < end, bytes[at] == UInt8(ascii: "-") { at += 1 }
    let whole = skipDigits()
    guard whole > 0, whole == 1 || bytes[at - whole] != 48 else { throw .syntax(offset: start) }
    if at < end, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard skipDigits() > 0 else { throw .syntax(offset: at) }
    }
    if at < end, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < end, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
      guard skipDigits() > 0 else { throw .syntax(offset: at) }
    }
  }

  private mutating func skipDigits() -> Int {
    let start = at
    while at < end, (48...57).contains(bytes[at]) { at += 1 }
    return at - start
  }

  private func matches(_ word: StaticString) -> Bool {
    guard at + word.utf8CodeUnitCount <= end else { return false }
    return word.withUTF8Buffer { bytes[at..<(at + $0.count)].elementsEqual($0) }
  }

  private mutating func expect(_ byte: UInt8) throws(Failure) {
    guard peek() == byte else { throw .syntax(offset: at) }
    at += 1
  }

  /// The next byte that is no white space; 0 at the end.
  private mutating func peek() -> UInt8 {
    skipSpace()
    return at < end ? bytes[at] : 0
  }

  private mutating func skipSpace() {
    while at < end, bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == 0x0D || bytes[at] == 0x0A { at += 1 }
  }

  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")
}
