import MeshModel

/// The conditions of a rule, narrowed to a release's place and people.
enum RuleMatch {
  /// A rule as far as it counts within a scope.
  enum Part: Hashable {
    case all
    /// A copy for the scope has these conditions; the rule itself stays for the rest.
    case some([Value])
    case none
  }

  /// `gateways`: where the object of the rule counts.
  static func part(
    of rule: Value, _ layer: Release.Layer, gateways: [String], scope: [String], namespace: String
  ) -> Part {
    let entries = rule["match"]?.items ?? []
    let isWithin = { (names: [String]) in names.allSatisfy { scope.contains($0) } }
    if entries.isEmpty {
      if isWithin(gateways) { return .all }
      let common = gateways.filter { scope.contains($0) }
      return common.isEmpty ? .none : .some([.members(("gateways", .texts(common)))])
    }
    var result: [Value] = []
    var isCut = false
    for entry in entries {
      let own = entry["gateways"]?.texts ?? []
      if layer == .http, own.isEmpty, asksSource(entry) {
        // Sidecars alone have such labels, and an entry that names gateways too would ask for no labels (HR-3).
        if scope.contains("mesh") { result.append(entry) } else { isCut = true }
        continue
      }
      let names = own.isEmpty ? gateways : own
      let full = names.map { ServiceHost.gateway($0, in: namespace) }
      if isWithin(full) {
        result.append(entry)
        continue
      }
      isCut = true
      let common = zip(names, full).filter { scope.contains($0.1) }.map(\.0)
      if !common.isEmpty { result.append(entry.setting("gateways", .texts(common))) }
    }
    if result.isEmpty { return .none }
    return isCut ? .some(result) : .all
  }

  private static func asksSource(_ entry: Value) -> Bool {
    entry["sourceLabels"] != nil || entry["sourceNamespace"] != nil
  }

  /// A rule's conditions with those of an identity: each of the one with each of the other.
  static func both(_ rule: Value, _ layer: Release.Layer, _ identity: [Value]) -> [Value] {
    let entries = rule["match"]?.items ?? []
    return (entries.isEmpty ? [.object([])] : entries).flatMap { entry in
      identity.map { identity in
        let both = narrowed(entry, by: identity)
        return layer == .http && asksSource(identity) ? both.setting("gateways", nil) : both
      }
    }
  }

  private static func narrowed(_ entry: Value, by identity: Value) -> Value {
    var result = entry
    for condition in identity.members {
      var value = condition.value
      if let known = entry[condition.key], case .object(let members) = known {
        value = condition.value.members.reduce(.object(members)) { $0.setting($1.key, $1.value) }
      }
      result = result.setting(condition.key, value)
    }
    return result
  }

  /// A header or label that both ask for, with other conditions: no entry can ask twice.
  static func askedTwice(_ rule: Value, _ identity: [Value]) -> String? {
    for entry in rule["match"]?.items ?? [] {
      for condition in identity.flatMap(\.members) {
        for member in condition.value.members {
          if let known = entry[condition.key]?[member.key], known != member.value { return member.key }
        }
      }
    }
    return nil
  }
}
