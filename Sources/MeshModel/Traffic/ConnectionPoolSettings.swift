/// CV-1 to CV-6.
package struct ConnectionPoolSettings: Hashable, Sendable {
  package var tcp: TCPSettings?
  package var http: HTTPSettings?

  package init() {}
}

package struct TCPSettings: Hashable, Sendable {
  package var maxConnections: Int = 0
  package var connectTimeout: ProtoDuration?
  package var tcpKeepalive: TCPKeepalive?
  package var maxConnectionDuration: ProtoDuration?
  package var idleTimeout: ProtoDuration?

  package init() {}
}

package struct TCPKeepalive: Hashable, Sendable {
  package var probes: UInt32 = 0
  package var time: ProtoDuration?
  package var interval: ProtoDuration?

  package init() {}
}

package struct HTTPSettings: Hashable, Sendable {
  package var http1MaxPendingRequests: Int = 0
  package var http2MaxRequests: Int = 0
  package var maxRequestsPerConnection: Int = 0
  package var maxRetries: Int = 0
  package var idleTimeout: ProtoDuration?
  package var h2UpgradePolicy: H2UpgradePolicy?
  package var useClientProtocol: Bool = false
  package var maxConcurrentStreams: Int = 0

  package init() {}
}

package enum H2UpgradePolicy: String, Hashable, Sendable, CaseIterable {
  case `default` = "DEFAULT"
  case doNotUpgrade = "DO_NOT_UPGRADE"
  case upgrade = "UPGRADE"
}
