package import Diagnostics
import Glibc

/// A place in the text of one file, small enough to be kept twice by every node; counted as `SourcePosition` is.
package struct Mark: Hashable, Comparable, Sendable {
  package var line: Int32
  package var column: Int32

  package init(line: Int32, column: Int32) {
    self.line = line
    self.column = column
  }

  /// Where a node stands that was built and not read.
  package static let nowhere = Mark(line: 0, column: 0)

  package var position: SourcePosition { SourcePosition(line: Int(line), column: Int(column)) }

  package static func < (a: Mark, b: Mark) -> Bool {
    a.line == b.line ? a.column < b.column : a.line < b.line
  }
}

/// A value of a YAML or JSON text and the stretch it was read from; aliases and merge keys are already expanded.
///
/// Two nodes are equal when they stand for the same text in the same style at the same place;
/// ``hasSameValue(as:)`` compares what they mean.
package struct Node: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case scalar(Scalar)
    case sequence([Node])
    /// In the order of the text; no two names are the same bytes.
    case mapping([Entry])
  }

  package struct Scalar: Hashable, Sendable {
    package var text: String
    package var style: Style
    package var tag: Tag

    package init(_ text: String, style: Style = .quoted, tag: Tag = .none) {
      self.text = text
      self.style = style
      self.tag = tag
    }
  }

  /// How a scalar was written; only a plain one can be anything but a string.
  package enum Style: UInt8, Hashable, Sendable {
    case plain, quoted, block
  }

  /// The type a scalar was told to have by `!!int` and the like.
  package enum Tag: UInt8, Hashable, Sendable {
    case none, string, int, float, bool, null, timestamp
  }

  /// A member of a mapping.
  package struct Entry: Hashable, Sendable {
    /// The key as JSON would have it: `yes:` reads "true".
    package var name: String
    package var nameStart: Mark
    package var nameEnd: Mark
    package var value: Node

    package init(name: String, nameStart: Mark = .nowhere, nameEnd: Mark = .nowhere, value: Node) {
      self.name = name
      self.nameStart = nameStart
      self.nameEnd = nameEnd
      self.value = value
    }

    /// The stretch of the key alone.
    package func nameSpan(file: String) -> SourceSpan {
      SourceSpan(file: file, start: nameStart.position, end: nameEnd.position)
    }
  }

  package var content: Content
  package var start: Mark
  package var end: Mark

  package init(_ content: Content, start: Mark = .nowhere, end: Mark = .nowhere) {
    self.content = content
    self.start = start
    self.end = end
  }

  package func span(file: String) -> SourceSpan {
    SourceSpan(file: file, start: start.position, end: end.position)
  }
}

// Walking.
extension Node {
  /// The members when this is a mapping.
  package var mapping: [Entry]? {
    guard case .mapping(let entries) = content else { return nil }
    return entries
  }

  /// The items when this is a sequence.
  package var sequence: [Node]? {
    guard case .sequence(let items) = content else { return nil }
    return items
  }

  package var scalar: Scalar? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar
  }

  /// The text when this reads as a string; nil for `8080` and `true`, but not for `"8080"`.
  package var string: String? {
    guard case .scalar(let scalar) = content, case .string(let text) = scalar.resolved else { return nil }
    return text
  }

  /// Whether this reads as null, such as the value of `key:` alone.
  package var isNull: Bool {
    guard case .scalar(let scalar) = content else { return false }
    if scalar.tag == .none {
      // Most scalars are told apart by their style or length.
      if scalar.style != .plain || scalar.text.utf8.count > 4 { return false }
    }
    return scalar.resolved == .null
  }

  /// What a scalar means to kubectl; nil for sequences and mappings.
  package var resolved: ResolvedScalar? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar.resolved
  }

  /// The member of that name, compared by bytes.
  package func entry(_ name: String) -> Entry? {
    guard case .mapping(let entries) = content, let place = entries.place(of: name) else { return nil }
    return entries[place]
  }

  package subscript(name: String) -> Node? {
    guard case .mapping(let entries) = content, let place = entries.place(of: name) else { return nil }
    return entries[place].value
  }

  package subscript(index: Int) -> Node? {
    guard case .sequence(let items) = content, items.indices.contains(index) else { return nil }
    return items[index]
  }
}

// Building.
extension Node {
  package static let null = Node(.scalar(Scalar("null", style: .plain)))

  package static func string(_ text: String) -> Node { Node(.scalar(Scalar(text))) }

  package static func bool(_ value: Bool) -> Node {
    Node(.scalar(Scalar(value ? "true" : "false", style: .plain)))
  }

  package static func int(_ value: Int64) -> Node { Node(.scalar(Scalar(String(value), style: .plain))) }

  /// Infinities and NaN are written as YAML has them; JSON has none.
  package static func float(_ value: Double) -> Node {
    Node(.scalar(Scalar(JSONText.yamlNumber(value), style: .plain, tag: .float)))
  }

  package static func sequence(_ items: [Node]) -> Node { Node(.sequence(items)) }

  package static func mapping(_ entries: [(name: String, value: Node)]) -> Node {
    Node(.mapping(entries.map { Entry(name: $0.name, value: $0.value) }))
  }

  /// Whether both mean the same to a reader, wherever and however they were written; member order counts.
  package func hasSameValue(as other: Node) -> Bool {
    switch (content, other.content) {
    case (.scalar(let a), .scalar(let b)):
      return a.resolved.isSame(as: b.resolved)
    case (.sequence(let a), .sequence(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.hasSameValue(as: $1) }
    case (.mapping(let a), .mapping(let b)):
      return a.count == b.count
        && zip(a, b).allSatisfy { sameBytes($0.name, $1.name) && $0.value.hasSameValue(as: $1.value) }
    case (.scalar, _), (.sequence, _), (.mapping, _):
      return false
    }
  }
}

extension [Node.Entry] {
  /// Where the member of that name stands.
  func place(of name: String) -> Int? {
    let length = name.utf8.count
    // Through the buffer, because entries that are passed over would be copied.
    return withUnsafeBufferPointer { entries in
      var place = 0
      while place < entries.count {
        if entries[place].name.utf8.count == length, sameBytes(entries[place].name, name) { return place }
        place += 1
      }
      return nil
    }
  }
}

/// `==` of strings also equates texts that are canonically equivalent; configuration is bytes.
func sameBytes(_ a: String, _ b: String) -> Bool {
  let same = a.utf8.withContiguousStorageIfAvailable { a in
    b.utf8.withContiguousStorageIfAvailable { b in
      guard a.count == b.count, let first = a.baseAddress, let second = b.baseAddress else { return a.count == b.count }
      return memcmp(first, second, a.count) == 0
    }
  }
  return (same ?? nil) ?? a.utf8.elementsEqual(b.utf8)
}
