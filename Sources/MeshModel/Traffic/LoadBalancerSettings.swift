/// How endpoints are chosen (CV-7 to CV-9).
package struct LoadBalancerSettings: Hashable, Sendable {
  package var simple: SimpleLoadBalancer?
  package var consistentHash: ConsistentHash?
  package var localityLbSetting: LocalityLoadBalancerSetting?
  /// Deprecated form of `warmup.duration`.
  package var warmupDurationSecs: ProtoDuration?
  package var warmup: WarmupConfiguration?

  package init() {}
}

package enum SimpleLoadBalancer: String, Hashable, Sendable, CaseIterable {
  case unspecified = "UNSPECIFIED"
  case leastConnection = "LEAST_CONN"
  case random = "RANDOM"
  case passthrough = "PASSTHROUGH"
  case roundRobin = "ROUND_ROBIN"
  case leastRequest = "LEAST_REQUEST"
}

/// Hash-based balancing: a key (HA-3) and an algorithm (CV-8).
package struct ConsistentHash: Hashable, Sendable {
  package var key: HashKey?
  package var algorithm: HashAlgorithm?
  /// Deprecated form of `ringHash.minimumRingSize`.
  package var minimumRingSize: Int64 = 0

  package init() {}
}

package enum HashKey: Hashable, Sendable {
  case httpHeaderName(String)
  case httpCookie(HashCookie)
  case useSourceIP(Bool)
  case httpQueryParameterName(String)
}

package enum HashAlgorithm: Hashable, Sendable {
  case ringHash(minimumRingSize: Int64)
  case maglev(tableSize: Int64)
}

/// HA-5.
package struct HashCookie: Hashable, Sendable {
  package var name: String = ""
  package var path: String = ""
  package var ttl: ProtoDuration?
  package var attributes: [HashCookieAttribute] = []

  package init() {}
}

package struct HashCookieAttribute: Hashable, Sendable {
  package var name: String = ""
  package var value: String = ""

  package init() {}
}

package struct WarmupConfiguration: Hashable, Sendable {
  package var duration: ProtoDuration?
  package var minimumPercent: Double?
  package var aggression: Double?

  package init() {}
}

/// LO-1 to LO-6.
package struct LocalityLoadBalancerSetting: Hashable, Sendable {
  package var distribute: [LocalityDistribute] = []
  package var failover: [LocalityFailover] = []
  package var failoverPriority: [String] = []
  package var enabled: Bool?

  package init() {}
}

package struct LocalityDistribute: Hashable, Sendable {
  package var from: String = ""
  package var to: [String: UInt32] = [:]

  package init() {}
}

package struct LocalityFailover: Hashable, Sendable {
  package var from: String = ""
  package var to: String = ""

  package init() {}
}
