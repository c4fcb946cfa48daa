import MeshModel

/// Whether everything that one value says stands in another: members may be left out, and the order of a list counts.
enum PartComparison {
  static func difference(_ wanted: Value, _ found: Value?, at path: String) -> (expected: String, actual: String)? {
    let place = path.isEmpty ? "" : path + ": "
    switch (wanted, found) {
    case (.object(let members), .object):
      for member in members {
        let inner = path.isEmpty ? member.key : path + "." + member.key
        if let difference = difference(member.value, found?[member.key], at: inner) { return difference }
      }
      return nil
    case (.array(let items), .array(let others)):
      guard items.count == others.count else { return (place + text(wanted), place + text(found)) }
      for (index, pair) in zip(items, others).enumerated() {
        if let difference = difference(pair.0, pair.1, at: "\(path)[\(index)]") { return difference }
      }
      return nil
    case (.null, nil): return nil
    case (.integer(let a), .number(let b)?): return Double(a) == b ? nil : (place + text(wanted), place + text(found))
    default: return found == wanted ? nil : (place + text(wanted), place + text(found))
    }
  }

  static func text(_ value: Value?) -> String {
    switch value {
    case nil: "(nothing)"
    case .null?: "null"
    case .bool(let value)?: "\(value)"
    case .integer(let value)?: "\(value)"
    case .number(let value)?: "\(value)"
    case .string(let value)?: value
    case .array(let items)?: "[" + items.map { text($0) }.joined(separator: ", ") + "]"
    case .object(let members)?: "{" + members.map { "\($0.key): \(text($0.value))" }.joined(separator: ", ") + "}"
    }
  }
}
