/// A Kubernetes Service.
package struct Service: Hashable, Sendable {
  package var type: String = ""
  package var clusterIP: String = ""
  package var clusterIPs: [String] = []
  package var externalIPs: [String] = []
  package var externalName: String = ""
  package var selector: [String: String] = [:]
  package var ports: [ServicePort] = []
  package var publishNotReadyAddresses: Bool = false
  package var trafficDistribution: String = ""
  package var internalTrafficPolicy: String = ""
  /// `status.loadBalancer.ingress[].ip`.
  package var loadBalancerAddresses: [String] = []

  package init() {}
}

package struct ServicePort: Hashable, Sendable {
  package var name: String = ""
  /// Absent is TCP.
  package var `protocol`: String = ""
  package var port: UInt32 = 0
  package var targetPort: PortReference?
  package var appProtocol: String?
  package var nodePort: UInt32 = 0

  package init() {}
}

/// A port by number or by the name of a container's port.
package enum PortReference: Hashable, Sendable {
  case number(UInt32)
  case name(String)
}
