package import Diagnostics
import MeshModel

/// One field of a rule as a flag: what it is called, what it takes, and what it does to a rule.
package struct RouteField: Sendable {
  package typealias Change = @Sendable ([String], inout RuleDraft) throws(EditProblem) -> Void

  package let flag: String
  package let valueName: String
  package let isRepeatable: Bool
  package let choices: [String]
  package let help: LocalizedText
  package let apply: Change

  init(
    _ flag: String, _ valueName: String, isRepeatable: Bool = false, choices: [String] = [], en: String, zh: String,
    _ apply: @escaping Change
  ) {
    self.flag = flag
    self.valueName = valueName
    self.isRepeatable = isRepeatable
    self.choices = choices
    help = LocalizedText(en: en, zh: zh)
    self.apply = apply
  }

  /// The fields of one kind of rule, in the order in which a rule is written.
  package static func all(_ kind: RouteKind) -> [RouteField] {
    switch kind {
    case .http: [name] + httpMatch + commonMatch + httpActions + [destinations, weights] + httpPolicies + headers
    case .tls: [sniHosts] + networkMatch + commonMatch + [destinations, weights]
    case .tcp: networkMatch + commonMatch + [destinations, weights]
    }
  }

  /// Fields that say more together than one by one.
  static func text(_ flag: String, _ valueName: String, _ path: [String], en: String, zh: String) -> RouteField {
    RouteField(flag, valueName, en: en, zh: zh) { values, draft in
      draft.set(path, to: values.last.map { .string($0) })
    }
  }

  static func parsed(
    _ flag: String, _ valueName: String, _ path: [String], en: String, zh: String,
    _ parse: @escaping @Sendable (String, String) throws(EditProblem) -> Value
  ) -> RouteField {
    RouteField(flag, valueName, en: en, zh: zh) { values, draft throws(EditProblem) in
      guard let text = values.last else { return }
      draft.set(path, to: try parse(text, "\(draft.field).\(path.joined(separator: "."))"))
    }
  }

  /// A list of texts, as a whole.
  static func list(_ flag: String, _ valueName: String, _ path: [String], en: String, zh: String) -> RouteField {
    RouteField(flag, valueName, isRepeatable: true, en: en, zh: zh) { values, draft in
      draft.set(path, to: .array(values.map { .string($0) }))
    }
  }

  // MARK: Every kind

  private static let name = text("name", "NAME", ["name"], en: "the rule's name", zh: "规则名称")

  private static let destinations = RouteField(
    "to", "HOST[:PORT][/SUBSET][=WEIGHT]", isRepeatable: true,
    en: "where requests go; replaces all destinations; may be repeated", zh: "请求的目标；替换全部目标；可重复"
  ) { values, draft throws(EditProblem) in
    try draft.change { (rule, field) throws(EditProblem) in try RouteWeights.replace(values, in: &rule, field) }
  }

  private static let weights = RouteField(
    "weight", "NAME=WEIGHT", isRepeatable: true,
    en: "the weight of a destination, by subset or host; may be repeated", zh: "某个目标的权重，按子集或主机指定；可重复"
  ) { values, draft throws(EditProblem) in
    try draft.change { (rule, field) throws(EditProblem) in try RouteWeights.change(values, in: &rule, field) }
  }
}
