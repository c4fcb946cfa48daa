import MeshModel
import YAML

extension String: FieldValue {
  static func read(_ node: Node, _ context: DecodingContext) -> String? {
    if case .scalar(let scalar) = node.content {
      if scalar.style != .plain, scalar.tag == .none { return scalar.text }
      if case .string(let text) = scalar.resolved { return text }
    }
    context.report(.wrongType(expected: .string, node), at: node)
    return nil
  }

  var written: Value { .string(self) }
  var isZero: Bool { isEmpty }
}

extension Bool: FieldValue {
  static func read(_ node: Node, _ context: DecodingContext) -> Bool? {
    if case .bool(let value) = node.resolved { return value }
    context.report(.wrongType(expected: .boolean, node), at: node)
    return nil
  }

  var written: Value { .bool(self) }
  var isZero: Bool { !self }
}

/// `int32` of protobuf and Kubernetes, which is as wide as any signed number of theirs that matters here.
extension Int: FieldValue {
  static func read(_ node: Node, _ context: DecodingContext) -> Int? {
    wholeNumber(node, context, Int64(Int32.min)...Int64(Int32.max)).map { Int($0) }
  }

  var written: Value { .integer(Int64(self)) }
  var isZero: Bool { self == 0 }
}

/// `uint64` of protobuf, as far as a signed number goes.
extension Int64: FieldValue {
  static func read(_ node: Node, _ context: DecodingContext) -> Int64? {
    wholeNumber(node, context, 0...Int64.max)
  }

  var written: Value { .integer(self) }
  var isZero: Bool { self == 0 }
}

extension UInt32: FieldValue {
  static func read(_ node: Node, _ context: DecodingContext) -> UInt32? {
    wholeNumber(node, context, 0...Int64(UInt32.max)).map { UInt32($0) }
  }

  var written: Value { .integer(Int64(self)) }
  var isZero: Bool { self == 0 }
}

extension Double: FieldValue {
  static func read(_ node: Node, _ context: DecodingContext) -> Double? {
    switch number(node, context) {
    case .int(let value): return Double(value)
    case .float(let value) where value.isFinite: return value
    case .float, .null, .bool, .string, nil:
      context.report(.wrongType(expected: .number, node), at: node)
      return nil
    }
  }

  var written: Value {
    if let whole = Int64(exactly: self) { return .integer(whole) }
    return .number(self)
  }
  var isZero: Bool { self == 0 }
}

extension ProtoDuration: FieldValue {
  static func read(_ node: Node, _ context: DecodingContext) -> ProtoDuration? {
    guard let text = node.string else {
      context.report(.wrongType(expected: .duration, node), at: node)
      return nil
    }
    guard let nanoseconds = DurationText.nanoseconds(of: text) else {
      context.report(.badDuration(text), at: node)
      return nil
    }
    var value = ProtoDuration()
    value.nanoseconds = nanoseconds
    return value
  }

  var written: Value { .string(DurationText.text(ofNanoseconds: nanoseconds)) }
  var isZero: Bool { nanoseconds == 0 }
}

extension Array: FieldValue where Element: FieldValue {
  static func read(_ node: Node, _ context: DecodingContext) -> [Element]? {
    guard case .sequence(let items) = node.content else {
      context.report(.wrongType(expected: .list, node), at: node)
      return nil
    }
    var values: [Element] = []
    values.reserveCapacity(items.count)
    for index in items.indices {
      context.path.append(.index(index))
      if let value = Element.read(items[index], context) { values.append(value) }
      context.path.removeLast()
    }
    return values
  }

  var written: Value { .array(map(\.written)) }
  var isZero: Bool { isEmpty }
}

extension Dictionary: FieldValue where Key == String, Value: FieldValue {
  static func read(_ node: Node, _ context: DecodingContext) -> [String: Value]? {
    guard case .mapping(let entries) = node.content else {
      context.report(.wrongType(expected: .object, node), at: node)
      return nil
    }
    var values: [String: Value] = [:]
    values.reserveCapacity(entries.count)
    // A null value is as good as none: the API server removes it.
    for entry in entries where !entry.value.isNull {
      context.path.append(.key(entry.name))
      if let value = Value.read(entry.value, context) { values[entry.name] = value }
      context.path.removeLast()
    }
    return values
  }

  var written: MeshModel.Value {
    let sorted = self.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return .object(sorted.map { MeshModel.Value.Member(key: $0.key, value: $0.value.written) })
  }
  var isZero: Bool { isEmpty }
}

/// jsonpb takes numbers in quotes; the API server does not.
private func number(_ node: Node, _ context: DecodingContext) -> ResolvedScalar? {
  guard let resolved = node.resolved else { return nil }
  guard context.syntax == .protoJSON, case .string(let text) = resolved else { return resolved }
  return Node.Scalar(text, style: .plain).resolved
}

private func wholeNumber(_ node: Node, _ context: DecodingContext, _ range: ClosedRange<Int64>) -> Int64? {
  switch number(node, context) {
  case .int(let value) where range.contains(value):
    return value
  case .int:
    context.report(.outOfRange(node, lowest: "\(range.lowerBound)", highest: "\(range.upperBound)"), at: node)
  case .float(let value) where value.rounded() == value:
    context.report(.outOfRange(node, lowest: "\(range.lowerBound)", highest: "\(range.upperBound)"), at: node)
  case .float, .null, .bool, .string, nil:
    context.report(.wrongType(expected: .integer, node), at: node)
  }
  return nil
}
