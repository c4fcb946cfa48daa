import MeshCodec
import MeshModel
import YAML

/// Writes the text of a tree again with other content: what says the same as before stays byte for byte.
struct TextRewriter {
  let lines: SourceLines
  let style: TextStyle
  /// Writes out what stands for a text elsewhere, so that neither changes with the other.
  let expandsAliases: Bool

  func rewrite(_ root: Node, to new: Value) -> [UInt8]? {
    let text = lines.text
    if let layout = BlockLayout(root, intro: 0, limit: text.count, lines) {
      guard let region = block(layout, to: new) else { return nil }
      return text[..<layout.start] + region + text[layout.end...]
    }
    guard let start = lines.offset(root.start), let end = lines.offset(root.end), FlowLayout(root, lines) != nil else {
      return nil
    }
    return text[..<start] + flow(root, start..<end, to: new, .line(space: true)) + text[end...]
  }

  func isUnchanged(_ node: Node, _ range: Range<Int>, _ new: Value) -> Bool {
    guard Value(node).saysTheSame(as: new) else { return false }
    return !expandsAliases || !mayHoldAlias(range)
  }

  private func mayHoldAlias(_ range: Range<Int>) -> Bool {
    range.contains { lines.text[$0] == UInt8(ascii: "*") }
  }

  // MARK: Blocks

  /// The text of a block's region; nil when it does not stay a block of this kind.
  private func block(_ layout: BlockLayout, to new: Value) -> [UInt8]? {
    switch new {
    case .object(let members):
      guard layout.isMapping, !members.isEmpty else { return nil }
      return block(layout, ElementPlan(keys: layout.elements.map { $0.name ?? "" }, to: members))
    case .array(let items):
      guard !layout.isMapping, !items.isEmpty else { return nil }
      return block(layout, ElementPlan(items: layout.elements.map { Value($0.node) }, to: items))
    case .null, .bool, .integer, .number, .string: return nil
    }
  }

  private func block(_ layout: BlockLayout, _ plan: ElementPlan) -> [UInt8] {
    let text = lines.text
    var out: [UInt8] = []
    // Comments of elements that went, which were not about them alone.
    var left: [UInt8] = []
    var previous: Int?
    var isFirst = true
    func begin(_ above: [UInt8]) {
      if isFirst, layout.isInline {
        if above.isEmpty { return }
        out += newline
      }
      out += above
      out += Array(repeating: UInt8(ascii: " "), count: layout.column)
    }
    for step in plan.steps {
      switch step {
      case .drop(let old):
        let element = layout.elements[old]
        if old > 0, lines.hasComment(element.gap) { left += text[element.gap] }
        continue
      case .keep(let old, let value):
        let element = layout.elements[old]
        let gap = gap(layout, isFirst: isFirst, old: old, behind: previous)
        begin(left + gap + text[element.lead])
        out += body(element, layout, value)
        previous = old
      case .add(let key, let value, let replaced):
        let lead = replaced.map { Array(text[layout.elements[$0].lead]) } ?? []
        begin(left + gap(layout, isFirst: isFirst, old: nil, behind: previous) + lead)
        var new = NewText(style)
        if let key {
          new.appendMember(key, value, column: layout.column)
        } else {
          new.appendItem(value, column: layout.column)
        }
        let remark = replaced.map { self.remark(of: layout.elements[$0]) } ?? []
        out += remark.isEmpty ? new.bytes : insert(remark, in: new.bytes, layout)
        previous = nil
      }
      left = []
      isFirst = false
    }
    return out + left
  }

  private func gap(_ layout: BlockLayout, isFirst: Bool, old: Int?, behind previous: Int?) -> [UInt8] {
    let elements = layout.elements
    var gap: [UInt8] = []
    // What stands above all of them stays there.
    if isFirst { gap = Array(lines.text[elements[0].gap]) }
    if let old, old > 0 {
      let own = elements[old].gap
      let staysBehind = layout.isMapping || previous == old - 1
      if lines.hasComment(own) || (staysBehind && !isFirst) { return gap + lines.text[own] }
    }
    if isFirst || layout.isMapping { return gap }
    let parted = elements.dropFirst().count { !$0.gap.isEmpty }
    return gap + (parted * 2 >= elements.count && parted > 0 ? newline : [])
  }

  private var newline: [UInt8] { Array((style.hasReturns ? "\r\n" : "\n").utf8) }

  /// An element from its key or dash to the end of its lines.
  private func body(_ element: BlockLayout.Element, _ layout: BlockLayout, _ new: Value) -> [UInt8] {
    let text = lines.text
    if isUnchanged(element.node, element.intro..<element.end, new) { return Array(text[element.start..<element.end]) }
    if let inner = BlockLayout(element.node, intro: element.intro, limit: element.contentEnd, lines) {
      if let region = block(inner, to: new) {
        var head = Array(text[element.start..<inner.start])
        if region.starts(with: newline) { while head.last == UInt8(ascii: " ") { head.removeLast() } }
        return head + region + text[inner.end..<element.end]
      }
      var remarks: [UInt8] = []
      for part in inner.elements where lines.hasComment(part.gap) { remarks += text[part.gap] }
      return renewed(element, layout, new) + remarks + text[element.contentEnd..<element.end]
    }
    if let block = textBlock(element, layout, new) { return block }
    guard let start = lines.offset(element.node.start), let end = lines.offset(element.node.end),
      start >= element.intro,
      end <= element.contentEnd, isWithinLines(element.node, start)
    else { return renewed(element, layout, new) + text[element.contentEnd..<element.end] }
    return inLine(element, layout, start..<end, new)
  }

  /// A text block with another text, as far in as before; nil when it does not stay one.
  private func textBlock(_ element: BlockLayout.Element, _ layout: BlockLayout, _ new: Value) -> [UInt8]? {
    guard element.node.scalar?.style == .block, case .string(let text) = new, text.utf8.contains(UInt8(ascii: "\n")),
      let start = lines.offset(element.node.start), start >= element.intro, start < element.contentEnd,
      [UInt8(ascii: "|"), UInt8(ascii: ">")].contains(lines.text[start])
    else { return nil }
    let header = start..<lines.lineEnd(of: start)
    let first = lines.lines(header.upperBound..<Swift.max(element.contentEnd, header.upperBound)).first {
      lines.kind($0) != .blank
    }
    guard let first else { return nil }
    let indent = lines.text[first].prefix { $0 == UInt8(ascii: " ") }.count
    let (line, block) = NewText.leaf(new, indent: indent)
    guard !block.isEmpty, indent > layout.column else { return nil }
    var written = NewText(style)
    written.appendLines(block)
    let head = lines.text[element.start..<start] + line + remark(header) + newline
    return head + written.bytes + lines.text[element.contentEnd..<element.end]
  }

  /// Whether a value is a scalar, alias or flow collection, whose marks are its ends.
  private func isWithinLines(_ node: Node, _ start: Int) -> Bool {
    if let scalar = node.scalar, scalar.style == .block {
      return start < lines.text.count && lines.text[start] == UInt8(ascii: "*")
    }
    if node.scalar != nil { return true }
    let inside = lines.skipProperties(start)
    guard inside < lines.text.count else { return false }
    return [UInt8(ascii: "*"), UInt8(ascii: "{"), UInt8(ascii: "[")].contains(lines.text[inside])
  }

  private func inLine(
    _ element: BlockLayout.Element, _ layout: BlockLayout, _ range: Range<Int>, _ new: Value
  ) -> [UInt8] {
    let text = lines.text
    var head = Array(text[element.start..<range.lowerBound])
    if range.isEmpty { head.append(UInt8(ascii: " ")) }
    let tail = text[range.upperBound..<element.end]
    if let inner = FlowLayout(element.node, lines), !inner.elements.isEmpty, !new.isLeaf {
      return head + flow(element.node, range, to: new, .line(space: true)) + tail
    }
    if new.isLeaf {
      let indent = layout.column + (layout.isMapping ? style.step : style.dashWidth)
      if let quoted = scalar(element.node, range, new, inFlow: false) { return head + quoted + tail }
      let (line, block) = NewText.leaf(new, indent: Swift.max(indent, 1))
      if block.isEmpty { return head + line + tail }
      let end = Swift.min(lines.lineEnd(of: range.upperBound), element.end)
      var written = NewText(style)
      written.appendLines(block)
      return head + line + text[range.upperBound..<end] + written.bytes + text[end..<element.end]
    }
    let end = Swift.min(lines.lineEnd(of: range.upperBound), element.end)
    return renewed(element, layout, new, remark: remark(range.upperBound..<end)) + text[end..<element.end]
  }

  /// The element with its value written anew, to the end of its content.
  private func renewed(
    _ element: BlockLayout.Element, _ layout: BlockLayout, _ new: Value, remark given: [UInt8]? = nil
  ) -> [UInt8] {
    let introLine = element.intro..<Swift.min(lines.lineEnd(of: element.intro), element.contentEnd)
    let start = lines.offset(element.node.start) ?? introLine.upperBound
    let isBelow = start >= introLine.upperBound || start < element.intro
    var remark = given ?? []
    if remark.isEmpty, isBelow || hasProperties(start) { remark = self.remark(introLine) }
    var written = NewText(style)
    if layout.isMapping {
      written.appendBehindKey(new, column: layout.column)
    } else {
      written.appendBehindDash(new, column: layout.column)
    }
    var value = written.bytes
    if !remark.isEmpty { value = insert(remark, in: value, layout) }
    return lines.text[element.start..<element.intro] + value
  }

  private func hasProperties(_ start: Int) -> Bool {
    lines.text[start] == UInt8(ascii: "&") || lines.text[start] == UInt8(ascii: "!")
  }

  /// The comment behind a value that is written on the line of its key.
  private func remark(of element: BlockLayout.Element) -> [UInt8] {
    let line = element.intro..<Swift.min(lines.lineEnd(of: element.intro), element.contentEnd)
    guard let end = lines.offset(element.node.end), line.contains(end) else { return [] }
    return remark(end..<line.upperBound)
  }

  /// The comment of a stretch of one line, with the space before it.
  private func remark(_ range: Range<Int>) -> [UInt8] {
    guard let hash = range.first(where: { lines.text[$0] == UInt8(ascii: "#") && isSpace(lines.text[$0 - 1]) }) else {
      return []
    }
    var start = hash
    while start > range.lowerBound, lines.text[start - 1] == UInt8(ascii: " ") { start -= 1 }
    return lines.text[start..<range.upperBound].filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
  }

  /// Puts a comment behind the first line of a value, or on the line of the dash that introduces it.
  private func insert(_ remark: [UInt8], in value: [UInt8], _ layout: BlockLayout) -> [UInt8] {
    let end = value.firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? value.endIndex
    let isCollectionBehindDash = !layout.isMapping && value.contains(UInt8(ascii: ":"))
    guard isCollectionBehindDash else { return value[..<end] + remark + value[end...] }
    let indent = Array(repeating: UInt8(ascii: " "), count: layout.column + style.dashWidth)
    return remark + newline + indent + value.drop { $0 == UInt8(ascii: " ") }
  }

  // MARK: Braces and brackets

  private func flow(_ node: Node, _ range: Range<Int>, to new: Value, _ outer: NewText.FlowLayout) -> [UInt8] {
    if isUnchanged(node, range, new) { return Array(lines.text[range]) }
    if let layout = FlowLayout(node, lines), !layout.elements.isEmpty {
      let plan: ElementPlan?
      switch new {
      case .object(let members) where layout.isMapping && !members.isEmpty:
        plan = ElementPlan(keys: layout.elements.map { $0.name ?? "" }, to: members)
      case .array(let items) where !layout.isMapping && !items.isEmpty:
        plan = ElementPlan(items: layout.elements.map { Value($0.node) }, to: items)
      case .null, .bool, .integer, .number, .string, .object, .array: plan = nil
      }
      if let plan { return lines.text[range.lowerBound..<layout.range.lowerBound] + flow(layout, plan) }
    }
    if let quoted = scalar(node, range, new, inFlow: true) { return quoted }
    var written = NewText(style)
    written.appendFlow(new, outer)
    return written.bytes
  }

  private func flow(_ layout: FlowLayout, _ plan: ElementPlan) -> [UInt8] {
    let text = lines.text
    let elements = layout.elements
    let manner = manner(layout)
    var out: [UInt8] = [text[layout.range.lowerBound]]
    var left: [UInt8] = []
    var isFirst = true
    func prefix(_ old: Int?) -> [UInt8] {
      if let old, lines.hasComment(elements[old].prefix) { return Array(text[elements[old].prefix]) }
      if isFirst { return text[elements[0].prefix].filter(isSpace) }
      if let old, old > 0 { return Array(text[elements[old].prefix]) }
      if elements.count > 1, !lines.hasComment(elements[1].prefix) { return Array(text[elements[1].prefix]) }
      if case .line(let space) = manner { return space ? [UInt8(ascii: " ")] : [] }
      return text[elements[0].prefix].filter(isSpace)
    }
    for step in plan.steps {
      let before = left
      if case .drop(let old) = step {
        if lines.hasComment(elements[old].prefix) { left += text[elements[old].prefix] }
        continue
      }
      left = []
      if !isFirst { out.append(UInt8(ascii: ",")) }
      out += before
      switch step {
      case .drop: break
      case .keep(let old, let value):
        out += prefix(old)
        out += core(elements[old], value, manner.inner)
        if old + 1 < elements.count { out += text[elements[old].suffix] }
      case .add(let key, let value, _):
        out += prefix(nil)
        var new = NewText(style)
        if let key { new.appendFlowMember(key, value, manner) } else { new.appendFlow(value, manner.inner) }
        out += new.bytes
      }
      isFirst = false
    }
    let closing = elements[elements.count - 1].suffix
    return out + left + text[closing] + [text[layout.range.upperBound - 1]]
  }

  private func manner(_ layout: FlowLayout) -> NewText.FlowLayout {
    let first = layout.elements[0]
    if first.prefix.contains(where: { lines.text[$0] == UInt8(ascii: "\n") }) {
      let column = lines.column(of: first.core.lowerBound)
      let line = lines.lineStart(of: layout.range.lowerBound)
      let outer = lines.text[line...].prefix { $0 == UInt8(ascii: " ") }.count
      return .lines(column: column, step: Swift.max(column - outer, 1))
    }
    if layout.elements.count > 1 { return .line(space: !layout.elements[1].prefix.isEmpty) }
    return .line(space: !style.isJSON || lines.text[..<first.core.upperBound].contains(UInt8(ascii: " ")))
  }

  private func core(_ element: FlowLayout.Element, _ new: Value, _ manner: NewText.FlowLayout) -> [UInt8] {
    let text = lines.text
    if isUnchanged(element.node, element.core, new) { return Array(text[element.core]) }
    var head = Array(text[element.core.lowerBound..<element.value.lowerBound])
    if element.value.isEmpty {
      if head.last != UInt8(ascii: ":") { head.append(UInt8(ascii: ":")) }
      head.append(UInt8(ascii: " "))
    }
    return head + flow(element.node, element.value, to: new, manner)
  }

  // MARK: Scalars

  /// A string in the quotes that the old one had; nil when it had none, or they do not do.
  private func scalar(_ node: Node, _ range: Range<Int>, _ new: Value, inFlow: Bool) -> [UInt8]? {
    guard node.scalar?.style == .quoted, case .string(let value) = new, !range.isEmpty else { return nil }
    switch lines.text[range.lowerBound] {
    case UInt8(ascii: "\""): return JSONText.bytes(of: .string(value))
    case UInt8(ascii: "'"):
      guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return nil }
      var quoted: [UInt8] = [UInt8(ascii: "'")]
      for byte in value.utf8 {
        if byte == UInt8(ascii: "'") { quoted.append(byte) }
        quoted.append(byte)
      }
      return quoted + [UInt8(ascii: "'")]
    default: return nil
    }
  }
}

extension Value {
  /// Nothing with elements in it.
  fileprivate var isLeaf: Bool {
    switch self {
    case .object(let members): members.isEmpty
    case .array(let items): items.isEmpty
    case .null, .bool, .integer, .number, .string: true
    }
  }
}
