import MeshModel

/// Draws content that fits a schema; nothing is ever zero or empty, so that all of it must come back.
struct ContentGenerator {
  enum Extent {
    /// Each field with even chances, lists of one to three.
    case some
    /// Every field that may stand beside the others.
    case all
    /// As `some`, and objects may be empty.
    case sparse
  }

  let schema: FieldSchema
  let extent: Extent
  /// Whether fields are drawn that the model has no place for.
  let includesIgnored: Bool
  var random: SeededGenerator

  private static let words = [
    "reviews", "v1", "*.example.com", "yes", "1e3", "null", "~", "08080", "a: b", "# no comment", "ü/é", "x-user",
    "mesh", "'quoted'", "line\nbreak", " spaces ", "{}", "-", "0x1F", "2026-01-31",
  ]

  mutating func object(_ name: String) -> Value {
    guard let message = schema.messages[name] else { return .object([]) }
    var left = Set<String>()
    for group in message.oneOf { left.formUnion(group.shuffled(using: &random).dropFirst()) }
    var members: [Value.Member] = []
    for field in message.fields where !left.contains(field.name) {
      if message.ignored.contains(field.name), !includesIgnored { continue }
      if extent != .all, random.below(2) == 0 { continue }
      members.append(Value.Member(key: field.name, value: value(field.type)))
    }
    if members.isEmpty, extent != .sparse, let first = message.fields.first(where: { !left.contains($0.name) }),
      !message.ignored.contains(first.name)
    {
      members.append(Value.Member(key: first.name, value: value(first.type)))
    }
    return .object(members)
  }

  mutating func value(_ type: String) -> Value {
    if type.hasPrefix("[]") {
      let count = extent == .sparse ? random.below(3) : 1 + random.below(3)
      return .array((0..<count).map { _ in value(String(type.dropFirst(2))) })
    }
    if type.hasPrefix("{}") { return map(String(type.dropFirst(2))) { Self.words[$0 % 6] } }
    if type.hasPrefix("#") { return map(String(type.dropFirst())) { String(8000 + $0) } }
    if let names = schema.enums[type] { return .string(names[random.below(names.count)]) }
    switch type {
    case "string": return .string(Self.words[random.below(Self.words.count)])
    case "bool": return .bool(true)
    case "int32": return .integer([1, 7, 100, Int64(Int32.max)][random.below(4)])
    case "uint32": return .integer([1, 8080, 65_535][random.below(3)])
    case "uint64": return .integer([1, 1024, Int64.max][random.below(3)])
    case "double": return random.below(2) == 0 ? .integer(50) : .number(0.1 * Double(1 + random.below(9)))
    case "duration": return .string(["1s", "0.250s", "1.5s", "3600s", "0.000000001s"][random.below(5)])
    case "bytes": return .string(["AA==", "aGVsbG8=", "/+8A"][random.below(3)])
    case "intOrString": return random.below(2) == 0 ? .integer(9080) : .string("http")
    case "struct": return .object([Value.Member(key: "any", value: .array([.integer(1), .null, .string("x")]))])
    case "anything": return .string("whatever")
    default: return object(type)
    }
  }

  private mutating func map(_ type: String, _ key: (Int) -> String) -> Value {
    let count = 1 + random.below(3)
    // By name, as maps are written.
    let keys = Set((0..<count).map { _ in key(random.below(6)) }).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return .object(keys.map { Value.Member(key: $0, value: value(type)) })
  }
}

extension Value {
  /// The same content with all members by name, and durations in their shortest form.
  var normal: Value {
    switch self {
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      return .object(sorted.map { Member(key: $0.key, value: $0.value.normal) })
    case .array(let values): return .array(values.map(\.normal))
    case .string("0.250s"): return .string("0.25s")
    case .null, .bool, .integer, .number, .string: return self
    }
  }
}
