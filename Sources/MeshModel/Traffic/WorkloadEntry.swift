/// One workload outside Kubernetes, or an inline endpoint of a ServiceEntry.
package struct WorkloadEntry: Hashable, Sendable {
  package var address: String = ""
  package var ports: [String: UInt32] = [:]
  package var labels: [String: String] = [:]
  package var network: String = ""
  package var locality: String = ""
  package var weight: UInt32 = 0
  package var serviceAccount: String = ""
  /// From `status.conditions`: false only when a health check says so (SE-11).
  package var isHealthy: Bool?

  package init() {}
}

/// A template for WorkloadEntries (SE-19).
package struct WorkloadGroup: Hashable, Sendable {
  package var labels: [String: String] = [:]
  package var annotations: [String: String] = [:]
  package var template: WorkloadEntry?
  package var probe: ReadinessProbe?

  package init() {}
}
