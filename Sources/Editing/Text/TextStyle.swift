import YAML

/// How the author of a text lays it out, as far as something new has to fit in.
struct TextStyle {
  /// Columns from a key to the keys below it.
  var step = 2
  /// Columns from a key to the dashes below it.
  var sequenceStep = 0
  /// Columns from a dash to what it introduces.
  var dashWidth = 2
  /// Line breaks are CR LF.
  var hasReturns = false
  /// The whole text is JSON: everything is quoted as there, and nothing is in blocks.
  var isJSON = false

  init(_ root: Node, _ lines: SourceLines) {
    if let end = lines.text.firstIndex(of: UInt8(ascii: "\n")), end > 0 {
      hasReturns = lines.text[end - 1] == UInt8(ascii: "\r")
    }
    if lines.text.first(where: { !isSpace($0) }) == UInt8(ascii: "{") { isJSON = parseJSON(lines.text) != nil }
    var found = Found()
    found.look(at: root, lines)
    step = found.step ?? 2
    sequenceStep = found.sequenceStep ?? 0
    dashWidth = found.dashWidth ?? 2
  }

  /// The first example of each counts.
  private struct Found {
    var step: Int?
    var sequenceStep: Int?
    var dashWidth: Int?

    mutating func look(at node: Node, _ lines: SourceLines) {
      if step != nil, sequenceStep != nil, dashWidth != nil { return }
      switch node.content {
      case .scalar: return
      case .mapping(let entries):
        for entry in entries {
          look(at: entry, lines)
          look(at: entry.value, lines)
        }
      case .sequence(let items):
        for item in items {
          look(at: item, in: node, lines)
          look(at: item, lines)
        }
      }
    }

    private mutating func look(at entry: Node.Entry, _ lines: SourceLines) {
      guard let start = lines.offset(entry.value.start), start < lines.text.count,
        entry.value.start.line > entry.nameStart.line
      else { return }
      let difference = Int(entry.value.start.column - entry.nameStart.column)
      guard (0...8).contains(difference) else { return }
      switch entry.value.content {
      case .scalar: return
      case .mapping(let entries):
        if step == nil, difference > 0, entries.first?.nameStart == entry.value.start { step = difference }
      case .sequence:
        if sequenceStep == nil, lines.text[start] == UInt8(ascii: "-") { sequenceStep = difference }
      }
    }

    private mutating func look(at item: Node, in sequence: Node, _ lines: SourceLines) {
      guard dashWidth == nil, let start = lines.offset(sequence.start), start < lines.text.count,
        lines.text[start] == UInt8(ascii: "-"), item.start.line == sequence.start.line
      else { return }
      let difference = Int(item.start.column - sequence.start.column)
      if (2...8).contains(difference) { dashWidth = difference }
    }
  }
}
