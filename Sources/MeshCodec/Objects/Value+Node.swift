package import MeshModel
package import YAML

extension Value {
  /// The same content without its places.
  package init(_ node: Node) {
    switch node.content {
    case .sequence(let items):
      self = .array(items.map { Value($0) })
    case .mapping(let entries):
      self = .object(entries.map { Member(key: $0.name, value: Value($0.value)) })
    case .scalar(let scalar):
      switch scalar.resolved {
      case .null: self = .null
      case .bool(let value): self = .bool(value)
      case .int(let value): self = .integer(value)
      case .float(let value): self = .number(value)
      case .string(let value): self = .string(value)
      }
    }
  }
}

extension Node {
  /// The content as a node, ready to be written.
  package init(_ value: Value) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .integer(let value): self = .int(value)
    case .number(let value): self = .float(value)
    case .string(let value): self = .string(value)
    case .array(let values): self = .sequence(values.map { Node($0) })
    case .object(let members): self = .mapping(members.map { (name: $0.key, value: Node($0.value)) })
    }
  }
}
