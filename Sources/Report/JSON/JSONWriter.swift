/// Writes JSON text into a byte buffer, one value after another; the caller keeps the nesting right.
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false
  private var depth = 0
  private let layout: Layout

  package enum Layout: Hashable, Sendable {
    /// One line without white space.
    case compact
    /// Two spaces a level, for people.
    case indented
  }

  /// Where values stand that `variable` wrote, as far as they are noted.
  private(set) var variables: [Range<Int>] = []
  var notesVariables = false

  package init(layout: Layout = .compact) {
    self.layout = layout
  }

  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
    depth = 0
  }

  package mutating func beginObject() { open(UInt8(ascii: "{")) }
  package mutating func endObject() { close(UInt8(ascii: "}")) }
  package mutating func beginArray() { open(UInt8(ascii: "[")) }
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  package mutating func key(_ name: StaticString) {
    separate()
    bytes.append(Self.quote)
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    endKey()
  }

  package mutating func key(_ name: String) {
    separate()
    writeQuoted(name)
    bytes.removeLast()
    endKey()
  }

  private mutating func endKey() {
    bytes.append(Self.quote)
    bytes.append(UInt8(ascii: ":"))
    if layout == .indented { bytes.append(UInt8(ascii: " ")) }
    needsComma = false
    isAfterKey = true
  }

  private var isAfterKey = false

  package mutating func string(_ value: String) {
    separate()
    writeQuoted(value)
  }

  package mutating func strings(_ values: some Sequence<String>) {
    beginArray()
    for value in values { string(value) }
    endArray()
  }

  package mutating func integer(_ value: some BinaryInteger) {
    separate()
    writeDigits(Int64(value))
  }

  /// Bytes that should be UTF-8; what is not is replaced.
  package mutating func text(_ utf8: [UInt8]) { string(String(decoding: utf8, as: UTF8.self)) }

  /// A text that differs between answers which are otherwise alike.
  mutating func variable(_ utf8: [UInt8]) {
    separate()
    let start = bytes.count
    Self.appendQuoted(utf8, to: &bytes)
    if notesVariables { variables.append(start..<bytes.count) }
  }

  /// A text as JSON has it; what is no UTF-8 is replaced.
  static func appendQuoted(_ utf8: [UInt8], to line: inout [UInt8]) {
    let isPlain = utf8.withUnsafeBufferPointer { buffer in
      for byte in buffer where byte < 0x20 || byte > 0x7E || byte == quote || byte == UInt8(ascii: "\\") {
        return false
      }
      return true
    }
    if isPlain {
      line.append(quote)
      line.append(contentsOf: utf8)
      line.append(quote)
    } else {
      var writer = JSONWriter()
      writer.text(utf8)
      line += writer.bytes
    }
  }

  /// A line that is whole by itself.
  mutating func line(_ write: (inout [UInt8]) -> Void) {
    write(&bytes)
    endLine()
  }

  /// Members that were written by another writer, without braces.
  mutating func members(_ json: [UInt8]) {
    guard !json.isEmpty else { return }
    separate()
    bytes.append(contentsOf: json)
  }

  /// A whole number without a fraction, as proto3 JSON has doubles.
  package mutating func number(_ value: Double) {
    separate()
    if value == value.rounded(), abs(value) < 1e15 {
      writeDigits(Int64(value))
    } else {
      bytes.append(contentsOf: value.description.utf8)
    }
  }

  package mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }
  package mutating func null() { literal("null") }

  /// A value that is JSON already.
  package mutating func raw(_ json: some Collection<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
  }

  /// Ends a line of NDJSON; the next value begins anew.
  package mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
    isAfterKey = false
  }

  private mutating func literal(_ text: StaticString) {
    separate()
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    depth += 1
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    depth -= 1
    if layout == .indented, needsComma { breakLine() }
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if isAfterKey {
      isAfterKey = false
      needsComma = true
      return
    }
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    if layout == .indented, depth > 0 { breakLine() }
    needsComma = true
  }

  private mutating func breakLine() {
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<depth {
      bytes.append(UInt8(ascii: " "))
      bytes.append(UInt8(ascii: " "))
    }
  }

  private mutating func writeDigits(_ value: Int64) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  private mutating func writeQuoted(_ value: String) {
    bytes.append(Self.quote)
    var text = value
    text.withUTF8 { utf8 in
      if utf8.allSatisfy({ $0 >= 0x20 && $0 != Self.quote && $0 != UInt8(ascii: "\\") }) {
        bytes.append(contentsOf: utf8)
        return
      }
      for byte in utf8 { writeEscaped(byte) }
    }
    bytes.append(Self.quote)
  }

  private mutating func writeEscaped(_ byte: UInt8) {
    switch byte {
    case Self.quote, UInt8(ascii: "\\"):
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(byte)
    case 0x0A:
      bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
    case 0x09:
      bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
    case 0x0D:
      bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
    case 0..<0x20:
      bytes.append(contentsOf: "\\u00".utf8)
      bytes.append(Self.hexadecimal[Int(byte >> 4)])
      bytes.append(Self.hexadecimal[Int(byte & 15)])
    default:
      bytes.append(byte)
    }
  }

  private static let quote = UInt8(ascii: "\"")
  private static let hexadecimal = Array("0123456789abcdef".utf8)
}
