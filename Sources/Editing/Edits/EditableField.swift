package import Diagnostics
import MeshCodec
package import MeshModel

/// A field that a flag of the command line sets.
package struct EditableField: Hashable, Sendable {
  /// `max-connections`.
  package var flag: String
  /// Below what the edit is of, such as `connectionPool.tcp.maxConnections`.
  package var path: [String]
  package var form: Form
  /// What cannot stand beside it and goes when it is set.
  package var excludes: [[String]] = []
  package var help: LocalizedText

  package enum Form: Hashable, Sendable {
    /// A whole number; nil: without an upper limit but that of the field's type.
    case count(least: Int64, most: Int64?)
    case decimal(least: Double)
    case percent
    /// At least a millisecond, or also nothing at all.
    case duration(allowsZero: Bool)
    case flag
    case word([String])
    case text
    /// A flag that may be repeated; each text is an element.
    case texts
    /// `FROM=TO:80,TO:20`; may be repeated.
    case shares
    /// `FROM=TO`; may be repeated.
    case pairs
  }

  package init(
    _ flag: String, _ path: String, _ form: Form, excludes: [String] = [], _ en: String, _ zh: String
  ) {
    self.flag = flag
    self.path = Self.steps(path)
    self.form = form
    self.excludes = excludes.map(Self.steps)
    help = LocalizedText(en: en, zh: zh)
  }

  private static func steps(_ path: String) -> [String] {
    path.utf8.split(separator: UInt8(ascii: ".")).map { String(Substring($0)) }
  }

  /// What the API calls it.
  package var name: String { path.last ?? flag }

  package var isRepeatable: Bool {
    switch form {
    case .texts, .shares, .pairs: true
    case .count, .decimal, .percent, .duration, .flag, .word, .text: false
    }
  }

  /// The value that a flag's texts stand for; of a flag that does not repeat, the last one.
  package func value(of texts: [String]) throws(EditProblem) -> Value {
    let text = texts.last ?? ""
    guard !texts.isEmpty, !texts.contains(where: \.isEmpty) else { throw .empty(field: name) }
    switch form {
    // The API keeps these in 32 bits.
    case .count(let least, let most): return try FieldWords.whole(text, name, least...(most ?? Int64(Int32.max)))
    case .decimal(let least): return try decimal(text, least)
    case .percent: return try FieldWords.percent(text, name)
    case .duration(let allowsZero):
      let value = try FieldWords.duration(text, name)
      let length = DurationText.nanoseconds(of: text) ?? 0
      guard length >= 1_000_000 || (allowsZero && length == 0) else { throw .durationTooShort(field: name, text: text) }
      return value
    case .flag: return try FieldWords.flag(text, name)
    case .word(let choices):
      let word = Self.asWord(text)
      guard let found = choices.first(where: { Self.asWord($0) == word }) else {
        throw .noneOf(field: name, text: text, choices: choices)
      }
      return .string(found)
    case .text: return .string(text)
    case .texts: return .array(texts.map { .string($0) })
    case .shares:
      var list: [Value] = []
      for text in texts { list.append(try shares(text)) }
      return .array(list)
    case .pairs:
      var list: [Value] = []
      for text in texts {
        guard let (from, to) = Self.halves(text) else { throw .noPair(field: name, text: text) }
        list.append(.object([.init(key: "from", value: .string(from)), .init(key: "to", value: .string(to))]))
      }
      return .array(list)
    }
  }

  /// `round-robin` is `ROUND_ROBIN`.
  private static func asWord(_ text: String) -> [UInt8] {
    text.utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }.map { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 32 : byte
    }
  }

  private func decimal(_ text: String, _ least: Double) throws(EditProblem) -> Value {
    let isNumber = text.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".")
    }
    guard isNumber, let number = Double(text) else { throw .noNumber(field: name, text: text) }
    guard number >= least else {
      throw .belowLeast(field: name, text: text, least: Int64(exactly: least).map { "\($0)" } ?? "\(least)")
    }
    return Int64(exactly: number).map { .integer($0) } ?? .number(number)
  }

  private func shares(_ text: String) throws(EditProblem) -> Value {
    guard let (from, list) = Self.halves(text) else { throw .noShares(field: name, text: text) }
    var members: [Value.Member] = []
    var total: Int64 = 0
    for part in list.utf8.split(separator: UInt8(ascii: ",")) {
      guard let colon = part.lastIndex(of: UInt8(ascii: ":")),
        let share = Int64(Substring(part[part.index(after: colon)...])),
        colon > part.startIndex
      else { throw .noShares(field: name, text: text) }
      members.append(.init(key: String(Substring(part[..<colon])), value: .integer(share)))
      total += share
    }
    guard !members.isEmpty else { throw .noShares(field: name, text: text) }
    guard total == 100 else { throw .sharesTotal(field: name, from: from, total: total) }
    return .object([.init(key: "from", value: .string(from)), .init(key: "to", value: .object(members))])
  }

  private static func halves(_ text: String) -> (String, String)? {
    guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")), equals > text.utf8.startIndex else { return nil }
    let rest = text[text.utf8.index(after: equals)...]
    return rest.isEmpty ? nil : (String(text[..<equals]), String(rest))
  }
}

/// What an edit sets and takes away, field by field.
package struct FieldChanges: Hashable, Sendable {
  package private(set) var settings: [Setting] = []
  package private(set) var unset: [EditableField] = []

  package struct Setting: Hashable, Sendable {
    package var field: EditableField
    package var value: Value
  }

  package init() {}

  /// `given` are the texts of each flag; `unset` names fields by their flag or by the API's name.
  package init(
    _ fields: [EditableField], given: (EditableField) -> [String], unset names: [String]
  ) throws(EditProblem) {
    for field in fields {
      let texts = given(field)
      if !texts.isEmpty { settings.append(Setting(field: field, value: try field.value(of: texts))) }
    }
    for (place, one) in settings.enumerated() {
      for other in settings[(place + 1)...]
      where one.field.isExcluded(by: other.field) || other.field.isExcluded(by: one.field) {
        throw .together(one.field.name, other.field.name)
      }
    }
    for name in names {
      unset.append(try Self.field(name, among: fields))
    }
  }

  /// By its flag, its whole path, or its own name where no other field has it.
  private static func field(_ name: String, among fields: [EditableField]) throws(EditProblem) -> EditableField {
    if let field = fields.first(where: { $0.flag == name || $0.path.joined(separator: ".") == name }) { return field }
    let found = fields.filter { $0.name == name }
    guard let field = found.first else {
      throw .unknownField(name, similar: Similarity.closest(to: name, among: fields.flatMap { [$0.flag, $0.name] }))
    }
    guard found.count == 1 else { throw .severalFields(name, flags: found.map(\.flag)) }
    return field
  }

  package var isEmpty: Bool { settings.isEmpty && unset.isEmpty }

  package func applied(to value: Value) -> Value {
    var result = value
    for field in unset { result = result.removing(field.path) }
    for setting in settings {
      for excluded in setting.field.excludes { result = result.removing(excluded) }
      result = result.setting(setting.field.path, to: setting.value)
    }
    return result
  }
}

extension EditableField {
  fileprivate func isExcluded(by other: EditableField) -> Bool { other.excludes.contains { path.starts(with: $0) } }
}
