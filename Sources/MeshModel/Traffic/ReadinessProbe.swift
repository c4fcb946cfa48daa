/// How a workload of a WorkloadGroup is asked whether it is well; no effect on routing but through the health it finds.
package struct ReadinessProbe: Hashable, Sendable {
  package var initialDelaySeconds: Int = 0
  package var timeoutSeconds: Int = 0
  package var periodSeconds: Int = 0
  package var successThreshold: Int = 0
  package var failureThreshold: Int = 0
  package var method: HealthCheckMethod?

  package init() {}
}

/// What is asked.
package enum HealthCheckMethod: Hashable, Sendable {
  case httpGet(HTTPHealthCheck)
  case tcpSocket(TCPHealthCheck)
  /// The command and its arguments.
  case exec([String])
  case grpc(GRPCHealthCheck)
}

package struct HTTPHealthCheck: Hashable, Sendable {
  package var path: String = ""
  package var port: UInt32 = 0
  package var host: String = ""
  package var scheme: String = ""
  package var httpHeaders: [HealthCheckHeader] = []

  package init() {}
}

package struct HealthCheckHeader: Hashable, Sendable {
  package var name: String = ""
  package var value: String = ""

  package init() {}
}

package struct TCPHealthCheck: Hashable, Sendable {
  package var host: String = ""
  package var port: UInt32 = 0

  package init() {}
}

package struct GRPCHealthCheck: Hashable, Sendable {
  package var port: UInt32 = 0
  package var service: String = ""

  package init() {}
}
