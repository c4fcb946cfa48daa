import YAML

/// Reads a spec as Istio's webhook does, whose decoder is that of protocol buffers.
///
/// It takes numbers in quotes, numbers for words of enumerations, and the protocol buffer's names; what it makes of
/// them is written in the one usual form. A field of a choice that is set after another one replaces it.
struct Decoder {
  enum Fields: Sendable {
    /// Unknown fields are passed over.
    case lenient
    /// As in `istioctl validate`.
    case strict
  }

  struct Failure: Error {
    var rule: Rule
    var node: Node
    var field: String
    var values: [String]
  }

  let fields: Fields
  /// The way to what is decoded.
  private var base = ""
  private var steps: [FieldPath.Step] = []
  /// How many values were made of other ones so far; what holds none of them stays as it is.
  private var changes = 0
  /// Which messages stand in values that say so themselves.
  private(set) var packedTypes: [String] = []

  init(_ fields: Fields) {
    self.fields = fields
  }

  mutating func decode(spec: Node, _ message: Schema.Message) throws(Failure) -> Node {
    try decode(spec, message, at: "spec")
  }

  mutating func decode(_ node: Node, _ message: Schema.Message, at field: String) throws(Failure) -> Node {
    base = field
    steps = []
    packedTypes = []
    return try object(node, message)
  }

  private func failure(_ rule: Rule, _ node: Node, _ values: String...) -> Failure {
    Failure(rule: rule, node: node, field: FieldPath.text(steps, behind: base), values: values)
  }

  private mutating func object(_ node: Node, _ message: Schema.Message) throws(Failure) -> Node {
    if node.isNull { return changed(node, to: .mapping([])) }
    guard let entries = node.mapping else { throw failure(.undecodable, node, "object", node.jsonType) }
    var found: [(place: Int, entry: Node.Entry)] = []
    found.reserveCapacity(entries.count)
    let before = changes
    for entry in entries {
      steps.append(.name(entry.name))
      defer { steps.removeLast() }
      let known = message.place(of: entry.name).flatMap { message.fields[$0].isAlias ? nil : $0 }
      guard let place = known ?? message.place(spelt: entry.name) else {
        if fields == .strict {
          let place = Node(.scalar(.init(entry.name)), start: entry.nameStart, end: entry.nameEnd)
          throw failure(.unknownStrictField, place, entry.name)
        }
        continue
      }
      if entry.value.isNull { continue }
      let field = message.fields[place]
      let earlier = found.firstIndex { $0.place == place }
      // The JSON name wins over the other one.
      if known == nil, earlier != nil { continue }
      var copy = entry
      if known == nil {
        copy.name = field.name
        changes += 1
      }
      copy.value = try shape(entry.value, field.shape)
      if let earlier { found[earlier].entry = copy } else { found.append((place, copy)) }
    }
    for names in message.choices where names.count > 1 && found.count > 1 {
      let given = names.filter { name in found.contains { $0.entry.name == name } }
      for name in given.dropLast() { found.removeAll { $0.entry.name == name } }
    }
    if changes == before, found.count == entries.count { return node }
    return changed(node, to: .mapping(found.sorted { $0.place < $1.place }.map(\.entry)))
  }

  private mutating func changed(_ node: Node, to content: Node.Content) -> Node {
    changes += 1
    return Node(content, start: node.start, end: node.end)
  }

  private mutating func shape(_ node: Node, _ shape: Schema.Shape) throws(Failure) -> Node {
    switch shape {
    case .one(let type):
      return try value(node, type)
    case .list(let type):
      guard let items = node.sequence else { throw failure(.undecodable, node, "array", node.jsonType) }
      var kept: [Node]?
      let before = changes
      for (place, item) in items.enumerated() {
        steps.append(.index(place))
        defer { steps.removeLast() }
        let made = try value(item, type)
        if changes != before { kept = kept ?? Array(items[..<place]) }
        kept?.append(made)
      }
      return kept.map { changed(node, to: .sequence($0)) } ?? node
    case .map(let type, let numericKeys):
      guard let entries = node.mapping else { throw failure(.undecodable, node, "object", node.jsonType) }
      var kept: [Node.Entry] = []
      let before = changes
      for entry in entries {
        steps.append(.key(entry.name))
        defer { steps.removeLast() }
        if numericKeys, UInt32(entry.name) == nil || entry.name.utf8.first == UInt8(ascii: "+") {
          throw failure(.undecodable, entry.value, "uint32", "string")
        }
        var copy = entry
        copy.value = try value(entry.value, type)
        kept.append(copy)
      }
      return changes == before ? node : changed(node, to: .mapping(kept))
    }
  }

  private mutating func value(_ node: Node, _ type: Schema.ValueType) throws(Failure) -> Node {
    if node.isNull { return changed(node, to: Self.blank(type)) }
    switch type {
    case .message(let message):
      return try object(node, message)
    case .packed:
      return try packed(node)
    case .anything:
      break
    case .structure:
      guard node.mapping != nil else { throw failure(.undecodable, node, "object", node.jsonType) }
    case .string:
      guard node.string != nil else { throw failure(.undecodable, node, "string", node.jsonType) }
    case .bytes:
      guard let text = node.string else { throw failure(.undecodable, node, "string", node.jsonType) }
      guard Base64Text.isValid(text) else { throw failure(.undecodable, node, "base64", "string") }
    case .duration:
      guard let text = node.string else { throw failure(.undecodable, node, "duration", node.jsonType) }
      guard GoDuration.nanoseconds(text) != nil else { throw failure(.badDuration, node, text) }
    case .bool, .nullableBool:
      guard node.boolean != nil else { throw failure(.undecodable, node, "boolean", node.jsonType) }
    case .double, .nullableDouble:
      return try number(node, nil)
    case .int32, .nullableInt32:
      return try number(node, -2_147_483_648...2_147_483_647)
    case .uint32, .nullableUInt32:
      return try number(node, 0...4_294_967_295)
    case .int64:
      return try number(node, -0x1p63...0x1p63)
    case .uint64:
      return try number(node, 0...18_446_744_073_709_551_616)
    case .enumeration(let words):
      if let text = node.string {
        guard words.words.contains(text) else {
          throw failure(.unknownEnumWord, node, text, words.words.joined(separator: ", "))
        }
        return node
      }
      let number = try number(node, -2_147_483_648...2_147_483_647)
      guard case .int(let value) = number.resolved, let place = words.numbers.firstIndex(of: value) else {
        return number
      }
      return changed(node, to: .scalar(.init(words.words[place])))
    }
    return node
  }

  private mutating func packed(_ node: Node) throws(Failure) -> Node {
    guard let entries = node.mapping else { throw failure(.undecodable, node, "object", node.jsonType) }
    guard let type = node["@type"] else { throw failure(.packedWithoutType, node) }
    guard let url = type.string else { throw failure(.undecodable, type, "string", type.jsonType) }
    let name = String(url.split(separator: "/", omittingEmptySubsequences: false).last ?? "")
    guard let message = Schema.envoy.messages[name] else {
      // Kubernetes' and Google's plain values have no fields to look at.
      if name.utf8.starts(with: "google.protobuf.".utf8) { return node }
      throw failure(.packedUnknown, type, url)
    }
    packedTypes.append(name)
    return try object(changed(node, to: .mapping(entries.filter { $0.name != "@type" })), message)
  }

  /// What a null in a list or a map stands for.
  private static func blank(_ type: Schema.ValueType) -> Node.Content {
    switch type {
    case .message, .structure, .anything, .packed: .mapping([])
    case .string, .bytes, .duration: .scalar(.init(""))
    case .bool, .nullableBool: .scalar(.init("false", style: .plain))
    case .double, .nullableDouble, .int32, .nullableInt32, .uint32, .nullableUInt32, .int64, .uint64:
      .scalar(.init("0", style: .plain))
    case .enumeration(let words): .scalar(.init(words.words.first ?? ""))
    }
  }

  private mutating func number(_ node: Node, _ range: ClosedRange<Double>?) throws(Failure) -> Node {
    var meaning = node.resolved
    if case .string(let text) = meaning {
      guard let read = Self.jsonNumber(text, isWhole: range != nil) else {
        throw failure(.undecodable, node, range == nil ? "number" : "integer", "string")
      }
      meaning = read
    }
    let value: Double
    switch meaning {
    case .int(let whole): value = Double(whole)
    case .float(let fraction): value = fraction
    case .null, .bool, .string, nil:
      throw failure(.undecodable, node, range == nil ? "number" : "integer", node.jsonType)
    }
    if let range, !range.contains(value) || value != value.rounded() {
      throw failure(.undecodable, node, "integer", "number")
    }
    guard node.string != nil, let meaning else { return node }
    switch meaning {
    case .int(let whole): return changed(node, to: .scalar(.init(String(whole), style: .plain)))
    case .float(let value): return changed(node, to: Node.float(value).content)
    case .null, .bool, .string: return node
    }
  }

  /// A number as JSON writes it, for a number in quotes.
  private static func jsonNumber(_ text: String, isWhole: Bool) -> ResolvedScalar? {
    if !isWhole, ["NaN", "Infinity", "-Infinity"].contains(text) {
      return .float(text == "NaN" ? .nan : text == "Infinity" ? .infinity : -.infinity)
    }
    var digits = text.utf8[...]
    if digits.first == UInt8(ascii: "-") { digits = digits.dropFirst() }
    guard let first = digits.first, Names.isDigit(first) else { return nil }
    if first == UInt8(ascii: "0"), digits.count > 1, let next = digits.dropFirst().first, Names.isDigit(next) {
      return nil
    }
    if digits.allSatisfy(Names.isDigit) {
      if let value = Int64(text) { return .int(value) }
      return Double(text).map { .float($0) }
    }
    if isWhole { return nil }
    guard digits.allSatisfy({ Names.isDigit($0) || ".eE+-".utf8.contains($0) }) else { return nil }
    return Double(text).map { .float($0) }
  }
}

extension Rule {
  static let undecodable = metadata(8, "this must be {0}, not {1}", "此处应为 {0}，而不是 {1}")
  static let badDuration = metadata(
    558, "'{0}' is no duration; write it as '1.5s', '100ms' or '1h2m'", "'{0}' 不是时长；请写作 '1.5s'、'100ms' 或 '1h2m'")
  static let unknownEnumWord = metadata(559, "'{0}' is not one of: {1}", "'{0}' 不在可选值之中：{1}")
  static let unknownStrictField = metadata(9, "field '{0}' is unknown; remove it", "未知字段 '{0}'；请删除")
  static let duplicateKey = metadata(10, "key '{0}' stands twice; remove one", "键 '{0}' 重复；请删除其中一个")
  static let packedWithoutType = metadata(563, "the value has no '@type'; name the message", "该值没有 '@type'；请指明消息类型")
  static let packedUnknown = metadata(564, "Istio does not know type '{0}'", "Istio 不认识类型 '{0}'")
  static let unknownKind = metadata(11, "Istio has no kind {1} in '{0}'; use {2}", "Istio 在 '{0}' 中没有 {1} 类型；请使用 {2}")

  static let decodingRules: [Rule] = [
    undecodable, badDuration, unknownEnumWord, unknownStrictField, duplicateKey, unknownKind,
  ]
}
