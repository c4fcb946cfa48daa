import MeshModel
import ProxyModel

/// A DestinationRule after merging (DM-1 to DM-6).
struct MergedDestinationRule: Sendable {
  var id: ObjectID
  /// Fully qualified (DR-5).
  var host: String
  var trafficPolicy: TrafficPolicy?
  /// The object that `trafficPolicy` came from.
  var policyOrigin: Origin
  /// Each subset with the object that brought it.
  var subsets: [(subset: Subset, origin: Origin)]
  var exportTo: [String]
  var workloadSelector: WorkloadSelector?
  var notModelled: [NotModelled] = []
}

/// DestinationRules by stage and host (DR-1 to DR-9).
struct DestinationRuleIndex: Sendable {
  private let root: String
  /// DR-1: everything that clients of the namespace itself see.
  private var local: [String: HostTable<[MergedDestinationRule]>] = [:]
  /// DR-2.
  private var exported: [String: HostTable<[MergedDestinationRule]>] = [:]
  /// DR-1, DR-6: the root namespace's private ones.
  private var rootPrivate = HostTable<[MergedDestinationRule]>()

  init(_ snapshot: Snapshot) {
    root = snapshot.meshConfig.rootNamespaceName
    let given = snapshot.meshConfig.defaultDestinationRuleExportTo ?? []
    let isPrivateByDefault = given.contains(".")
    let sorted = snapshot.objects(of: .destinationRule).sortedByAge()
    // DM-1: those with a selector come first.
    for object in sorted where object.hasRuleSelector { file(object, isPrivateByDefault) }
    for object in sorted where !object.hasRuleSelector { file(object, isPrivateByDefault) }
  }

  /// The rule for a service as seen by a client (DR-1 to DR-4, DM-7); labels nil ignores rules with a selector.
  func rule(
    forHost hostname: String, serviceNamespace: String, clientNamespace: String, clientLabels: [String: String]?
  ) -> MergedDestinationRule? {
    let candidates = stage(hostname, serviceNamespace, clientNamespace)
    var found: MergedDestinationRule?
    for candidate in candidates {
      guard let selector = candidate.workloadSelector else {
        found = candidate
        continue
      }
      guard let clientLabels, candidate.id.namespace == clientNamespace else { continue }
      if clientLabels.contains(all: selector.matchLabels) { return candidate }
    }
    return found
  }

  /// The rules of the first stage that has one for the host; they end the look-up even when none of them applies.
  private func stage(_ hostname: String, _ serviceNamespace: String, _ client: String) -> [MergedDestinationRule] {
    let own = client == root ? rootPrivate : local[client]
    if let found = own?.mostSpecific(for: hostname) { return found.value }
    for namespace in [serviceNamespace, root] {
      let found = exported[namespace]?.mostSpecific(for: hostname)?.value ?? []
      // DR-4
      let visible = found.filter { rule in
        rule.exportTo.isEmpty || rule.exportTo.contains("*") || rule.exportTo.contains(client)
      }
      if !visible.isEmpty { return visible }
    }
    return []
  }

  private mutating func file(_ object: MeshObject, _ isPrivateByDefault: Bool) {
    guard let rule = MergedDestinationRule(object) else { return }
    let namespace = object.id.namespace
    let tokens = Set(rule.exportTo)
    if tokens.isEmpty || !tokens.isDisjoint(with: ["*", ".", namespace]) {
      local[namespace, default: HostTable()].merge(rule)
    }
    let isPrivate =
      tokens.isEmpty && isPrivateByDefault || tokens.count == 1 && !tokens.isDisjoint(with: [".", namespace])
    if !isPrivate {
      exported[namespace, default: HostTable()].merge(rule)
    } else if namespace == root {
      rootPrivate.merge(rule)
    }
  }
}

extension MergedDestinationRule {
  fileprivate init?(_ object: MeshObject) {
    guard case .destinationRule(let rule) = object.content else { return nil }
    let origin = Origin(object: object.id, field: "")
    id = object.id
    host = ShortName.host(rule.host, namespace: object.id.namespace)
    trafficPolicy = rule.trafficPolicy
    policyOrigin = origin
    subsets = rule.subsets.enumerated().map { place, subset in
      (subset, Origin(object: object.id, field: "spec.subsets[\(place)]"))
    }
    workloadSelector = rule.workloadSelector
    exportTo = rule.workloadSelector == nil ? rule.exportTo : ["."]  // DR-7
    notModelled = object.unknownFields.map {
      NotModelled(origin: Origin(object: object.id, field: $0), reason: .unknownField)
    }
  }
}

extension HostTable<[MergedDestinationRule]> {
  /// DM-2 to DM-5.
  fileprivate mutating func merge(_ incoming: MergedDestinationRule) {
    guard var existing = self[incoming.host] else {
      self[incoming.host] = [incoming]
      return
    }
    let tokens = Set(incoming.exportTo)
    var standsAlone = true
    for place in existing.indices {
      let present = Set(existing[place].exportTo)
      if present == tokens {
        standsAlone = false
      } else {
        standsAlone = true
        guard !present.isEmpty, tokens.isSuperset(of: present) else { continue }
      }
      switch (existing[place].workloadSelector, incoming.workloadSelector) {
      case (let one?, let other?):
        guard one.matchLabels == other.matchLabels else {
          standsAlone = true
          continue
        }
        standsAlone = false
      case (nil, nil): standsAlone = false
      case (_?, nil), (nil, _?): break
      }
      existing[place].adopt(incoming)
    }
    if standsAlone { existing.append(incoming) }
    self[incoming.host] = existing
  }
}

extension MergedDestinationRule {
  /// DM-3.
  fileprivate mutating func adopt(_ other: MergedDestinationRule) {
    for entry in other.subsets where !subsets.contains(where: { $0.subset.name == entry.subset.name }) {
      subsets.append(entry)
    }
    if trafficPolicy == nil, other.trafficPolicy != nil {
      trafficPolicy = other.trafficPolicy
      policyOrigin = other.policyOrigin
    }
    notModelled += other.notModelled
  }
}

extension MeshObject {
  fileprivate var hasRuleSelector: Bool {
    guard case .destinationRule(let rule) = content else { return false }
    return rule.workloadSelector != nil
  }
}
