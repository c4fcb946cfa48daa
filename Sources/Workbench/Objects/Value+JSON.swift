package import MeshModel

extension Value {
  /// Reads JSON that Drydock wrote; what cannot be read is null.
  package init(json: [UInt8]) {
    var scanner = JSONScanner(json, range: 0..<json.count)
    self = (try? scanner.readValue(depth: 0)) ?? .null
  }
}

extension JSONScanner {
  mutating func readValue(depth: Int) throws(Failure) -> Value {
    guard depth < 200 else { throw .tooDeep }
    if readNull() { return .null }
    switch next {
    case UInt8(ascii: "{"):
      var members: [Value.Member] = []
      try readObject("") { (scanner: inout JSONScanner, key) throws(Failure) in
        members.append(Value.Member(key: key, value: try scanner.readValue(depth: depth + 1)))
      }
      return .object(members)
    case UInt8(ascii: "["):
      var items: [Value] = []
      try readArray("") { (scanner: inout JSONScanner) throws(Failure) in
        items.append(try scanner.readValue(depth: depth + 1))
      }
      return .array(items)
    case UInt8(ascii: "\""): return .string(try readString(""))
    default:
      let text = String(decoding: try readRaw(), as: UTF8.self)
      if text == "true" { return .bool(true) }
      if text == "false" { return .bool(false) }
      if let integer = Int64(text) { return .integer(integer) }
      return .number(Double(text) ?? 0)
    }
  }
}
