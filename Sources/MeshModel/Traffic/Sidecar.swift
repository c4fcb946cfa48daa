/// What a workload's proxy sees and opens.
package struct Sidecar: Hashable, Sendable {
  package var workloadSelector: [String: String]?
  package var ingress: [SidecarIngressListener] = []
  package var egress: [SidecarEgressListener] = []
  package var inboundConnectionPool: ConnectionPoolSettings?
  package var outboundTrafficPolicy: OutboundTrafficPolicy?

  package init() {}
}

package struct SidecarIngressListener: Hashable, Sendable {
  package var port: SidecarPort?
  package var bind: String = ""
  package var captureMode: CaptureMode?
  package var defaultEndpoint: String = ""
  package var tls: ServerTLSSettings?
  package var connectionPool: ConnectionPoolSettings?

  package init() {}
}

package struct SidecarEgressListener: Hashable, Sendable {
  package var port: SidecarPort?
  package var bind: String = ""
  package var captureMode: CaptureMode?
  /// `ns/host` (SC-4).
  package var hosts: [String] = []

  package init() {}
}

package struct SidecarPort: Hashable, Sendable {
  package var number: UInt32 = 0
  package var `protocol`: String = ""
  package var name: String = ""
  package var targetPort: UInt32 = 0

  package init() {}
}

package enum CaptureMode: String, Hashable, Sendable, CaseIterable {
  case `default` = "DEFAULT"
  case iptables = "IPTABLES"
  case none = "NONE"
}

/// What happens to traffic for unknown destinations (UK-1, UK-2).
package struct OutboundTrafficPolicy: Hashable, Sendable {
  /// Absent is REGISTRY_ONLY (DF-3).
  package var mode: OutboundTrafficMode?
  package var egressProxy: Destination?

  package init() {}
}

package enum OutboundTrafficMode: String, Hashable, Sendable, CaseIterable {
  case registryOnly = "REGISTRY_ONLY"
  case allowAny = "ALLOW_ANY"
  case virtualServiceOnly = "VIRTUAL_SERVICE_ONLY"
  case allowAnyDynamicDNS = "ALLOW_ANY_DYNAMIC_DNS"
}
