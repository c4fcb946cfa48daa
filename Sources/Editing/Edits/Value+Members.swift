package import MeshModel

/// Content as it would be with a member changed.
extension Value {
  package func setting(_ path: [String], to value: Value) -> Value {
    var result = self
    result.set(path, to: value)
    return result
  }

  /// Objects that are empty without the member go too.
  package func removing(_ path: [String]) -> Value {
    var result = self
    result.set(path, to: nil)
    return result
  }

  package var isEmptyCollection: Bool {
    switch self {
    case .object(let members): members.isEmpty
    case .array(let elements): elements.isEmpty
    case .null, .bool, .integer, .number, .string: false
    }
  }

  /// The text of a scalar, as a person would write it; nil for what has parts.
  package var scalarText: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .bool(let flag): flag ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}
