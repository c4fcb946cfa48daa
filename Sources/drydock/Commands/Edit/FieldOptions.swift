import Diagnostics
import Editing
import MeshModel
import Workbench

/// The flags that set fields, and those that take fields away or give them all in a file.
enum FieldOptions {
  static let unset = OptionSpec.list(
    "unset", nil, "FIELD",
    LocalizedText(en: "take a field away, by its flag or its name; may be repeated", zh: "去掉字段（用选项名或字段名）；可重复"))
  static let file = OptionSpec.value(
    "filename", "f", "FILE", completion: .file,
    LocalizedText(en: "fields as YAML, from a file or - (standard input)", zh: "以 YAML 给出字段：文件或 -（标准输入）"))

  static func options(_ fields: [EditableField]) -> [OptionSpec] { fields.map(option) }

  private static func option(_ field: EditableField) -> OptionSpec {
    let (value, completion) = shape(of: field)
    // The API's name leads from a flag to its documentation.
    let isSame = field.flag.utf8.filter { $0 != UInt8(ascii: "-") }.elementsEqual(field.name.lowercased().utf8)
    let name = isSame ? "" : " (\(field.name))"
    let nameZh = isSame ? "" : "（\(field.name)）"
    let help = LocalizedText(en: field.help.en + name, zh: field.help.zh + nameZh)
    return field.isRepeatable
      ? .list(field.flag, nil, value, help) : .value(field.flag, nil, value, completion: completion, help)
  }

  private static func shape(of field: EditableField) -> (String, OptionSpec.Completion) {
    switch field.form {
    case .count, .decimal, .percent: ("N", .none)
    case .duration: ("TIME", .none)
    case .flag: ("true|false", .words(["true", "false"]))
    case .word(let words): ("WORD", .words(words))
    case .text, .texts: ("TEXT", .none)
    case .shares: ("FROM=TO:N,…", .none)
    case .pairs: ("FROM=TO", .none)
    }
  }

  /// What the command line says of these fields.
  static func changes(_ fields: [EditableField], _ arguments: ParsedArguments) throws -> FieldChanges {
    try told {
      try FieldChanges(fields, given: { arguments.all(option($0)) }, unset: arguments.all(unset))
    }
  }

  static func requireSomething(_ changes: FieldChanges, _ invocation: Invocation) throws {
    guard changes.isEmpty, !invocation.arguments.has(file) else { return }
    let message = EditProblem.nothingToSet.message
    throw CommandFailure(en: message.en, zh: message.zh, hint: ParsedArguments.hint(invocation.path))
  }

  /// Turns the refusal of an edit into a message.
  static func told<R>(_ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let problem as EditProblem {
      throw CommandFailure(
        .negative, en: "\(problem.message.en) [\(problem.code)]", zh: "\(problem.message.zh) [\(problem.code)]",
        hint: problem.hint)
    }
  }

  /// Everything that a file says, one content a document.
  static func contents(of path: String, _ terminal: Terminal) throws -> [Value] {
    let input = InputContents(path)
    try InputProblems.show(input.problems, terminal)
    guard !input.contents.isEmpty else {
      throw CommandFailure(.negative, en: "'\(path)' says nothing", zh: "'\(path)' 中没有内容")
    }
    return input.contents
  }

  /// Pairs as `KEY=VALUE`.
  static func labels(_ option: OptionSpec, _ arguments: ParsedArguments) throws -> [Value.Member] {
    var members: [Value.Member] = []
    for text in arguments.all(option).flatMap({ $0.split(separator: ",").map(String.init) }) {
      guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")), equals > text.utf8.startIndex else {
        throw CommandFailure(
          en: "--\(option.long) is written KEY=VALUE, not '\(text)'", zh: "--\(option.long) 应写作 键=值，而不是 '\(text)'")
      }
      let value = String(text[text.utf8.index(after: equals)...])
      members.append(.init(key: String(text[..<equals]), value: .string(value)))
    }
    return members
  }
}
