import MeshModel
import YAML

// Forms that several kinds share.
extension FieldMap {
  /// `port: {number: …}`; an empty object is port 0.
  mutating func portSelector(_ name: String, _ value: inout UInt32?) {
    presence(name, &value, 0) { fields, number in fields("number", &number) }
  }

  /// `workloadSelector: {labels: …}`.
  mutating func labelSelector(_ name: String, _ value: inout [String: String]?) {
    presence(name, &value, [:]) { fields, labels in fields("labels", &labels) }
  }

  /// Another name for a field, understood but never written.
  mutating func alias(_ name: String, of field: String, _ value: inout String) {
    guard let (node, context) = take(name) else { return }
    context.path.append(.field(name))
    defer { context.path.removeLast() }
    if !value.isEmpty {
      context.report(.secondChoice(name), at: node)
    } else if let text = String.read(node, context) {
      value = text
    }
  }

  /// Members of which at most one may be there, though each has a place of its own.
  mutating func exclusive(_ names: String...) {
    guard let context = reading else { return }
    var isTaken = false
    for name in names {
      guard let entry = entry(name), !entry.value.isNull else { continue }
      if isTaken {
        context.path.append(.field(name))
        context.report(.secondChoice(name), at: entry)
        context.path.removeLast()
      }
      isTaken = true
    }
  }

  /// A map whose keys are port numbers.
  mutating func portMap<T: FieldValue>(_ name: String, _ values: inout [UInt32: T]) {
    if let (node, context) = take(name) {
      context.path.append(.field(name))
      defer { context.path.removeLast() }
      guard case .mapping(let entries) = node.content else {
        context.report(.wrongType(expected: .object, node), at: node)
        return
      }
      for entry in entries where !entry.value.isNull {
        context.path.append(.key(entry.name))
        defer { context.path.removeLast() }
        guard let port = UInt32(entry.name) else {
          context.report(.badPortKey(entry.name), at: entry)
          continue
        }
        if let value = T.read(entry.value, context) { values[port] = value }
      }
    } else if !values.isEmpty {
      let sorted = values.sorted { $0.key < $1.key }
      put(name, .object(sorted.map { Value.Member(key: String($0.key), value: $0.value.written) }))
    }
  }

  /// A map from names to conditions, whose order is kept and whose null values mean something (MT-6).
  mutating func conditions(_ name: String, _ values: inout [NamedMatch]) {
    if let (node, context) = take(name) {
      context.path.append(.field(name))
      defer { context.path.removeLast() }
      guard case .mapping(let entries) = node.content else {
        context.report(.wrongType(expected: .object, node), at: node)
        return
      }
      for entry in entries {
        context.path.append(.key(entry.name))
        defer { context.path.removeLast() }
        var match = NamedMatch()
        match.name = entry.name
        if entry.value.isNull {
          match.condition = .null
        } else if let condition = MatchCondition.read(entry.value, context) {
          match.condition = condition
        }
        values.append(match)
      }
    } else if !values.isEmpty {
      put(name, .object(values.map { Value.Member(key: $0.name, value: $0.condition.written) }))
    }
  }

  /// A name out of a fixed list that is kept as text.
  mutating func name(_ name: String, _ value: inout String, of options: [String]) {
    if let (node, context) = take(name) {
      context.path.append(.field(name))
      defer { context.path.removeLast() }
      if context.syntax == .protoJSON, case .int(let number) = node.resolved, options.indices.contains(Int(number)) {
        value = options[Int(number)]
      } else if let text = String.read(node, context) {
        value = text
        if !options.contains(text) { context.report(.notAnOption(node, options: options), at: node) }
      }
    } else if !value.isEmpty {
      put(name, .string(value))
    }
  }

  /// Content of any shape.
  mutating func anything(_ name: String, _ value: inout Value?) {
    if let (node, _) = take(name) {
      value = Value(node)
    } else if let value {
      put(name, value)
    }
  }
}
