import MeshModel
import Patterns
import RequestSpace

/// Expectations of tests that speak of rules and clusters as other tools do.
struct RuleCheck {
  let seen: Observed

  /// Whether a field of the rule that took the request says exactly this (istio-config-validator).
  func failure(_ field: String, _ wanted: Value, isWanted: Bool) -> (expected: String, actual: String)? {
    // What a delegate leaves open comes from the root; of `delegate` itself only the root speaks.
    let found = field == "delegate" ? seen.rootRule?[field] : seen.ruleValue?[field] ?? seen.rootRule?[field]
    let isSame = found.map { Self.normal($0) == Self.normal(wanted) } ?? false
    if isSame == isWanted { return nil }
    let text = "\(field) \(PartComparison.text(wanted))"
    return (isWanted ? text : "anything but \(text)", "\(field) \(PartComparison.text(found))")
  }

  /// Members in one order, nulls left out: what a decoder of the API would see.
  private static func normal(_ value: Value) -> Value {
    switch value {
    case .object(let members):
      let kept = members.filter { $0.value != .null }.map { Value.Member(key: $0.key, value: normal($0.value)) }
      return .object(kept.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
    case .array(let items): return .array(items.map { normal($0) })
    case .number(let number) where number == number.rounded() && abs(number) < 1e15: return .integer(Int64(number))
    case .null, .bool, .integer, .number, .string: return value
    }
  }

  /// The cluster that a draw comes to: Envoy takes it modulo the sum of the weights (router_check_tool).
  func failure(
    drawn wanted: String, _ random: UInt64, _ targets: [ClusterParts], _ destination: String
  ) -> (expected: String, actual: String)? {
    if wanted.isEmpty { return targets.isEmpty ? nil : ("no cluster", destination) }
    let drawn = draw(random, targets)
    if let drawn, drawn.isCluster(wanted) { return nil }
    return ("cluster \(wanted)" + (targets.count > 1 ? " for draw \(random)" : ""), drawn?.short ?? destination)
  }

  private func draw(_ random: UInt64, _ targets: [ClusterParts]) -> ClusterParts? {
    guard targets.count > 1, case .array(let routes)? = seen.ruleValue?["route"] else { return targets.first }
    let weights = routes.map { route -> UInt64 in
      if case .integer(let weight)? = route["weight"], weight > 0 { return UInt64(weight) }
      return 0
    }
    let total = weights.reduce(0, +)
    guard total > 0 else { return targets.first }
    var left = random % total
    for (route, weight) in zip(routes, weights) {
      if left < weight {
        var host = ""
        var subset = ""
        if case .string(let text)? = route["destination"]?["host"] { host = text }
        if case .string(let text)? = route["destination"]?["subset"] { subset = text }
        return targets.first { $0.isService(host) && $0.subset == subset }
      }
      left -= weight
    }
    return nil
  }

  static func holds(_ test: HeaderTest, _ values: [String]?) -> Bool {
    guard let values else { return test.isInverted }
    let value = values.joined(separator: ",")
    let holds: Bool
    switch test.kind {
    case .exact: holds = value.utf8.elementsEqual(test.text.utf8)
    case .prefix: holds = value.utf8.starts(with: test.text.utf8)
    case .suffix: holds = value.utf8.reversed().starts(with: test.text.utf8.reversed())
    case .contains: holds = value.contains(test.text)
    case .regex: holds = (try? Pattern(test.text))?.matches(Array(value.utf8)) ?? false
    case .present: holds = true
    }
    return holds != test.isInverted
  }
}
