import Diagnostics
import Patterns
import YAML

/// What the API server makes of an object: the value without what it drops, and everything it refuses.
struct SchemaCheck {
  private let log: FindingLog
  private var steps: [FieldPath.Step] = []
  /// Rules beyond limits are not asked once one of these is found: the value may be nothing they can judge.
  private var isMisshapen = false
  private var questions: [Question] = []

  private struct Question {
    var rule: ObjectRule
    var node: Node
    var steps: [FieldPath.Step]
  }

  init(_ log: FindingLog) {
    self.log = log
  }

  /// The spec as it would be stored.
  mutating func check(spec: Node, _ message: Schema.Message) -> Node {
    steps = [.name("spec")]
    let stored = value(spec, .message(message), Schema.Limits()).node
    if !isMisshapen {
      for question in questions { ObjectRuleCheck(log: log, steps: question.steps).check(question.rule, question.node) }
    }
    return stored
  }

  private var field: String { FieldPath.text(steps) }

  private mutating func misshapen(_ rule: Rule, _ node: Node, _ values: String...) {
    isMisshapen = true
    log.report(rule, field: field, node: node, values: values)
  }

  private mutating func wrongType(_ node: Node, _ wanted: String) {
    misshapen(.wrongType, node, wanted, node.jsonType)
    listStrayFields(node)
  }

  /// Fields within a value where none can be.
  private mutating func listStrayFields(_ node: Node) {
    for entry in node.mapping ?? [] {
      steps.append(.name(entry.name))
      let place = Node(.scalar(.init(entry.name)), start: entry.nameStart, end: entry.nameEnd)
      log.report(.strayField, field: field, node: place, values: [entry.name])
      steps.removeLast()
    }
    for (place, item) in (node.sequence ?? []).enumerated() {
      steps.append(.index(place))
      listStrayFields(item)
      steps.removeLast()
    }
  }

  private mutating func ask(_ rules: [ObjectRule], _ node: Node) {
    for rule in rules { questions.append(Question(rule: rule, node: node, steps: steps)) }
  }

  /// A value and whether it is what was given.
  private typealias Stored = (node: Node, isSame: Bool)

  private mutating func value(_ node: Node, _ type: Schema.ValueType, _ limits: Schema.Limits) -> Stored {
    switch type {
    case .message(let message):
      return object(node, message)
    case .structure, .packed:
      if node.mapping == nil { wrongType(node, "object") }
    case .anything:
      break
    case .string:
      string(node, limits)
    case .bytes:
      guard let text = jsonString(node) else { break }
      if !Base64Text.isValid(text) { log.report(.notBase64, field: field, node: node, text) }
    case .duration(let isFree):
      guard jsonString(node) != nil, !isFree else { break }
      ask([.duration], node)
    case .enumeration(let words):
      if let text = jsonString(node) {
        if !words.words.contains(text) { unknownWord(node, text, words) }
      }
    case .bool:
      if node.boolean == nil { wrongType(node, "boolean") }
    case .nullableBool:
      if node.boolean == nil, !node.isNull { wrongType(node, "boolean") }
    case .double:
      number(node, limits)
    case .nullableDouble:
      if !node.isNull { number(node, limits) }
    // The API server does not look at the 32.
    case .int32:
      integer(node, limits, -1e300...1e300)
    case .nullableInt32:
      if !node.isNull { integer(node, limits, -1e300...1e300) }
    case .uint32:
      integer(node, limits, 0...4_294_967_295)
    case .nullableUInt32:
      if !node.isNull { integer(node, limits, 0...4_294_967_295) }
    case .int64:
      integer(node, limits, -1e300...1e300)
    case .uint64:
      integer(node, limits, 0...1e300)
    }
    if !limits.rules.isEmpty { ask(limits.rules, node) }
    return (node, true)
  }

  private mutating func unknownWord(_ node: Node, _ text: String, _ words: Schema.Words) {
    misshapen(.unknownWord, node, text, words.words.joined(separator: ", "))
  }

  private mutating func jsonString(_ node: Node) -> String? {
    if let text = node.string { return text }
    wrongType(node, "string")
    return nil
  }

  private mutating func string(_ node: Node, _ limits: Schema.Limits) {
    guard let text = jsonString(node) else { return }
    if limits.min == nil, limits.max == nil, limits.pattern == nil { return }
    let count = Double(text.unicodeScalars.count)
    if let max = limits.max, count > max { misshapen(.tooLong, node, Self.whole(count), Self.whole(max)) }
    if let min = limits.min, count < min { log.report(.tooShort, field: field, node: node, Self.whole(min)) }
    if let pattern = limits.pattern, !pattern.occurs(in: Array(text.utf8)) {
      log.report(.badPattern, field: field, node: node, text, pattern.text)
    }
  }

  private mutating func number(_ node: Node, _ limits: Schema.Limits) {
    guard let value = node.decimal else {
      wrongType(node, "number")
      return
    }
    range(value, node, limits.min, limits.max)
  }

  private mutating func integer(_ node: Node, _ limits: Schema.Limits, _ bounds: ClosedRange<Double>) {
    guard let value = node.decimal else {
      wrongType(node, "integer")
      return
    }
    if value != value.rounded() { wrongType(node, "integer") }
    range(value, node, limits.min ?? bounds.lowerBound, limits.max ?? bounds.upperBound)
  }

  private func range(_ value: Double, _ node: Node, _ min: Double?, _ max: Double?) {
    if let min, value < min {
      log.report(.tooSmall, field: field, node: node, node.scalar?.text ?? "", Self.whole(min))
    }
    if let max, value > max {
      log.report(.tooLarge, field: field, node: node, node.scalar?.text ?? "", Self.whole(max))
    }
  }

  private mutating func object(_ node: Node, _ message: Schema.Message) -> Stored {
    guard let entries = node.mapping else {
      wrongType(node, "object")
      return (node, true)
    }
    // Made when the first member is not kept as it is.
    var kept: [Node.Entry]?
    for (place, entry) in entries.enumerated() {
      guard let field = message.field(entry.name) else {
        steps.append(.name(entry.name))
        unknown(entry, message)
        steps.removeLast()
        kept = kept ?? Array(entries[..<place])
        continue
      }
      if entry.value.isNull, !field.shape.takesNull {
        kept = kept ?? Array(entries[..<place])
        continue
      }
      steps.append(.name(entry.name))
      let (value, isSame) = shape(entry.value, field)
      steps.removeLast()
      if isSame {
        kept?.append(entry)
      } else {
        var copy = entry
        copy.value = value
        kept = kept ?? Array(entries[..<place])
        kept?.append(copy)
      }
    }
    let result = kept.map { Node(.mapping($0), start: node.start, end: node.end) } ?? node
    for name in message.required where result[name] == nil {
      steps.append(.name(name))
      misshapen(.required, node, name)
      steps.removeLast()
    }
    for names in message.choices where names.count > 1 {
      let given = names.filter { result[$0] != nil }
      if given.count > 1 { log.report(.tooManyChoices, field: self.field, node: node, given.joined(separator: ", ")) }
    }
    if !message.rules.isEmpty { ask(message.rules, result) }
    return (result, kept == nil)
  }

  private func unknown(_ entry: Node.Entry, _ message: Schema.Message) {
    let names = message.fields.map(\.name)
    let place = Node(.scalar(.init(entry.name)), start: entry.nameStart, end: entry.nameEnd)
    if let meant = Similarity.closest(to: entry.name, among: names) {
      log.report(.unknownFieldMeant, field: field, node: place, entry.name, meant)
    } else {
      log.report(.unknownField, field: field, node: place, entry.name, names.joined(separator: ", "))
    }
  }

  private mutating func shape(_ node: Node, _ field: Schema.Field) -> Stored {
    switch field.shape {
    case .one(let type):
      return value(node, type, field.limits)
    case .list(let type):
      return list(node, type, field)
    case .map(let type, _):
      return map(node, type, field)
    }
  }

  private mutating func list(_ node: Node, _ type: Schema.ValueType, _ field: Schema.Field) -> Stored {
    guard let items = node.sequence else {
      wrongType(node, "array")
      return (node, true)
    }
    count(items.count, node, field.limits)
    var kept: [Node]?
    for (place, item) in items.enumerated() {
      steps.append(.index(place))
      let stored = value(item, type, field.each)
      steps.removeLast()
      if !stored.isSame { kept = kept ?? Array(items[..<place]) }
      kept?.append(stored.node)
    }
    if let key = field.limits.key { uniqueness(kept ?? items, key) }
    let result = kept.map { Node(.sequence($0), start: node.start, end: node.end) } ?? node
    if !field.limits.rules.isEmpty { ask(field.limits.rules, result) }
    return (result, kept == nil)
  }

  private mutating func map(_ node: Node, _ type: Schema.ValueType, _ field: Schema.Field) -> Stored {
    guard let entries = node.mapping else {
      wrongType(node, "object")
      return (node, true)
    }
    var kept: [Node.Entry] = []
    var isSame = true
    for entry in entries {
      if entry.value.isNull, !type.takesNull {
        isSame = false
        continue
      }
      steps.append(.key(entry.name))
      let stored = value(entry.value, type, field.each)
      steps.removeLast()
      var copy = entry
      if !stored.isSame {
        copy.value = stored.node
        isSame = false
      }
      kept.append(copy)
    }
    let result = isSame ? node : Node(.mapping(kept), start: node.start, end: node.end)
    count(kept.count, node, field.limits)
    if !field.limits.rules.isEmpty { ask(field.limits.rules, result) }
    return (result, isSame)
  }

  private mutating func count(_ count: Int, _ node: Node, _ limits: Schema.Limits) {
    if let max = limits.max, Double(count) > max { misshapen(.tooMany, node, String(count), Self.whole(max)) }
    if let min = limits.min, Double(count) < min { log.report(.tooFew, field: field, node: node, Self.whole(min)) }
  }

  private mutating func uniqueness(_ items: [Node], _ key: String) {
    var seen: Set<ResolvedScalar> = []
    for (place, item) in items.enumerated() {
      steps.append(.index(place))
      if let value = item[key]?.resolved, !seen.insert(value).inserted {
        log.report(.duplicateItem, field: field, node: item, key, item[key]?.scalar?.text ?? "")
      }
      steps.removeLast()
    }
  }

  private static func whole(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }
}

extension Schema.Shape {
  fileprivate var takesNull: Bool {
    guard case .one(let type) = self else { return false }
    return type.takesNull
  }
}

extension Schema.ValueType {
  fileprivate var takesNull: Bool {
    switch self {
    case .nullableBool, .nullableInt32, .nullableUInt32, .nullableDouble: true
    case .string, .bool, .bytes, .double, .int32, .uint32, .int64, .uint64, .duration, .structure, .anything, .packed,
      .enumeration, .message:
      false
    }
  }
}

extension Node {
  var boolean: Bool? {
    guard case .bool(let value) = resolved else { return nil }
    return value
  }

  /// A number that JSON can have.
  var decimal: Double? {
    switch resolved {
    case .int(let value): Double(value)
    case .float(let value): value.isFinite ? value : nil
    case .null, .bool, .string, nil: nil
    }
  }

  /// What JSON calls the type of this.
  var jsonType: String {
    switch content {
    case .mapping: "object"
    case .sequence: "array"
    case .scalar(let scalar):
      switch scalar.resolved {
      case .null: "null"
      case .bool: "boolean"
      case .int: "integer"
      case .float: "number"
      case .string: "string"
      }
    }
  }
}
