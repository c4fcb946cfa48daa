import YAML

/// A mapping in braces or a list in brackets, cut into its elements.
struct FlowLayout {
  struct Element {
    /// The key; nil in lists.
    var name: String?
    var node: Node
    /// From the bracket or comma before it.
    var prefix: Range<Int>
    /// From the key, where there is one, to the end of the value.
    var core: Range<Int>
    /// Where the value stands; empty where none is written.
    var value: Range<Int>
    /// To the comma behind it; of the last element, to the closing bracket.
    var suffix: Range<Int>
  }

  let isMapping: Bool
  /// From bracket to bracket.
  let range: Range<Int>
  private(set) var elements: [Element] = []

  init?(_ node: Node, _ lines: SourceLines) {
    guard let nodeStart = lines.offset(node.start), let end = lines.offset(node.end), nodeStart < end else {
      return nil
    }
    let open = lines.skipProperties(nodeStart)
    guard open < end else { return nil }
    let text = lines.text
    let members: [(name: Node.Entry?, value: Node)]
    switch node.content {
    case .scalar: return nil
    case .mapping(let entries):
      guard text[open] == UInt8(ascii: "{"), text[end - 1] == UInt8(ascii: "}") else { return nil }
      isMapping = true
      members = entries.map { ($0, $0.value) }
    case .sequence(let items):
      guard text[open] == UInt8(ascii: "["), text[end - 1] == UInt8(ascii: "]") else { return nil }
      isMapping = false
      members = items.map { (nil, $0) }
    }
    range = open..<end
    var position = open + 1
    for (name, value) in members {
      let before = position
      position = lines.skipSpace(position)
      let start = position
      var valueRange = start..<start
      if let name {
        guard lines.offset(name.nameStart) == start, let nameEnd = lines.offset(name.nameEnd) else { return nil }
        position = lines.skipSpace(nameEnd)
        if text[position] == UInt8(ascii: ":") {
          position += 1
        } else {
          guard value.isNull else { return nil }
          position = nameEnd
        }
        valueRange = position..<position
      }
      guard let valueStart = lines.offset(value.start), let valueEnd = lines.offset(value.end) else { return nil }
      if valueStart < valueEnd {
        guard lines.skipSpace(position) == valueStart else { return nil }
        valueRange = valueStart..<valueEnd
        position = valueEnd
      } else if name == nil {
        return nil
      }
      let core = start..<position
      position = lines.skipSpace(position)
      guard position < end else { return nil }
      elements.append(
        Element(
          name: name?.name, node: value, prefix: before..<start, core: core, value: valueRange,
          suffix: core.upperBound..<position))
      if text[position] == UInt8(ascii: ",") { position += 1 }
    }
    guard lines.skipSpace(position) == end - 1 else { return nil }
    if let last = elements.indices.last {
      elements[last].suffix = elements[last].core.upperBound..<(end - 1)
    }
  }
}
