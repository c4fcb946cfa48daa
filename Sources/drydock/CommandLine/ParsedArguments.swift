import Diagnostics

/// What the user typed behind a command's name.
struct ParsedArguments: Sendable {
  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  subscript(_ option: OptionSpec) -> String? { values[option.long]?.last }

  func all(_ option: OptionSpec) -> [String] { values[option.long] ?? [] }

  func has(_ option: OptionSpec) -> Bool { values[option.long] != nil }

  /// Reads words in the manner of GNU: options anywhere, `--name=value`, `-fvalue`, `-AR`, and `--` before operands.
  init(_ words: ArraySlice<String>, for spec: CommandSpec, path: String) throws(CommandFailure) {
    let known = spec.options + Options.global
    var rest = words
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        break
      } else if word.utf8.starts(with: "--".utf8) {
        try readLong(word, &rest, known, path)
      } else if word.utf8.count > 1, word.utf8.first == UInt8(ascii: "-") {
        try readShort(word, &rest, known, path)
      } else {
        operands.append(word)
      }
    }
    if has(Options.help) { return }
    guard spec.operands.contains(operands.count) else { throw Self.wrongCount(operands, spec, path) }
  }

  private mutating func readLong(
    _ word: String, _ rest: inout ArraySlice<String>, _ known: [OptionSpec], _ path: String
  ) throws(CommandFailure) {
    var name = String(word.dropFirst(2))
    var value: String?
    if let equals = name.utf8.firstIndex(of: UInt8(ascii: "=")) {
      value = String(name[name.utf8.index(after: equals)...])
      name = String(name[..<equals])
    }
    guard let option = known.first(where: { $0.long == name }) else {
      throw Self.unknownOption("--" + name, known, path)
    }
    if option.valueName == nil {
      guard value == nil else {
        throw CommandFailure(en: "--\(name) takes no value", zh: "--\(name) 不带值", hint: Self.hint(path))
      }
      values[option.long] = [""]
    } else {
      try add(value, "--\(name)", option, &rest, path)
    }
  }

  private mutating func readShort(
    _ word: String, _ rest: inout ArraySlice<String>, _ known: [OptionSpec], _ path: String
  ) throws(CommandFailure) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = known.first(where: { $0.short == letter }) else {
        throw Self.unknownOption("-\(letter)", known, path)
      }
      if option.valueName == nil {
        values[option.long] = [""]
        continue
      }
      if letters.first == "=" { letters.removeFirst() }
      try add(letters.isEmpty ? nil : String(letters), "-\(letter)", option, &rest, path)
      return
    }
  }

  private mutating func add(
    _ given: String?, _ name: String, _ option: OptionSpec, _ rest: inout ArraySlice<String>, _ path: String
  ) throws(CommandFailure) {
    guard let value = given ?? rest.popFirst() else {
      let kind = option.valueName ?? ""
      throw CommandFailure(en: "\(name) needs a value: \(kind)", zh: "\(name) 需要一个值：\(kind)", hint: Self.hint(path))
    }
    if !option.choices.isEmpty, !option.choices.contains(value) {
      let list = option.choices.joined(separator: ", ")
      throw CommandFailure(
        en: "'\(value)' is no value for \(name); expected one of: \(list)", zh: "'\(value)' 不是 \(name) 的有效值；可选：\(list)",
        hint: Suggestion.meant(by: value, among: option.choices).map(Self.didYouMean) ?? Self.hint(path))
    }
    if option.isRepeatable {
      values[option.long, default: []].append(value)
    } else {
      values[option.long] = [value]
    }
  }

  private static func unknownOption(_ name: String, _ known: [OptionSpec], _ path: String) -> CommandFailure {
    let names = known.map { "--\($0.long)" }
    let meant = name.utf8.count > 2 ? Suggestion.meant(by: name, among: names) : nil
    return CommandFailure(
      en: "unknown option '\(name)'", zh: "未知选项 '\(name)'", hint: meant.map(didYouMean) ?? hint(path))
  }

  private static func wrongCount(_ operands: [String], _ spec: CommandSpec, _ path: String) -> CommandFailure {
    if operands.count < spec.operands.lowerBound {
      return CommandFailure(
        en: "too few arguments; usage: \(path) \(spec.forms[0])", zh: "参数不足；用法：\(path) \(spec.forms[0])",
        hint: hint(path))
    }
    let extra = operands[spec.operands.upperBound]
    // `apply mesh/` is typed by everybody once.
    let takesFiles = spec.options.contains { $0.long == Options.filename.long } && spec.operands.upperBound == 0
    return CommandFailure(
      en: "unexpected argument '\(extra)'", zh: "多余的参数 '\(extra)'",
      hint: takesFiles ? didYouMean("\(path) -f \(extra)") : hint(path))
  }

  static func didYouMean(_ word: String) -> LocalizedText {
    LocalizedText(en: "did you mean '\(word)'?", zh: "是否指 '\(word)'？")
  }

  static func hint(_ path: String) -> LocalizedText {
    LocalizedText(en: "see '\(path) --help'", zh: "参见 '\(path) --help'")
  }
}
