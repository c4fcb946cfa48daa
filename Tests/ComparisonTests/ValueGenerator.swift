package import MeshModel

/// Values that resemble specifications, from a seed.
struct ValueGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func bool() -> Bool { next() & 1 == 0 }

  mutating func value(depth: Int) -> Value {
    switch depth == 0 ? below(4) : below(8) {
    case 0: .string("s\(below(4))")
    case 1: .integer(Int64(below(3)))
    case 2: .bool(bool())
    case 3: .null
    case 4, 5: object(depth: depth - 1)
    case 6: named(depth: depth - 1)
    default: .array((0..<below(5)).map { _ in value(depth: depth - 1) })
    }
  }

  private mutating func object(depth: Int) -> Value {
    let keys = ["host", "name", "match", "route", "port"].filter { _ in bool() }
    return .object(keys.map { Value.Member(key: $0, value: value(depth: depth)) })
  }

  /// A list whose elements all have names.
  private mutating func named(depth: Int) -> Value {
    let names = ["a", "b", "c", "d", "e"].filter { _ in bool() }
    var elements = names.map { name in
      Value.object([
        Value.Member(key: "name", value: .string(name)), Value.Member(key: "spec", value: value(depth: depth)),
      ])
    }
    if bool() { elements.reverse() }
    return .array(elements)
  }

  /// The value with something inside it exchanged, taken away, repeated or put elsewhere.
  mutating func mutated(_ value: Value) -> Value {
    switch value {
    case .object(var members) where !members.isEmpty:
      let place = below(members.count)
      switch below(4) {
      case 0: members.remove(at: place)
      case 1: members[place].value = self.value(depth: 2)
      default: members[place].value = mutated(members[place].value)
      }
      return .object(members)
    case .array(var elements) where !elements.isEmpty:
      let place = below(elements.count)
      switch below(6) {
      case 0: elements.remove(at: place)
      case 1: elements.insert(self.value(depth: 2), at: place)
      case 2: elements.swapAt(place, below(elements.count))
      case 3: elements.append(elements[place])
      default: elements[place] = mutated(elements[place])
      }
      return .array(elements)
    case .null, .bool, .integer, .number, .string, .object, .array:
      return self.value(depth: 2)
    }
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByUnicodeScalarLiteral, ExpressibleByExtendedGraphemeClusterLiteral
{
  package init(stringLiteral text: String) { self = .string(text) }
  package init(integerLiteral number: Int64) { self = .integer(number) }
  package init(arrayLiteral elements: Value...) { self = .array(elements) }
  package init(dictionaryLiteral members: (String, Value)...) {
    self = .object(members.map { Member(key: $0.0, value: $0.1) })
  }
}
