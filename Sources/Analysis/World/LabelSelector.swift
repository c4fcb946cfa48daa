import Validation

/// A selector with expressions, as webhooks have it.
struct LabelSelector {
  private let selector: Part

  init(_ selector: Part) { self.selector = selector }

  /// An absent selector selects everything.
  func selects(_ labels: [String: String]) -> Bool {
    labels.holds(selector["matchLabels"].texts)
      && selector["matchExpressions"].items.allSatisfy { expression in
        let key = expression["key"].text
        let values = expression["values"].items.map(\.text)
        switch expression["operator"].text {
        case "In": return !values.isEmpty && labels[key].map(values.contains) == true
        case "NotIn": return !values.isEmpty && labels[key].map(values.contains) != true
        case "Exists": return values.isEmpty && labels[key] != nil
        case "DoesNotExist": return values.isEmpty && labels[key] == nil
        default: return false
        }
      }
  }

  /// The values that are named for a key.
  func values(_ key: String) -> [String] {
    let plain = selector["matchLabels"].texts[key].map { [$0] } ?? []
    return plain
      + selector["matchExpressions"].items.filter { $0["key"].text == key }.flatMap { $0["values"].items.map(\.text) }
  }
}
