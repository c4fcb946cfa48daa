import MeshModel
import ProxyModel
import Synchronization

/// By what requests to a destination are hashed, from the DestinationRules that one proxy sees (HA-1, HA-2, DR-9).
final class HashKeys: Sendable {
  private let scope: ProxyScope
  private let found = Mutex<[String: Policies?]>([:])

  /// The part of a DestinationRule that matters here.
  private struct Policies: Sendable {
    var top: TrafficPolicy?
    /// Only those that hash, by name.
    var subsets: [String: TrafficPolicy]
  }

  init(_ scope: ProxyScope) {
    self.scope = scope
  }

  /// HA-1: of a destination in a rule.
  func hash(for destination: Destination) -> ConsistentHash? {
    guard let policies = policies(for: destination.host) else { return nil }
    let subset = policies.subsets[destination.subset]
    return Self.hash(in: subset, port: destination.port) ?? subset?.loadBalancer?.consistentHash
      ?? Self.hash(in: policies.top, port: destination.port) ?? policies.top?.loadBalancer?.consistentHash
  }

  /// HA-2: of a service's default route.
  func hash(forService host: String, port: UInt32) -> ConsistentHash? {
    guard let policies = policies(for: host) else { return nil }
    return Self.hash(in: policies.top, port: port) ?? policies.top?.loadBalancer?.consistentHash
  }

  private static func hash(in policy: TrafficPolicy?, port: UInt32?) -> ConsistentHash? {
    guard let port else { return nil }
    return policy?.portLevelSettings.first { $0.port == port }?.loadBalancer?.consistentHash
  }

  /// Most policies do not hash at all: only those that do are kept.
  private static func isHashing(_ policy: TrafficPolicy) -> Bool {
    policy.loadBalancer?.consistentHash != nil
      || policy.portLevelSettings.contains { $0.loadBalancer?.consistentHash != nil }
  }

  private func policies(for host: String) -> Policies? {
    if let known = found.withLock({ $0[host] }) { return known }
    var result: Policies?
    if let rule = scope.destinationRule(forHost: host) {
      var subsets: [String: TrafficPolicy] = [:]
      for (subset, _) in rule.subsets where subset.trafficPolicy.map(Self.isHashing) ?? false {
        subsets[subset.name] = subset.trafficPolicy
      }
      let top = rule.trafficPolicy.flatMap { Self.isHashing($0) ? $0 : nil }
      if top != nil || !subsets.isEmpty { result = Policies(top: top, subsets: subsets) }
    }
    found.withLock { [result] in $0[host] = .some(result) }
    return result
  }
}

extension HashPolicy {
  /// HA-3; nil when no key is named.
  init?(translating hash: ConsistentHash) {
    switch hash.key {
    case .httpHeaderName(let name)?: self = .header(name)
    case .httpCookie(let cookie)?:
      self = .cookie(
        name: cookie.name, path: cookie.path, ttlMilliseconds: cookie.ttl?.milliseconds, attributes: cookie.attributes)
    case .useSourceIP(true)?: self = .sourceIP
    case .httpQueryParameterName(let name)?: self = .queryParameter(name)
    case .useSourceIP(false)?, nil: return nil
    }
  }
}
