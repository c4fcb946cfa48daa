import MeshModel

extension Value {
  /// Whether both say the same, byte for byte; the order of an object's members says nothing.
  func saysTheSame(as other: Value) -> Bool {
    switch (self, other) {
    case (.null, .null): return true
    case (.bool(let a), .bool(let b)): return a == b
    case (.integer(let a), .integer(let b)): return a == b
    case (.number(let a), .number(let b)): return a == b || (a.isNaN && b.isNaN)
    case (.string(let a), .string(let b)): return a.utf8.elementsEqual(b.utf8)
    case (.array(let a), .array(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.saysTheSame(as: $1) }
    case (.object(let a), .object(let b)):
      guard a.count == b.count else { return false }
      for (place, member) in a.enumerated() {
        // Mostly in the same order.
        let candidate = b[place].key.utf8.elementsEqual(member.key.utf8) ? b[place].value : b.member(member.key)
        guard let candidate, member.value.saysTheSame(as: candidate) else { return false }
      }
      return true
    case (.null, _), (.bool, _), (.integer, _), (.number, _), (.string, _), (.array, _), (.object, _):
      return false
    }
  }
}

extension [Value.Member] {
  func member(_ key: String) -> Value? { first { $0.key.utf8.elementsEqual(key.utf8) }?.value }
}
