package import YAML

/// A value of a decoded object and the way to it, absent or not.
///
/// What is read from it is what a protocol buffer has: an absent number is 0, an absent text is empty.
package struct Part {
  /// nil when there is no such value.
  package let node: Node?
  /// The deepest value that exists on the way.
  package let near: Node
  package let path: FieldPath?

  package init(root: Node) {
    node = root
    near = root
    path = nil
  }

  private init(_ node: Node?, near: Node, _ path: FieldPath) {
    self.node = node
    self.near = node ?? near
    self.path = path
  }

  /// A text that is not empty.
  package var hasText: Bool { !text.utf8.isEmpty }

  /// Null is the same as nothing.
  package var isPresent: Bool { node.map { !$0.isNull } ?? false }
  package var isAbsent: Bool { !isPresent }

  package subscript(name: String) -> Part { Part(node?[name], near: near, FieldPath(path, .name(name))) }

  /// The items of a list.
  package var items: [Part] {
    guard let sequence = node?.sequence else { return [] }
    return sequence.enumerated().map { Part($1, near: near, FieldPath(path, .index($0))) }
  }

  package var count: Int { node?.sequence?.count ?? node?.mapping?.count ?? 0 }
  package var isEmpty: Bool { count == 0 }

  /// The members of a map.
  package var members: [(key: String, value: Part)] {
    guard let mapping = node?.mapping else { return [] }
    return mapping.map { ($0.name, Part($0.value, near: near, FieldPath(path, .key($0.name)))) }
  }

  /// The text of a string, a word or a duration.
  package var text: String {
    guard case .string(let text) = node?.resolved else { return "" }
    return text
  }

  /// The scalar as it was written.
  package var literal: String { node?.scalar?.text ?? "" }

  package var number: Int64 {
    switch node?.resolved {
    case .int(let value): value
    case .float(let value): value.isFinite ? Int64(clamping: Int128(value)) : 0
    case .null, .bool, .string, nil: 0
    }
  }

  package var decimal: Double {
    switch node?.resolved {
    case .int(let value): Double(value)
    case .float(let value): value
    case .null, .bool, .string, nil: 0
    }
  }

  package var isTrue: Bool { node?.resolved == .bool(true) }

  /// In nanoseconds; the decoder has refused texts that are none.
  package var duration: Int64 { GoDuration.nanoseconds(text) ?? 0 }
}
