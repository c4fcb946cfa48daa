package import Diagnostics

extension Node {
  /// What a field path leads to.
  package struct Place: Sendable {
    /// The member the path ends at, with the place of its key; nil at the root and in sequences.
    package var entry: Entry?
    package var node: Node

    /// From the key, if there is one, to the end of the value.
    package func span(file: String) -> SourceSpan {
      let start = entry?.nameStart ?? node.start
      return SourceSpan(file: file, start: start.position, end: Swift.max(node.end, start).position)
    }

    /// The key alone, or the value where there is no key: the stretch to underline.
    package func nameSpan(file: String) -> SourceSpan { entry?.nameSpan(file: file) ?? node.span(file: file) }
  }

  /// The field of a path such as `spec.http[0].match[1].uri` or `metadata.labels[app.kubernetes.io/name]`.
  package func at(_ path: String) -> Place? {
    let (place, isComplete) = follow(path)
    return isComplete ? place : nil
  }

  /// The deepest part of the path that exists: where to report that the rest is missing.
  package func nearest(_ path: String) -> Place { follow(path).place }

  private func follow(_ path: String) -> (place: Place, isComplete: Bool) {
    var place = Place(entry: nil, node: self)
    for step in FieldPathSteps(path) {
      switch place.node.content {
      case .scalar:
        return (place, false)
      case .sequence(let items):
        guard let index = Int(step), items.indices.contains(index) else { return (place, false) }
        place = Place(entry: nil, node: items[index])
      case .mapping(let entries):
        guard let entry = entries.first(where: { $0.name.utf8.elementsEqual(step.utf8) }) else {
          return (place, false)
        }
        place = Place(entry: entry, node: entry.value)
      }
    }
    return (place, true)
  }
}

/// The steps of a field path: names parted by dots, and indexes or map keys in brackets.
private struct FieldPathSteps: Sequence, IteratorProtocol {
  private var rest: Substring.UTF8View

  init(_ path: String) { rest = path[...].utf8 }

  mutating func next() -> Substring? {
    if rest.first == UInt8(ascii: ".") { rest.removeFirst() }
    guard let first = rest.first else { return nil }
    if first == UInt8(ascii: "[") {
      rest.removeFirst()
      let end = rest.firstIndex(of: UInt8(ascii: "]")) ?? rest.endIndex
      defer { rest = rest[end...].dropFirst() }
      return Substring(rest[..<end])
    }
    let end = rest.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") } ?? rest.endIndex
    defer { rest = rest[end...] }
    return Substring(rest[..<end])
  }
}
