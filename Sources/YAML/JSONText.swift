/// Writes JSON into a byte buffer: no spaces, no Foundation.
package enum JSONText {
  /// Appends a string with its quotation marks; only what JSON forbids is escaped.
  package static func append(_ text: String, to bytes: inout [UInt8]) {
    var copy = text
    copy.withUTF8 { appendString($0, to: &bytes) }
  }

  package static func appendString(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var start = 0
    for index in text.indices {
      let byte = text[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      bytes.append(contentsOf: text[start..<index])
      appendEscape(byte, to: &bytes)
      start = index + 1
    }
    bytes.append(contentsOf: text[start...])
    bytes.append(UInt8(ascii: "\""))
  }

  private static func appendEscape(_ byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    default:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(contentsOf: hex(byte).utf8)
    }
  }

  package static func append(_ value: Int64, to bytes: inout [UInt8]) {
    // Twenty bytes hold every 64-bit number.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var index = digits.count
      var rest = value.magnitude
      repeat {
        index -= 1
        digits[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if value < 0 {
        index -= 1
        digits[index] = UInt8(ascii: "-")
      }
      bytes.append(contentsOf: digits[index...])
    }
  }

  package static func append(_ value: Bool, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: value ? "true".utf8 : "false".utf8)
  }

  package static func appendNull(to bytes: inout [UInt8]) { bytes.append(contentsOf: "null".utf8) }

  /// The shortest digits that read back to the same number, in Go's form; JSON has no infinities, they become null.
  package static func append(_ value: Double, to bytes: inout [UInt8]) {
    guard value.isFinite else { return appendNull(to: &bytes) }
    bytes.append(contentsOf: GoFloat.json(value).utf8)
  }

  /// The same number as YAML has it.
  package static func yamlNumber(_ value: Double) -> String {
    if value.isNaN { return ".nan" }
    if value.isInfinite { return value < 0 ? "-.inf" : ".inf" }
    return GoFloat.json(value)
  }

  package enum MemberOrder: Sendable {
    case asWritten
    /// By bytes: the canonical form.
    case sorted
  }

  package static func bytes(of node: Node, order: MemberOrder = .asWritten) -> [UInt8] {
    var bytes: [UInt8] = []
    append(node, order: order, to: &bytes)
    return bytes
  }

  package static func append(_ node: Node, order: MemberOrder = .asWritten, to bytes: inout [UInt8]) {
    switch node.content {
    case .scalar(let scalar):
      append(scalar.resolved, to: &bytes)
    case .sequence(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        append(item, order: order, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .mapping(let entries):
      append(ordered(entries, order), order: order, to: &bytes)
    }
  }

  private static func append(_ entries: [Node.Entry], order: MemberOrder, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    for (index, entry) in entries.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(entry.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      append(entry.value, order: order, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  static func ordered(_ entries: [Node.Entry], _ order: MemberOrder) -> [Node.Entry] {
    switch order {
    case .asWritten: entries
    case .sorted: entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
  }

  package static func append(_ scalar: ResolvedScalar, to bytes: inout [UInt8]) {
    switch scalar {
    case .null: appendNull(to: &bytes)
    case .bool(let value): append(value, to: &bytes)
    case .int(let value): append(value, to: &bytes)
    case .float(let value): append(value, to: &bytes)
    case .string(let text): append(text, to: &bytes)
    }
  }
}
