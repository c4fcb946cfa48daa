import MeshModel

/// Envoy's configuration as JSON values: the few shapes that recur.
enum ConfigValue {
  /// An object of the members that have a value, in the order given.
  static func object(_ members: [(String, Value?)]) -> Value {
    .object(members.compactMap { key, value in value.map { Value.Member(key: key, value: $0) } })
  }

  static func strings(_ texts: [String]) -> Value {
    .array(texts.map { .string($0) })
  }

  static func unsigned(_ number: UInt32) -> Value {
    .integer(Int64(number))
  }

  static func unsigned(ifPresent number: UInt32?) -> Value? {
    number.map { .integer(Int64($0)) }
  }

  /// proto3 JSON writes a duration in seconds: `1.500s`.
  static func duration(milliseconds: Int64) -> Value {
    let seconds = milliseconds / 1000
    let rest = milliseconds % 1000
    if rest == 0 { return .string("\(seconds)s") }
    let digits = String(1000 + rest).dropFirst()
    return .string("\(seconds).\(digits)s")
  }

  static func duration(ifPresent milliseconds: Int64?) -> Value? {
    milliseconds.map { duration(milliseconds: $0) }
  }

  /// A `typed_config`: its type, then its members.
  static func typed(_ type: String, _ members: [(String, Value?)] = []) -> Value {
    object([("@type", .string("type.googleapis.com/" + type))] + members)
  }

  /// A named extension with its typed configuration.
  static func named(_ name: String, _ type: String, _ members: [(String, Value?)] = []) -> Value {
    object([("name", .string(name)), ("typed_config", typed(type, members))])
  }

  static func socketAddress(_ address: String, _ port: UInt32) -> Value {
    object([
      ("socket_address", object([("address", .string(address)), ("port_value", unsigned(port))]))
    ])
  }

  /// A list, or nothing when it is empty.
  static func list(_ values: [Value]) -> Value? {
    values.isEmpty ? nil : .array(values)
  }
}
