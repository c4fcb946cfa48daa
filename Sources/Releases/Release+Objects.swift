package import MeshModel

/// What the objects of a release shall say.
package enum ReleaseAim: Hashable, Sendable {
  /// The release is under way.
  case stage(Release.Stage)
  /// Every request goes to the new version.
  case promoted
  /// Promoted, and without what the release needed on its way: what named the old version names the new one, and
  /// what named none names none.
  case settled
  /// As if there had been no release.
  case before
}

extension Release {
  /// What its parts say at some point of its way: a function of what was there before alone, so that two points of the
  /// way differ by what the release does between them and by nothing that anybody else did. Absent: not there.
  ///
  /// Each rule has a ``ruleMark``: which rule of the old object it is, or was made from.
  package func objects(before: [ObjectID: Value], at aim: ReleaseAim) -> [ObjectID: Value] {
    var result: [ObjectID: Value] = [:]
    let needsVersion = aim != .settled || parts.contains { isPinned($0, before[$0.id]) }
    for part in parts {
      if let value = value(of: part, before: before[part.id], at: aim, needsVersion) { result[part.id] = value }
    }
    return result
  }

  /// A member of a rule that is no content.
  package static let ruleMark = "drydock.dev/rule"

  private func marked(_ rule: Value, _ place: Int, _ purpose: String = "") -> Value {
    rule.setting(Self.ruleMark, .string("\(place)\(purpose)"))
  }

  private func value(of part: Part, before: Value?, at aim: ReleaseAim, _ needsVersion: Bool) -> Value? {
    if aim == .before, part.id.kind != .virtualService { return before }
    if aim == .before, part.seed != nil { return nil }
    guard let start = part.seed ?? before else { return nil }
    switch part.id.kind {
    case .virtualService:
      if aim == .settled, part.seed != nil { return nil }
      return routes(start, part, aim)
    case .destinationRule:
      guard aim == .settled else { return withSubsets(start, [from, to]) }
      if !needsVersion { return before }
      // Its traffic policy was another object's, which counts again without it.
      return before.map { withSubsets($0, [to]) } ?? withSubsets(start, [to])
    default: return aim == .settled && !needsVersion ? nil : start
    }
  }

  private func isPinned(_ part: Part, _ before: Value?) -> Bool {
    guard part.id.kind == .virtualService, part.seed == nil, let before else { return false }
    let share = RuleShare(self, in: part.id.namespace)
    return rules(of: before).contains { share.isPinned($0) }
  }

  package func rules(of virtualService: Value) -> [Value] { virtualService["spec"]?[layer.rawValue]?.items ?? [] }

  private func withSubsets(_ rule: Value, _ versions: [Version]) -> Value {
    guard let spec = rule["spec"] else { return rule }
    var subsets = spec["subsets"]?.items ?? []
    for version in versions where !subsets.contains(where: { $0["name"]?.text == version.name }) {
      subsets.append(.members(("name", .string(version.name)), ("labels", .labels(version.labels))))
    }
    return rule.setting("spec", spec.setting("subsets", subsets.isEmpty ? nil : .array(subsets)))
  }

  private func routes(_ virtualService: Value, _ part: Part, _ aim: ReleaseAim) -> Value {
    guard let spec = virtualService["spec"] else { return virtualService }
    let share = RuleShare(self, in: part.id.namespace)
    var names = RuleNames(release: name, taken: rules(of: virtualService).compactMap { $0["name"]?.text })
    var result: [Value] = []
    for (place, rule) in rules(of: virtualService).enumerated() {
      let scope = RuleMatch.part(of: rule, layer, gateways: part.gateways, scope: scope, namespace: part.id.namespace)
      let isMeant = share.sendsToOld(rule) && scope != .none && (aim != .settled || share.isPinned(rule))
      guard isMeant, aim != .before else {
        result.append(marked(rule, place))
        continue
      }
      var own = rule
      if case .some(let conditions) = scope {
        // The copy says what holds within the scope and comes first; the rule says what holds elsewhere.
        let name = rule["name"]?.text.map { names.made(from: $0, "") }
        own = copy(rule, named: name, for: conditions)
      }
      let (known, shared) = rules(from: own, of: rule, share, aim, &names)
      if let known { result.append(marked(known, place, " identity")) }
      if case .some = scope {
        result += [marked(shared, place, " scope"), marked(rule, place)]
      } else {
        result.append(marked(shared, place))
      }
    }
    return virtualService.setting("spec", spec.setting(layer.rawValue, .array(result)))
  }

  private func rules(
    from rule: Value, of original: Value, _ share: RuleShare, _ aim: ReleaseAim, _ names: inout RuleNames
  ) -> (known: Value?, shared: Value) {
    guard case .stage(let stage) = aim else { return (nil, share.whole(rule, at: .to)) }
    var shared = steps.isEmpty ? share.whole(rule, at: .from) : share.split(rule, weight: stage.weight)
    if stage.isMirrored { shared = share.mirrored(shared) }
    guard !identity.isEmpty else { return (nil, shared) }
    let name = layer == .http ? names.made(from: original["name"]?.text, "identity") : nil
    return (copy(share.whole(rule, at: .to), named: name, for: RuleMatch.both(rule, layer, identity)), shared)
  }

  /// As people write rules: for whom, then what.
  private func copy(_ rule: Value, named name: String?, for conditions: [Value]) -> Value {
    let head = Value.members(("name", name.map { .string($0) }), ("match", .array(conditions)))
    return .object(head.members + rule.setting("name", nil).setting("match", nil).members)
  }
}

/// Names for rules that a release makes, each another.
private struct RuleNames {
  private let release: String
  private var taken: Set<String>

  init(release: String, taken: [String]) {
    self.release = release
    self.taken = Set(taken)
  }

  mutating func made(from name: String?, _ purpose: String) -> String {
    let stem = [name, release, purpose.isEmpty ? nil : purpose].compactMap(\.self).joined(separator: "-")
    var result = stem
    var number = 2
    while !taken.insert(result).inserted {
      result = "\(stem)-\(number)"
      number += 1
    }
    return result
  }
}
