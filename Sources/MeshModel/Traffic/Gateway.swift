/// Servers that gateway workloads open.
package struct Gateway: Hashable, Sendable {
  package var servers: [GatewayServer] = []
  package var selector: [String: String] = [:]

  package init() {}
}

package struct GatewayServer: Hashable, Sendable {
  package var port: GatewayPort = GatewayPort()
  package var bind: String = ""
  /// `host` or `ns/host` (GW-4).
  package var hosts: [String] = []
  package var tls: ServerTLSSettings?
  package var defaultEndpoint: String = ""
  package var name: String = ""

  package init() {}
}

package struct GatewayPort: Hashable, Sendable {
  package var number: UInt32 = 0
  package var `protocol`: String = ""
  package var name: String = ""
  /// Deprecated; has no effect.
  package var targetPort: UInt32 = 0

  package init() {}
}
