/// Whether a workload asks its peers for mutual TLS (PA-1 to PA-6).
package struct PeerAuthentication: Hashable, Sendable {
  /// An empty selector counts as none.
  package var selector: WorkloadSelector?
  package var mtls: MutualTLS?
  package var portLevelMtls: [UInt32: MutualTLS] = [:]

  package init() {}
}

package struct MutualTLS: Hashable, Sendable {
  /// Absent is UNSET.
  package var mode: MutualTLSMode?

  package init() {}
}

package enum MutualTLSMode: String, Hashable, Sendable, CaseIterable {
  case unset = "UNSET"
  case disable = "DISABLE"
  case permissive = "PERMISSIVE"
  case strict = "STRICT"
}
