/// Balancing, pools, ejection and TLS; composed by PO-1 to PO-4.
package struct TrafficPolicy: Hashable, Sendable {
  package var loadBalancer: LoadBalancerSettings?
  package var connectionPool: ConnectionPoolSettings?
  package var outlierDetection: OutlierDetection?
  package var tls: ClientTLSSettings?
  package var portLevelSettings: [PortTrafficPolicy] = []
  package var tunnel: TunnelSettings?
  package var proxyProtocol: ProxyProtocolSettings?
  package var retryBudget: RetryBudget?

  package init() {}
}

/// PO-1: replaces the four as a whole for one service port.
package struct PortTrafficPolicy: Hashable, Sendable {
  package var port: UInt32?
  package var loadBalancer: LoadBalancerSettings?
  package var connectionPool: ConnectionPoolSettings?
  package var outlierDetection: OutlierDetection?
  package var tls: ClientTLSSettings?

  package init() {}
}

/// CONNECT or POST tunnel for TCP (TC-9).
package struct TunnelSettings: Hashable, Sendable {
  package var `protocol`: String = ""
  package var targetHost: String = ""
  package var targetPort: UInt32 = 0

  package init() {}
}

/// CV-12.
package struct ProxyProtocolSettings: Hashable, Sendable {
  package var version: ProxyProtocolVersion?

  package init() {}
}

package enum ProxyProtocolVersion: String, Hashable, Sendable, CaseIterable {
  case v1 = "V1"
  case v2 = "V2"
}

/// CV-3.
package struct RetryBudget: Hashable, Sendable {
  package var percent: Double?
  package var minRetryConcurrency: UInt32 = 0

  package init() {}
}
