import MeshModel
import ProxyModel

/// What decides how much traffic each locality gets (LO-1).
struct LocalityBalancing {
  var setting: LocalityLoadBalancerSetting
  /// Failover works without outlier detection.
  var isForced: Bool

  /// nil: localities do not count.
  init?(rule: LocalityLoadBalancerSetting?, service: MeshService, mesh: LocalityLoadBalancerSetting?) {
    isForced = false
    if let rule {
      if rule.enabled == false { return nil }
      setting = rule
      return
    }
    var forced = LocalityLoadBalancerSetting()
    let zone = [
      "topology.istio.io/network", "topology.kubernetes.io/region", "topology.kubernetes.io/zone",
    ]
    switch service.trafficDistribution {
    case .sameZone: forced.failoverPriority = zone
    case .sameNode: forced.failoverPriority = zone + ["topology.istio.io/subzone", "kubernetes.io/hostname"]
    case .any:
      let mesh = mesh ?? LocalityLoadBalancerSetting()
      if mesh.enabled == false { return nil }
      setting = mesh
      return
    }
    setting = forced
    isForced = true
  }

  /// Whether Envoy weighs localities.
  func isWeighted(hasOutlierDetection: Bool) -> Bool {
    let failsOver = isForced || hasOutlierDetection
    return failsOver && !(setting.failover.isEmpty && setting.failoverPriority.isEmpty) || !setting.distribute.isEmpty
  }

  /// Weights and priorities as one client gets them.
  func apply(
    to groups: [LocalityEndpoints], client: Locality, clientLabels: [String: String], hasOutlierDetection: Bool
  ) -> [LocalityEndpoints] {
    if !setting.distribute.isEmpty { return distributed(groups, client) }
    guard isForced || hasOutlierDetection else { return groups }  // LO-3
    if setting.failoverPriority.isEmpty { return failedOver(groups, client) }
    var result = clientLabels.isEmpty ? groups : prioritized(groups, clientLabels)
    if !setting.failover.isEmpty { result = failedOver(result, client) }
    return result
  }

  /// LO-2; a locality that gets nothing stays without endpoints.
  private func distributed(_ groups: [LocalityEndpoints], _ client: Locality) -> [LocalityEndpoints] {
    guard let chosen = setting.distribute.first(where: { client.matches($0.from) }) else { return groups }
    var result = groups
    var left = Set(groups.indices)
    for (pattern, weight) in chosen.to.sorted(by: { $0.key < $1.key }) {
      let places = groups.indices.filter { left.contains($0) && groups[$0].locality.matches(pattern) }
      left.subtract(places)
      let total = places.reduce(UInt64(0)) { $0 + UInt64(groups[$1].weight ?? 1) }
      for place in places {
        let share = UInt64(groups[place].weight ?? 1) * UInt64(weight)
        let rounded = (share + total - 1) / total
        if rounded > 0 { result[place].weight = UInt32(clamping: rounded) }
      }
    }
    for place in left { result[place].endpoints = [] }
    return result
  }

  /// LO-4.
  private func failedOver(_ groups: [LocalityEndpoints], _ client: Locality) -> [LocalityEndpoints] {
    let target = setting.failover.first { $0.from == client.region }?.to
    return compressed(
      groups.map { group in
        var distance = client.distance(to: group.locality)
        if distance == 3, let target, group.locality.region != target { distance = 4 }
        var result = group
        result.priority = group.priority * 5 + distance
        return result
      })
  }

  /// LO-5: each locality falls apart by how far its endpoints' labels agree with the client's.
  private func prioritized(
    _ groups: [LocalityEndpoints], _ clientLabels: [String: String]
  ) -> [LocalityEndpoints] {
    let wanted = setting.failoverPriority.map { entry -> (label: String, value: String) in
      let parts = entry.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      return (parts[0], parts.count == 2 ? parts[1] : clientLabels[parts[0]] ?? "")
    }
    return compressed(
      groups.flatMap { group in
        let byPriority = Dictionary(grouping: group.endpoints) { endpoint -> UInt32 in
          let agreeing = wanted.prefix { endpoint.labels[$0.label] ?? "" == $0.value }.count
          return UInt32(wanted.count - agreeing)
        }
        return byPriority.keys.sorted().map { priority in
          let endpoints = byPriority[priority] ?? []
          return LocalityEndpoints(
            locality: group.locality, priority: priority, weight: endpoints.reduce(0) { $0 + $1.weight },
            endpoints: endpoints)
        }
      })
  }

  /// Priorities count from 0 without gaps.
  private func compressed(_ groups: [LocalityEndpoints]) -> [LocalityEndpoints] {
    let present = Set(groups.map(\.priority)).sorted()
    let ranks = Dictionary(uniqueKeysWithValues: zip(present, present.indices.map(UInt32.init)))
    return groups.map { group in
      var result = group
      result.priority = ranks[group.priority] ?? group.priority
      return result
    }
  }
}

extension Locality {
  /// LO-6: `region/zone/subzone` with stars; what the pattern leaves out matches anything.
  fileprivate func matches(_ pattern: String) -> Bool {
    let wanted = Locality(path: pattern)
    return (wanted.region == "*" || wanted.region == region)
      && (wanted.zone == "*" || wanted.zone.isEmpty || wanted.zone == zone)
      && (wanted.subzone == "*" || wanted.subzone.isEmpty || wanted.subzone == subzone)
  }

  /// LO-4.
  fileprivate func distance(to other: Locality) -> UInt32 {
    guard region == other.region else { return 3 }
    guard zone == other.zone else { return 2 }
    return subzone == other.subzone ? 0 : 1
  }
}
