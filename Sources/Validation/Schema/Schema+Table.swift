import CObjectSchemas
import Patterns

// The table is lines of words. A kind is `kind GROUP NAME VERSIONS MESSAGE [required]`; `required` is about its spec.
// A message is `message NAME` with `required=A,B`, `oneof=A,B` (one at most) and `rule=NAME`; its fields follow, each
// indented: `name TYPE limits [each limits]`, where `name/other_name` gives the protocol buffer's name if it cannot be
// guessed, `[T]` is a list, `{T}` a map, `T?` may be null. `min` and `max` mean values, lengths or counts, as the type
// has it. `duration any` may be anything that is a duration, others last 1ms or more. The words of an enumeration have numbers
// from 0 unless they say otherwise.
extension Schema {
  static let istio: Schema = {
    // SAFETY: the text is a constant of the program and as long as it says.
    let bytes = UnsafeRawBufferPointer(start: drydock_istio_schema(), count: drydock_istio_schema_length())
    var reader = SchemaTableReader()
    return reader.read(bytes)
  }()

  /// The messages of Envoy's configuration.
  static let envoy: Schema = {
    // SAFETY: the text is a constant of the program and as long as it says.
    let bytes = UnsafeRawBufferPointer(start: drydock_envoy_schema(), count: drydock_envoy_schema_length())
    var reader = SchemaTableReader()
    return reader.read(bytes)
  }()
}

private struct SchemaTableReader {
  private var schema = Schema()
  private var messages: [String: Schema.Message] = [:]
  private var current: Schema.Message?
  private var known: Set<String> = []
  private var patterns: [String: Pattern] = [:]

  mutating func read(_ text: UnsafeRawBufferPointer) -> Schema {
    for line in text.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
      let words = line.split(separator: UInt8(ascii: " ")).map { Substring(decoding: $0, as: UTF8.self) }
      if line.first == UInt8(ascii: " ") {
        readField(words)
      } else if words[0] == "kind" {
        let versions = words[3].split(separator: ",").map(String.init)
        let kind = Schema.Kind(
          name: String(words[2]), versions: versions, message: message(words[4]), isSpecRequired: words.count > 5)
        schema.add(kind, group: String(words[1]))
      } else {
        readMessage(words)
      }
    }
    schema.messages = messages.filter { known.contains($0.key) }
    return schema
  }

  private mutating func message(_ name: Substring) -> Schema.Message {
    if let known = messages[String(name)] { return known }
    let made = Schema.Message(name: String(name))
    messages[String(name)] = made
    return made
  }

  private mutating func readMessage(_ words: [Substring]) {
    let made = message(words[1])
    known.insert(made.name)
    current = made
    for word in words.dropFirst(2) {
      let (name, value) = Self.pair(word)
      switch name {
      case "required": made.required = value.split(separator: ",").map(String.init)
      case "oneof": made.choices.append(value.split(separator: ",").map(String.init))
      case "rule": if let rule = ObjectRule(value) { made.rules.append(rule) }
      default: break
      }
    }
  }

  private mutating func readField(_ words: [Substring]) {
    let names = words[0].utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    var rest = words[1...]
    // The words of an enumeration are separated by blanks too.
    var type = String(rest.removeFirst())
    while type.utf8.contains(UInt8(ascii: "(")), !type.utf8.contains(UInt8(ascii: ")")), let word = rest.popFirst() {
      type += " " + word
    }
    let isFree = rest.contains("any")
    let field = Schema.Field(name: names[0], shape: shape(type[...], isFree: isFree))
    field.spelling = names.count > 1 ? names[1] : Self.snakeCase(names[0])
    if field.spelling == field.name { field.spelling = nil }
    var isEach = false
    for word in rest {
      if word == "each" {
        isEach = true
      } else if word == "alias" {
        field.isAlias = true
        field.spelling = nil
      } else if isEach {
        read(word, into: &field.each)
      } else {
        read(word, into: &field.limits)
      }
    }
    current?.add(field)
  }

  private mutating func read(_ word: Substring, into limits: inout Schema.Limits) {
    let (name, value) = Self.pair(word)
    switch name {
    case "min": limits.min = Double(value)
    case "max": limits.max = Double(value)
    case "pattern": limits.pattern = pattern(String(value))
    case "key": limits.key = String(value)
    case "rule": if let rule = ObjectRule(value) { limits.rules.append(rule) }
    default: break
    }
  }

  /// Few patterns stand in many places.
  private mutating func pattern(_ text: String) -> Pattern? {
    if let known = patterns[text] { return known }
    let made = try? Pattern(text)
    patterns[text] = made
    return made
  }

  private mutating func shape(_ text: Substring, isFree: Bool) -> Schema.Shape {
    switch text.utf8.first {
    case UInt8(ascii: "["):
      return .list(type(Self.inner(text), isFree: isFree))
    case UInt8(ascii: "{"):
      let inner = Self.inner(text)
      guard let colon = inner.utf8.firstIndex(of: UInt8(ascii: ":")) else {
        return .map(type(inner, isFree: isFree), numericKeys: false)
      }
      return .map(type(inner[inner.utf8.index(after: colon)...], isFree: isFree), numericKeys: true)
    default:
      return .one(type(text, isFree: isFree))
    }
  }

  private static func inner(_ text: Substring) -> Substring { Substring(text.utf8.dropFirst().dropLast()) }

  private mutating func type(_ text: Substring, isFree: Bool) -> Schema.ValueType {
    switch text {
    case "string": return .string
    case "bool": return .bool
    case "bytes": return .bytes
    case "double": return .double
    case "int32": return .int32
    case "uint32": return .uint32
    case "int64": return .int64
    case "uint64": return .uint64
    case "bool?": return .nullableBool
    case "int32?": return .nullableInt32
    case "uint32?": return .nullableUInt32
    case "double?": return .nullableDouble
    case "duration": return .duration(isFree: isFree)
    case "struct": return .structure
    case "anything": return .anything
    case "packed": return .packed
    default: break
    }
    guard text.utf8.starts(with: "enum(".utf8) else { return .message(message(text)) }
    var words = Schema.Words(words: [], numbers: [])
    for (place, word) in text.dropFirst(5).dropLast().split(separator: " ").enumerated() {
      let (name, number) = Self.pair(word)
      words.words.append(String(name))
      words.numbers.append(Int64(number) ?? Int64(place))
    }
    return .enumeration(words)
  }

  private static func pair(_ word: Substring) -> (name: Substring, value: Substring) {
    guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { return (word, "") }
    return (word[..<equals], word[word.utf8.index(after: equals)...])
  }

  private static func snakeCase(_ name: String) -> String {
    var bytes: [UInt8] = []
    for byte in name.utf8 {
      if byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") {
        bytes.append(UInt8(ascii: "_"))
        bytes.append(byte + 32)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
