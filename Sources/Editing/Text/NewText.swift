import MeshCodec
import MeshModel
import YAML

/// Writes content that is new in a text, in the text's own style.
struct NewText {
  let style: TextStyle
  private(set) var bytes: [UInt8] = []

  init(_ style: TextStyle) { self.style = style }

  // MARK: Blocks

  /// A member with the cursor at its column, up to and with the end of its last line.
  mutating func appendMember(_ key: String, _ value: Value, column: Int) {
    appendKey(key, column: column)
    appendBehindKey(value, column: column)
  }

  /// What follows the colon of a key at that column.
  mutating func appendBehindKey(_ value: Value, column: Int) {
    switch value {
    case .object(let members) where !members.isEmpty:
      newline()
      pad(column + style.step)
      appendMembers(members, column: column + style.step)
    case .array(let items) where !items.isEmpty:
      newline()
      pad(column + style.sequenceStep)
      appendItems(items, column: column + style.sequenceStep)
    case .null, .bool, .integer, .number, .string, .object, .array:
      bytes.append(UInt8(ascii: " "))
      appendLeaf(value, indent: column + style.step)
    }
  }

  /// An item with the cursor where its dash goes.
  mutating func appendItem(_ value: Value, column: Int) {
    bytes.append(UInt8(ascii: "-"))
    appendBehindDash(value, column: column)
  }

  mutating func appendBehindDash(_ value: Value, column: Int) {
    pad(style.dashWidth - 1)
    let inner = column + style.dashWidth
    switch value {
    case .object(let members) where !members.isEmpty: appendMembers(members, column: inner)
    case .array(let items) where !items.isEmpty: appendItems(items, column: inner)
    case .null, .bool, .integer, .number, .string, .object, .array: appendLeaf(value, indent: inner)
    }
  }

  mutating func appendMembers(_ members: [Value.Member], column: Int) {
    for (place, member) in members.enumerated() {
      if place > 0 { pad(column) }
      appendMember(member.key, member.value, column: column)
    }
  }

  mutating func appendItems(_ items: [Value], column: Int) {
    for (place, item) in items.enumerated() {
      if place > 0 { pad(column) }
      appendItem(item, column: column)
    }
  }

  private mutating func appendKey(_ key: String, column: Int) {
    let isLong = key.utf8.count > 250
    if isLong { bytes += Array("? ".utf8) }
    bytes += Self.oneLine(key)
    if isLong {
      newline()
      pad(column)
    }
    bytes.append(UInt8(ascii: ":"))
  }

  /// A scalar or an empty collection, and the end of its line; text blocks stand at the indentation.
  private mutating func appendLeaf(_ value: Value, indent: Int) {
    let (line, block) = Self.leaf(value, indent: Swift.max(indent, 1))
    bytes += line
    newline()
    appendLines(block)
  }

  /// The first line of a leaf, and the lines of a text block that follow it.
  static func leaf(_ value: Value, indent: Int) -> (line: [UInt8], block: [UInt8]) {
    let written = YAMLText.bytes(of: Node(value))
    guard let end = written.firstIndex(of: UInt8(ascii: "\n")) else { return (written, []) }
    let lines = written[(end + 1)...].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
    var block: [UInt8] = []
    for line in lines {
      if !line.isEmpty { block += Array(repeating: UInt8(ascii: " "), count: indent) + line.dropFirst(2) }
      block.append(UInt8(ascii: "\n"))
    }
    return (Array(written[..<end]), block)
  }

  private static func oneLine(_ text: String) -> [UInt8] {
    if text.utf8.contains(UInt8(ascii: "\n")) { return JSONText.bytes(of: .string(text)) }
    return YAMLText.bytes(of: .string(text)).dropLast()
  }

  mutating func appendLines(_ lines: [UInt8]) {
    for byte in lines {
      if byte == UInt8(ascii: "\n"), style.hasReturns { bytes.append(UInt8(ascii: "\r")) }
      bytes.append(byte)
    }
  }

  mutating func newline() { appendLines([UInt8(ascii: "\n")]) }

  mutating func pad(_ count: Int) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: Swift.max(count, 0)))
  }

  // MARK: Braces and brackets

  /// How members in braces are laid out: on one line, or each on its own at a column.
  enum FlowLayout {
    case line(space: Bool)
    case lines(column: Int, step: Int)

    var inner: FlowLayout {
      switch self {
      case .line: self
      case .lines(let column, let step): .lines(column: column + step, step: step)
      }
    }
  }

  mutating func appendFlow(_ value: Value, _ layout: FlowLayout) {
    switch value {
    case .object(let members) where !members.isEmpty:
      bytes.append(UInt8(ascii: "{"))
      for (place, member) in members.enumerated() {
        separate(place, layout)
        appendFlowMember(member.key, member.value, layout)
      }
      close(UInt8(ascii: "}"), layout)
    case .array(let items) where !items.isEmpty:
      bytes.append(UInt8(ascii: "["))
      for (place, item) in items.enumerated() {
        separate(place, layout)
        appendFlow(item, layout.inner)
      }
      close(UInt8(ascii: "]"), layout)
    case .null, .bool, .integer, .number, .string, .object, .array:
      bytes += flowLeaf(value)
    }
  }

  mutating func appendFlowMember(_ key: String, _ value: Value, _ layout: FlowLayout) {
    bytes += flowLeaf(.string(key))
    bytes.append(UInt8(ascii: ":"))
    if case .line(false) = layout, style.isJSON {} else { bytes.append(UInt8(ascii: " ")) }
    appendFlow(value, layout.inner)
  }

  private mutating func separate(_ place: Int, _ layout: FlowLayout) {
    if place > 0 { bytes.append(UInt8(ascii: ",")) }
    switch layout {
    case .line(let space):
      if place > 0, space { bytes.append(UInt8(ascii: " ")) }
    case .lines(let column, _):
      newline()
      pad(column)
    }
  }

  private mutating func close(_ bracket: UInt8, _ layout: FlowLayout) {
    if case .lines(let column, let step) = layout {
      newline()
      pad(column - step)
    }
    bytes.append(bracket)
  }

  func flowLeaf(_ value: Value) -> [UInt8] {
    guard case .string(let text) = value else { return JSONText.bytes(of: Node(value)) }
    if style.isJSON || !Self.isBare(text) { return JSONText.bytes(of: .string(text)) }
    let written = YAMLText.bytes(of: .string(text)).dropLast()
    return Array(written)
  }

  /// Whether nothing in a text can be taken for a bracket, a comma or a colon.
  private static func isBare(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "/"), UInt8(ascii: "*"), UInt8(ascii: "="):
        true
      default: false
      }
    }
  }
}
