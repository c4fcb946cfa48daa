import MeshModel
import YAML

/// What a field can hold: read from a node, written as a value.
protocol FieldValue {
  /// nil after reporting what is wrong.
  static func read(_ node: Node, _ context: DecodingContext) -> Self?
  var written: Value { get }
  /// Whether proto3 leaves this out.
  var isZero: Bool { get }
}

/// An object whose members are fields of a type.
protocol FieldMapped: FieldValue {
  init()
  /// Names every field once, whichever the direction.
  mutating func map(_ fields: inout FieldMap)
}

extension FieldMapped {
  static func read(_ node: Node, _ context: DecodingContext) -> Self? {
    guard case .mapping(let entries) = node.content else {
      context.report(.wrongType(expected: .object, node), at: node)
      return nil
    }
    var fields = FieldMap(reading: entries, in: context)
    var value = Self()
    value.map(&fields)
    fields.reportUnclaimed { names in
      var listing = FieldMap.listing
      var sample = Self()
      sample.map(&listing)
      names = listing.names
    }
    return value
  }

  var written: Value {
    var fields = FieldMap.writing
    var copy = self
    copy.map(&fields)
    return .object(fields.members)
  }

  var isZero: Bool { written == .object([]) }
}

/// An enumeration that is written by name.
protocol FieldEnumeration: FieldValue, RawRepresentable, CaseIterable where RawValue == String {}

extension FieldEnumeration {
  static func read(_ node: Node, _ context: DecodingContext) -> Self? {
    if let text = node.string {
      if let value = allCases.first(where: { $0.rawValue == text }) { return value }
    } else if context.syntax == .protoJSON, case .int(let number) = node.resolved {
      // Cases stand in the order of their proto numbers.
      if let value = allCases.enumerated().first(where: { Int64($0.offset) == number })?.element { return value }
    } else {
      context.report(.wrongType(expected: .string, node), at: node)
      return nil
    }
    context.report(.notAnOption(node, options: allCases.map(\.rawValue)), at: node)
    return nil
  }

  var written: Value { .string(rawValue) }
  var isZero: Bool { false }
}
