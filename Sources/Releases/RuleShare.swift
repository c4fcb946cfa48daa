import MeshModel

/// How one rule divides its requests between the two versions of a release.
struct RuleShare {
  private let release: Release
  /// Of the object that holds the rule: short names belong to it.
  private let namespace: String

  init(_ release: Release, in namespace: String) {
    self.release = release
    self.namespace = namespace
  }

  /// What a target of a rule is to the release.
  enum Side {
    case from, to, other
  }

  /// A target that names no version gets requests for both.
  func side(of target: Value) -> Side {
    guard let destination = target["destination"], let host = destination["host"]?.text else { return .other }
    let full = ServiceHost.full(host, in: namespace)
    switch release.manner {
    case .subsets:
      guard full == release.host else { return .other }
      let subset = destination["subset"]?.text ?? ""
      if subset.isEmpty || subset == release.from.name { return .from }
      return subset == release.to.name ? .to : .other
    case .services:
      if full == ServiceHost.full(release.from.name, in: release.namespace) { return .from }
      return full == ServiceHost.full(release.to.name, in: release.namespace) ? .to : .other
    }
  }

  /// A target beside others that has no weight gets nothing.
  func sendsToOld(_ rule: Value) -> Bool {
    let targets = rule["route"]?.items ?? []
    return targets.contains { side(of: $0) == .from && (targets.count == 1 || ($0["weight"]?.whole ?? 0) > 0) }
  }

  /// Whether a rule names the old version, so that it goes on naming a version after the release.
  func isPinned(_ rule: Value) -> Bool {
    (rule["route"]?.items ?? []).contains { target in
      guard side(of: target) == .from else { return false }
      switch release.manner {
      case .subsets: return !(target["destination"]?["subset"]?.text ?? "").isEmpty
      case .services: return true
      }
    }
  }

  /// The rule with that percentage of its requests at the new version, weights in the smallest whole numbers or, where
  /// that is possible, adding up to 100.
  func split(_ rule: Value, weight: Int) -> Value {
    let targets = rule["route"]?.items ?? []
    let pool = pool(targets)
    guard let old = pool.old else { return rule }
    // A target without weight would get nothing, and be told of as a mistake.
    if weight == 0 { return whole(rule, at: .from) }
    if weight == 100 { return whole(rule, at: .to) }
    let others = targets.filter { side(of: $0) == .other }
    let total = others.isEmpty ? 1 : pool.weight
    var weights = others.map { ($0["weight"]?.whole ?? 0) * 100 }
    weights += [total * Int64(100 - weight), total * Int64(weight)]
    weights = Self.tidy(weights)
    let new = pool.new ?? old
    var result: [Value] = []
    var left = zip(others, weights).makeIterator()
    var isPlaced = false
    for target in targets {
      if side(of: target) == .other {
        if let (other, weight) = left.next() { result.append(other.setting("weight", .integer(weight))) }
      } else if !isPlaced {
        isPlaced = true
        result.append(pinned(old, to: .from).setting("weight", .integer(weights[weights.count - 2])))
        result.append(pinned(new, to: .to).setting("weight", .integer(weights[weights.count - 1])))
      }
    }
    return rule.setting("route", .array(result))
  }

  /// The rule with everything of the release's service at one version; other targets keep their weights.
  func whole(_ rule: Value, at version: Side) -> Value {
    let targets = rule["route"]?.items ?? []
    let pool = pool(targets)
    guard let old = pool.old else { return rule }
    let target = pinned(version == .to ? pool.new ?? old : old, to: version)
    let isAlone = targets.allSatisfy { side(of: $0) != .other }
    let hadWeight = old["weight"] != nil
    let weight: Value? = isAlone ? (hadWeight ? .integer(100) : nil) : .integer(pool.weight)
    var result: [Value] = []
    var isPlaced = false
    for each in targets {
      if side(of: each) == .other {
        result.append(each)
      } else if !isPlaced {
        isPlaced = true
        result.append(target.setting("weight", weight))
      }
    }
    return rule.setting("route", .array(result))
  }

  /// The rule with a copy of every request sent to the new version.
  func mirrored(_ rule: Value) -> Value {
    guard let old = pool(rule["route"]?.items ?? []).old, let destination = pinned(old, to: .to)["destination"] else {
      return rule
    }
    let copy = Value.members(("destination", destination), ("percentage", .members(("value", .integer(100)))))
    return rule.setting("mirrors", .array((rule["mirrors"]?.items ?? []) + [copy]))
  }

  private func pool(_ targets: [Value]) -> (old: Value?, new: Value?, weight: Int64) {
    let weight = targets.filter { side(of: $0) != .other }.reduce(0) { $0 + ($1["weight"]?.whole ?? 0) }
    return (
      old: targets.first { side(of: $0) == .from }, new: targets.first { side(of: $0) == .to }, weight: weight
    )
  }

  private func pinned(_ target: Value, to side: Side) -> Value {
    guard let destination = target["destination"], let host = destination["host"]?.text else { return target }
    let version = side == .to ? release.to : release.from
    switch release.manner {
    case .subsets: return target.setting("destination", destination.setting("subset", .string(version.name)))
    case .services:
      let name = ServiceHost.renamed(host, to: version.name, in: release.namespace)
      // A short name is read in the namespace of the rule.
      let isNear = ServiceHost.full(name, in: namespace) == ServiceHost.full(version.name, in: release.namespace)
      let written = isNear ? name : ServiceHost.full(version.name, in: release.namespace)
      return target.setting("destination", destination.setting("host", .string(written)))
    }
  }

  private static func tidy(_ weights: [Int64]) -> [Int64] {
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return weights }
    if weights.allSatisfy({ $0 * 100 % sum == 0 }) { return weights.map { $0 * 100 / sum } }
    let divisor = weights.reduce(0, greatestCommonDivisor)
    return weights.map { $0 / max(1, divisor) }
  }

  private static func greatestCommonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
