import Diagnostics
import Editing
import MeshModel
import Report

/// The flags of `drydock route`: one for each field of a rule, and those that say which rule is meant.
enum RouteOptions {
  static func fields(_ kind: RouteKind) -> [OptionSpec] { RouteField.all(kind).map(option) }

  static func option(_ field: RouteField) -> OptionSpec {
    var option =
      field.isRepeatable
      ? OptionSpec.list(field.flag, nil, field.valueName, field.help)
      : OptionSpec.value(field.flag, nil, field.valueName, choices: field.choices, field.help)
    option.isRepeatable = field.isRepeatable
    return option
  }

  static let match = OptionSpec.value(
    "match", nil, "PLACE",
    LocalizedText(en: "which of several matches the flags are about, from 0", zh: "标志作用于第几个匹配条件，从 0 起"))
  static let or = OptionSpec.toggle(
    "or", nil, LocalizedText(en: "the flags make one more match", zh: "标志构成一个新的匹配条件"))
  static let any = OptionSpec.toggle(
    "any", nil, LocalizedText(en: "the rule takes everything", zh: "规则匹配全部请求"))
  static let unset = OptionSpec.list(
    "unset", nil, "FIELD",
    LocalizedText(
      en: "remove a field, such as 'timeout' or 'match.headers.end-user'; may be repeated",
      zh: "删除字段，如 'timeout' 或 'match.headers.end-user'；可重复"))
  static let before = OptionSpec.value(
    "before", nil, "RULE", LocalizedText(en: "before this rule", zh: "置于此规则之前"))
  static let after = OptionSpec.value(
    "after", nil, "RULE", LocalizedText(en: "behind this rule", zh: "置于此规则之后"))
  static let move = OptionSpec.value(
    "move", nil, "RULE",
    LocalizedText(en: "the rule to move, with --before or --after", zh: "要移动的规则，与 --before 或 --after 同用"))
  static let hosts = OptionSpec.list(
    "host", nil, "HOST",
    LocalizedText(en: "hosts of the VirtualService; may be repeated", zh: "VirtualService 的主机；可重复"))
  static let gateways = OptionSpec.list(
    "gateway", nil, "GATEWAY", completion: .gateway,
    LocalizedText(en: "gateways of the VirtualService; may be repeated", zh: "VirtualService 的网关；可重复"))
  static let filename = OptionSpec.list(
    "filename", "f", "FILE", completion: .file,
    LocalizedText(
      en: "rules as YAML, or a VirtualService; - is standard input", zh: "YAML 形式的规则或 VirtualService；- 为标准输入"))

  /// Flags that change a rule that is there.
  static let changing = [match, or, any, unset]
  /// Flags of the object around it.
  static let around = [hosts, gateways]

  /// The rule as the flags leave it.
  static func apply(
    to rule: Value, kind: RouteKind, field: String, _ arguments: ParsedArguments
  ) throws -> Value {
    try worded {
      var draft = try RuleDraft(rule, kind: kind, field: field, choice: try choice(arguments))
      if arguments.has(any) { draft.takeEverything() }
      for path in arguments.all(unset) { try draft.unset(path) }
      for spec in RouteField.all(kind) {
        let option = option(spec)
        let values = spec.isRepeatable ? arguments.all(option) : arguments[option].map { [$0] } ?? []
        if !values.isEmpty { try spec.apply(values, &draft) }
      }
      return try draft.finished
    }
  }

  /// Names of the fields that were given, for the revision's message.
  static func given(_ kind: RouteKind, _ arguments: ParsedArguments) -> [String] {
    let flags = RouteField.all(kind).map(option) + [any, hosts, gateways]
    return flags.filter(arguments.has).map(\.long) + arguments.all(unset).map { "no \($0)" }
  }

  private static func choice(_ arguments: ParsedArguments) throws(EditProblem) -> RuleDraft.MatchChoice {
    if arguments.has(or) { return .another }
    guard let text = arguments[match] else { return .only }
    let place = try FieldWords.whole(text, "--match", 0...1_000_000)
    return .place(Int(place.whole ?? 0))
  }
}

/// Runs an edit and turns its refusal into a message.
func worded<R>(_ body: () throws -> R) throws -> R {
  do {
    return try body()
  } catch let problem as EditProblem {
    func line(_ text: String, _ colon: String) -> String {
      let isNamed = problem.field.isEmpty || text.utf8.starts(with: problem.field.utf8)
      return (isNamed ? text : problem.field + colon + text) + " [\(problem.code)]"
    }
    throw CommandFailure(
      .negative, en: line(problem.message.en, ": "), zh: line(problem.message.zh, "："), hint: problem.hint)
  }
}
