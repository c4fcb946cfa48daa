import YAML

/// A mapping or list in block style, cut into the stretches that its elements own.
///
/// A comment belongs to the element it stands directly above, or to the one above it when it is indented deeper than
/// that; every other comment and every blank line is a gap.
struct BlockLayout {
  struct Element {
    /// The key; nil in lists.
    var name: String?
    var node: Node
    var gap: Range<Int>
    /// The lines of comment directly above.
    var lead: Range<Int>
    /// The key or the dash.
    var start: Int
    /// Just behind the colon or the dash.
    var intro: Int
    /// Behind the last line that means something.
    var contentEnd: Int
    /// Behind the comments below it that are its own.
    var end: Int
  }

  let isMapping: Bool
  let column: Int
  let start: Int
  /// The first element stands on the line of the dash that introduces the whole.
  let isInline: Bool
  private(set) var elements: [Element] = []

  var end: Int { elements.last?.end ?? start }

  /// nil when the node is none of this kind, or holds what is written elsewhere, such as merged members.
  ///
  /// `intro` is where what introduces the node ends, `limit` the line that something else begins on.
  init?(_ node: Node, intro: Int, limit: Int, _ lines: SourceLines) {
    guard let nodeStart = lines.offset(node.start), nodeStart >= intro, nodeStart < limit else { return nil }
    let inside = lines.skipProperties(nodeStart)
    let first: Int
    switch node.content {
    case .scalar: return nil
    case .mapping(let entries):
      guard let entry = entries.first, let name = lines.offset(entry.nameStart), name == nodeStart || name == inside
      else { return nil }
      isMapping = true
      first = name
    case .sequence(let items):
      guard !items.isEmpty, Self.isDash(inside, lines) else { return nil }
      isMapping = false
      first = inside
    }
    column = lines.column(of: first)
    let firstLine = lines.lineStart(of: first)
    isInline = firstLine < intro
    if isInline {
      start = first
    } else {
      guard lines.text[firstLine..<first].allSatisfy({ $0 == UInt8(ascii: " ") }) else { return nil }
      start = intro == 0 ? firstLine : Self.backOverRemarks(from: firstLine, to: lines.lineEnd(of: intro), lines)
    }
    guard let starts = Self.starts(node, first, column, limit, lines) else { return nil }
    var previousEnd = start
    for (index, element) in starts.enumerated() {
      let boundary = index + 1 < starts.count ? lines.lineStart(of: starts[index + 1].start) : limit
      let line = index == 0 && isInline ? element.start : lines.lineStart(of: element.start)
      guard boundary > element.start, previousEnd <= line else { return nil }
      let lead = Self.lead(above: line, from: previousEnd, lines)
      guard let contentEnd = Self.contentEnd(element, boundary, column, lines) else { return nil }
      let end = Self.ownRemarks(below: contentEnd, to: boundary, column, lines)
      elements.append(
        Element(
          name: element.name, node: element.node, gap: previousEnd..<lead, lead: lead..<line, start: element.start,
          intro: element.intro, contentEnd: contentEnd, end: end))
      previousEnd = end
    }
  }

  private struct Start {
    var name: String?
    var node: Node
    var start: Int
    var intro: Int
    /// Where the value ends as far as its marks tell.
    var valueEnd: Int
  }

  private static func isDash(_ offset: Int, _ lines: SourceLines) -> Bool {
    guard offset < lines.text.count, lines.text[offset] == UInt8(ascii: "-") else { return false }
    return offset + 1 == lines.text.count || isSpace(lines.text[offset + 1])
  }

  private static func starts(
    _ node: Node, _ first: Int, _ column: Int, _ limit: Int, _ lines: SourceLines
  ) -> [Start]? {
    var found: [Start] = []
    func end(_ node: Node, _ intro: Int) -> Int {
      guard let end = lines.offset(node.end), end >= intro, end <= limit else { return intro }
      return end
    }
    for entry in node.mapping ?? [] {
      guard let start = lines.offset(entry.nameStart), var colon = lines.offset(entry.nameEnd), colon < limit,
        start >= (found.last?.intro ?? first), lines.column(of: start) == column
      else { return nil }
      while colon < limit, lines.text[colon] == UInt8(ascii: " ") { colon += 1 }
      guard colon < limit, lines.text[colon] == UInt8(ascii: ":") else { return nil }
      let value = end(entry.value, colon + 1)
      found.append(Start(name: entry.name, node: entry.value, start: start, intro: colon + 1, valueEnd: value))
    }
    var dash = first
    for (index, item) in (node.sequence ?? []).enumerated() {
      if index > 0 {
        guard let next = nextDash(after: found[index - 1].valueEnd, column, limit, lines) else { return nil }
        dash = next
      }
      guard let start = lines.offset(item.start), start > dash else { return nil }
      found.append(Start(name: nil, node: item, start: dash, intro: dash + 1, valueEnd: end(item, dash + 1)))
    }
    return found
  }

  private static func nextDash(after offset: Int, _ column: Int, _ limit: Int, _ lines: SourceLines) -> Int? {
    var line = lines.column(of: offset) == 0 ? offset : lines.lineEnd(of: offset)
    while line < limit {
      let end = lines.lineEnd(of: line)
      if case .content(column) = lines.kind(line..<end) {
        return isDash(line + column, lines) ? line + column : nil
      }
      line = end
    }
    return nil
  }

  /// The start of the blank lines and comments that end at a line.
  private static func backOverRemarks(from line: Int, to limit: Int, _ lines: SourceLines) -> Int {
    back(from: line, to: limit, lines) { if case .content = $0 { false } else { true } }
  }

  /// The start of the comments that end at a line.
  private static func lead(above line: Int, from limit: Int, _ lines: SourceLines) -> Int {
    back(from: line, to: limit, lines) { if case .comment = $0 { true } else { false } }
  }

  /// The start of the lines of a kind that end at a line.
  private static func back(
    from line: Int, to limit: Int, _ lines: SourceLines, over isWanted: (SourceLines.LineKind) -> Bool
  ) -> Int {
    var line = line
    while line > limit {
      let previous = lines.lineStart(of: line - 1)
      guard previous >= limit, isWanted(lines.kind(previous..<line)) else { break }
      line = previous
    }
    return line
  }

  private static func contentEnd(_ element: Start, _ boundary: Int, _ column: Int, _ lines: SourceLines) -> Int? {
    var base = element.valueEnd
    if base > element.intro, lines.column(of: base) == 0 {
      // A text block reaches to the next line with something on it; unless it keeps them, blank lines are not its own.
      if !keepsBlankLines(element.node, lines) { base = backOverBlanks(from: base, to: element.intro, lines) }
    } else {
      base = lines.lineEnd(of: base)
    }
    guard base <= boundary else { return nil }
    let end = backOverRemarks(from: boundary, to: base, lines)
    for line in lines.lines(base..<end) {
      // The end of something that is written elsewhere may be here; another member of this mapping may not.
      guard case .content(let place) = lines.kind(line) else { continue }
      if place > column || (place == column && element.name != nil && isDash(line.lowerBound + place, lines)) {
        continue
      }
      return nil
    }
    return end
  }

  private static func backOverBlanks(from line: Int, to limit: Int, _ lines: SourceLines) -> Int {
    var line = line
    while line > limit {
      let previous = lines.lineStart(of: line - 1)
      guard previous > limit, lines.kind(previous..<line) == .blank else { break }
      line = previous
    }
    return line
  }

  private static func keepsBlankLines(_ node: Node, _ lines: SourceLines) -> Bool {
    switch node.content {
    case .mapping(let entries):
      guard let last = entries.max(by: { $0.value.end < $1.value.end }) else { return false }
      return keepsBlankLines(last.value, lines)
    case .sequence(let items): return items.last.map { keepsBlankLines($0, lines) } ?? false
    case .scalar(let scalar):
      guard scalar.style == .block, let start = lines.offset(node.start) else { return false }
      return lines.text[start..<lines.lineEnd(of: start)].prefix { $0 != UInt8(ascii: "#") }
        .contains(UInt8(ascii: "+"))
    }
  }

  private static func ownRemarks(below line: Int, to limit: Int, _ column: Int, _ lines: SourceLines) -> Int {
    var line = line
    while line < limit {
      let end = lines.lineEnd(of: line)
      guard case .comment(let place) = lines.kind(line..<end), place > column else { break }
      line = end
    }
    return line
  }
}
