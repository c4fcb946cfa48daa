/// A service that Kubernetes does not know.
package struct ServiceEntry: Hashable, Sendable {
  package var hosts: [String] = []
  package var addresses: [String] = []
  package var ports: [ServiceEntryPort] = []
  /// Absent is MESH_EXTERNAL (DF-3).
  package var location: ServiceEntryLocation?
  /// Absent is NONE (DF-3).
  package var resolution: ServiceEntryResolution?
  package var endpoints: [WorkloadEntry] = []
  package var workloadSelector: [String: String]?
  package var exportTo: [String] = []
  package var subjectAltNames: [String] = []
  /// `status.addresses`: what was allocated (SE-16); used only with DNS capture (SE-17).
  package var statusAddresses: [ServiceEntryAddress] = []

  package init() {}
}

package struct ServiceEntryAddress: Hashable, Sendable {
  package var value: String = ""
  package var host: String = ""

  package init() {}
}

package struct ServiceEntryPort: Hashable, Sendable {
  package var number: UInt32 = 0
  package var `protocol`: String = ""
  package var name: String = ""
  package var targetPort: UInt32 = 0

  package init() {}
}

package enum ServiceEntryLocation: String, Hashable, Sendable, CaseIterable {
  case meshExternal = "MESH_EXTERNAL"
  case meshInternal = "MESH_INTERNAL"
}

package enum ServiceEntryResolution: String, Hashable, Sendable, CaseIterable {
  case none = "NONE"
  case `static` = "STATIC"
  case dns = "DNS"
  case dnsRoundRobin = "DNS_ROUND_ROBIN"
  case dynamicDNS = "DYNAMIC_DNS"
}
