package import MeshModel

/// What an API server writes into a field that nobody wrote: where, what, and under which condition.
package struct FieldDefault: Sendable {
  private let steps: [Step]
  private let source: Source
  private let condition: Condition

  private enum Step {
    case member(String)
    case elements
  }

  package enum Source: Sendable {
    case value(Value)
    /// What a neighbour of the field says.
    case neighbour(String)
    /// `Always` for an image of the tag `latest` or of none, `IfNotPresent` for any other.
    case pullPolicy
  }

  /// What the neighbours of the field must be for the default to hold.
  package enum Condition: Sendable {
    case always
    case neighbour(String, is: String)
    case present(String)
  }

  /// The path is written as `spec.ports[].protocol`: `[]` stands for every element of a list.
  init(_ path: String, _ source: Source, when condition: Condition = .always) {
    var steps: [Step] = []
    for part in path.utf8.split(separator: UInt8(ascii: ".")) {
      var name = String(Substring(part))
      let isList = name.utf8.last == UInt8(ascii: "]")
      if isList { name.removeLast(2) }
      steps.append(.member(name))
      if isList { steps.append(.elements) }
    }
    self.steps = steps
    self.source = source
    self.condition = condition
  }

  init(_ path: String, _ text: String, when condition: Condition = .always) {
    self.init(path, .value(.string(text)), when: condition)
  }

  init(_ path: String, _ number: Int64, when condition: Condition = .always) {
    self.init(path, .value(.integer(number)), when: condition)
  }

  init(_ path: String, _ flag: Bool, when condition: Condition = .always) {
    self.init(path, .value(.bool(flag)), when: condition)
  }

  init(_ path: String, _ members: [(String, Value)], when condition: Condition = .always) {
    let object = Value.object(members.map { Value.Member(key: $0.0, value: $0.1) })
    self.init(path, .value(object), when: condition)
  }

  /// The value with this field written out wherever what holds it is there and it is not.
  package func filled(in value: Value) -> Value { fill(value, steps[...]) }

  private func fill(_ value: Value, _ rest: ArraySlice<Step>) -> Value {
    switch (rest.first, value) {
    case (.member(let key), .object(var members)):
      if let place = members.firstIndex(where: { $0.key == key }) {
        guard rest.count > 1 else { return value }
        members[place].value = fill(members[place].value, rest.dropFirst())
      } else {
        guard rest.count == 1, holds(among: value), let filled = source(among: value) else { return value }
        members.append(Value.Member(key: key, value: filled))
      }
      return .object(members)
    case (.elements, .array(let elements)):
      return .array(elements.map { fill($0, rest.dropFirst()) })
    case (.member, _), (.elements, _), (nil, _): return value
    }
  }

  private func holds(among neighbours: Value) -> Bool {
    switch condition {
    case .always: true
    case .neighbour(let key, let text): neighbours[key] == .string(text)
    case .present(let key): neighbours[key] != nil
    }
  }

  private func source(among neighbours: Value) -> Value? {
    switch source {
    case .value(let value): return value
    case .neighbour(let key): return neighbours[key]
    case .pullPolicy:
      guard case .string(let image) = neighbours["image"] else { return nil }
      return .string(Self.isLatest(image) ? "Always" : "IfNotPresent")
    }
  }

  /// An image by digest without a tag is not the latest one.
  private static func isLatest(_ image: String) -> Bool {
    let isDigest = image.utf8.contains(UInt8(ascii: "@"))
    let name = image.utf8.prefix { $0 != UInt8(ascii: "@") }
    let last = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last ?? name[...]
    let parts = last.split(separator: UInt8(ascii: ":"), maxSplits: 1)
    if parts.count == 2 { return parts[1].elementsEqual("latest".utf8) }
    return !isDigest
  }
}
