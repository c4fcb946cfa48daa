/// What holds for traffic to a host after routing.
package struct DestinationRule: Hashable, Sendable {
  /// Short names belong to the object's namespace (DR-5).
  package var host: String = ""
  package var trafficPolicy: TrafficPolicy?
  package var subsets: [Subset] = []
  package var exportTo: [String] = []
  package var workloadSelector: WorkloadSelector?

  package init() {}
}

/// A named part of a host's endpoints.
package struct Subset: Hashable, Sendable {
  package var name: String = ""
  package var labels: [String: String] = [:]
  package var trafficPolicy: TrafficPolicy?

  package init() {}
}

/// Labels that a workload must carry.
package struct WorkloadSelector: Hashable, Sendable {
  package var matchLabels: [String: String] = [:]

  package init() {}
}
