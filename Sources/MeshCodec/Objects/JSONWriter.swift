import YAML

/// JSON in one line: for what has no text of its own, and, with sorted members, for digests.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private let isSorted: Bool

  init(isSorted: Bool) { self.isSorted = isSorted }

  /// Members in their order, ended by a line break.
  static func text(of node: Node) -> [UInt8] {
    var writer = JSONWriter(isSorted: false)
    writer.write(node)
    writer.bytes.append(UInt8(ascii: "\n"))
    return writer.bytes
  }

  mutating func write(_ node: Node) {
    switch node.content {
    case .sequence(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(item)
      }
      bytes.append(UInt8(ascii: "]"))
    case .mapping(let entries):
      let ordered = isSorted ? entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } : entries
      bytes.append(UInt8(ascii: "{"))
      for (index, entry) in ordered.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(entry.name)
        bytes.append(UInt8(ascii: ":"))
        write(entry.value)
      }
      bytes.append(UInt8(ascii: "}"))
    case .scalar(let scalar):
      switch scalar.resolved {
      case .null: bytes += "null".utf8
      case .bool(let value): bytes += (value ? "true" : "false").utf8
      case .int(let value): bytes += String(value).utf8
      // Infinity and NaN have no JSON; kubectl refuses them and so does the reader.
      case .float(let value): value.isFinite ? bytes += "\(value)".utf8 : write(scalar.text)
      case .string(let text): write(text)
      }
    }
  }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes += "\\u00".utf8
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      default:
        bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
