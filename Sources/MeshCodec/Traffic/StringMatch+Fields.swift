import MeshModel
import YAML

extension MatchCondition: FieldValue {
  private struct Choice: FieldMapped {
    var value: StringMatch?

    mutating func map(_ fields: inout FieldMap) {
      fields.choice("exact", &value, StringMatch.exact) { if case .exact(let text) = $0 { text } else { nil } }
      fields.choice("prefix", &value, StringMatch.prefix) { if case .prefix(let text) = $0 { text } else { nil } }
      fields.choice("regex", &value, StringMatch.regex) { if case .regex(let text) = $0 { text } else { nil } }
    }
  }

  static func read(_ node: Node, _ context: DecodingContext) -> MatchCondition? {
    Choice.read(node, context).map { choice in choice.value.map(MatchCondition.string) ?? .empty }
  }

  var written: Value {
    switch self {
    case .string(let match): Choice(value: match).written
    case .empty: .object([])
    case .null: .null
    }
  }

  var isZero: Bool { false }
}
