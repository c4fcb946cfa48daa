package import MeshModel
import YAML

extension Value {
  /// The value as a YAML document, in the one style.
  package var yaml: [UInt8] { YAMLText.bytes(of: node) }

  private var node: Node {
    switch self {
    case .null: .null
    case .bool(let flag): .bool(flag)
    case .integer(let whole): .int(whole)
    case .number(let real): .float(real)
    case .string(let text): .string(text)
    case .array(let items): .sequence(items.map(\.node))
    case .object(let members): .mapping(members.map { ($0.key, $0.value.node) })
    }
  }
}
