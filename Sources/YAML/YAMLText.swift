/// Writes YAML in one style: block style, two spaces, lists level with their key, quotes only where they are needed.
///
/// What is written reads back to the same values here and in kubectl, and the same values give the same bytes.
package enum YAMLText {
  package static func bytes(of node: Node, order: JSONText.MemberOrder = .asWritten) -> [UInt8] {
    var bytes: [UInt8] = []
    append(node, order: order, to: &bytes)
    return bytes
  }

  /// Several documents with `---` between them.
  package static func bytes(ofStream nodes: [Node], order: JSONText.MemberOrder = .asWritten) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, node) in nodes.enumerated() {
      if index > 0 { bytes.append(contentsOf: "---\n".utf8) }
      append(node, order: order, to: &bytes)
    }
    return bytes
  }

  /// Appends a whole document, its last line break included.
  package static func append(_ node: Node, order: JSONText.MemberOrder = .asWritten, to bytes: inout [UInt8]) {
    var writer = BlockWriter(bytes: bytes, order: order)
    bytes = []
    writer.write(root: node)
    bytes = writer.bytes
  }
}

private struct BlockWriter {
  var bytes: [UInt8]
  let order: JSONText.MemberOrder

  mutating func write(root node: Node) {
    switch node.content {
    case .mapping(let entries) where !entries.isEmpty: writeMapping(entries, indent: 0)
    case .sequence(let items) where !items.isEmpty: writeSequence(items, indent: 0)
    case .scalar, .sequence, .mapping:
      writeInline(node, indent: 0)
    }
  }

  /// Writes members with the cursor already at the indentation of the first.
  private mutating func writeMapping(_ written: [Node.Entry], indent: Int) {
    for (index, entry) in JSONText.ordered(written, order).enumerated() {
      if index > 0 { pad(indent) }
      writeKey(entry.name, indent: indent)
      switch entry.value.content {
      case .mapping(let entries) where !entries.isEmpty:
        newline()
        pad(indent + 2)
        writeMapping(entries, indent: indent + 2)
      case .sequence(let items) where !items.isEmpty:
        newline()
        pad(indent)
        writeSequence(items, indent: indent)
      case .scalar, .sequence, .mapping:
        bytes.append(UInt8(ascii: " "))
        writeInline(entry.value, indent: indent + 2)
      }
    }
  }

  private mutating func writeSequence(_ items: [Node], indent: Int) {
    for (index, item) in items.enumerated() {
      if index > 0 { pad(indent) }
      bytes.append(contentsOf: "- ".utf8)
      switch item.content {
      case .mapping(let entries) where !entries.isEmpty: writeMapping(entries, indent: indent + 2)
      case .sequence(let items) where !items.isEmpty: writeSequence(items, indent: indent + 2)
      case .scalar, .sequence, .mapping: writeInline(item, indent: indent + 2)
      }
    }
  }

  private mutating func writeKey(_ name: String, indent: Int) {
    // YAML ends the search for the ':' of a key after 1024 characters.
    let isLong = name.utf8.count > 250
    if isLong { bytes.append(contentsOf: "? ".utf8) }
    var copy = name
    copy.withUTF8 { ScalarText.appendOneLine($0, to: &bytes) }
    if isLong {
      newline()
      pad(indent)
    }
    bytes.append(UInt8(ascii: ":"))
  }

  /// Writes a scalar or an empty collection and ends the line; text blocks go on at the indentation.
  private mutating func writeInline(_ node: Node, indent: Int) {
    switch node.content {
    case .mapping: bytes.append(contentsOf: "{}".utf8)
    case .sequence: bytes.append(contentsOf: "[]".utf8)
    case .scalar(let scalar):
      switch scalar.resolved {
      case .null: JSONText.appendNull(to: &bytes)
      case .bool(let value): JSONText.append(value, to: &bytes)
      case .int(let value): JSONText.append(value, to: &bytes)
      case .float(let value): bytes.append(contentsOf: JSONText.yamlNumber(value).utf8)
      case .string(let text):
        var copy = text
        let isBlock = copy.withUTF8 { ScalarText.append($0, indent: Swift.max(indent, 2), to: &bytes) }
        if isBlock { return }
      }
    }
    newline()
  }

  private mutating func newline() { bytes.append(UInt8(ascii: "\n")) }

  private mutating func pad(_ count: Int) { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count)) }
}
