package import YAML

/// A value of a decoded object and the way to it, absent or not.
///
/// What is read from it is what a protocol buffer has: an absent number is 0, an absent text is empty.
package struct Part {
  /// The deepest value that exists on the way.
  package let near: Node
  private let isFound: Bool
  package let path: FieldPath?

  package init(root: Node) {
    near = root
    isFound = true
    path = nil
  }

  private init(_ near: Node, isFound: Bool, _ path: FieldPath) {
    self.near = near
    self.isFound = isFound
    self.path = path
  }

  /// nil when there is no such value.
  package var node: Node? { isFound ? near : nil }

  /// A text that is not empty.
  package var hasText: Bool { !text.utf8.isEmpty }

  /// Null is the same as nothing.
  package var isPresent: Bool { isFound && !near.isNull }
  package var isAbsent: Bool { !isPresent }

  package subscript(name: String) -> Part {
    if isFound, let value = near[name] { return Part(value, isFound: true, FieldPath(path, .name(name))) }
    return Part(near, isFound: false, FieldPath(path, .name(name)))
  }

  /// The items of a list.
  package var items: [Part] {
    guard isFound, let sequence = near.sequence else { return [] }
    return sequence.indices.map { Part(sequence[$0], isFound: true, FieldPath(path, .index($0))) }
  }

  package var count: Int {
    guard isFound else { return 0 }
    switch near.content {
    case .sequence(let items): return items.count
    case .mapping(let entries): return entries.count
    case .scalar: return 0
    }
  }

  package var isEmpty: Bool { count == 0 }

  /// The members of a map.
  package var members: [(key: String, value: Part)] {
    guard isFound, let mapping = near.mapping else { return [] }
    return mapping.map { ($0.name, Part($0.value, isFound: true, FieldPath(path, .key($0.name)))) }
  }

  /// The text of a string, a word or a duration.
  package var text: String {
    isFound ? near.string ?? "" : ""
  }

  /// The scalar as it was written.
  package var literal: String { node?.scalar?.text ?? "" }

  package var number: Int64 {
    switch node?.resolved {
    case .int(let value): value
    case .float(let value): Int64(clamping: value)
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

extension Int64 {
  /// The whole part, or the nearest end of the range; 0 for what is no number.
  fileprivate init(clamping value: Double) {
    guard value.isFinite else {
      self = 0
      return
    }
    self = value >= 0x1p63 ? .max : value <= -0x1p63 ? .min : Int64(value)
  }
}
