package import MeshModel

/// An address on which a proxy takes connections.
package struct Listener: Sendable {
  /// As Istio names it, such as `0.0.0.0_9080`.
  package var name: String
  /// An IP address, or the path of a Unix socket when `port` is 0.
  package var address: String
  package var port: UInt32
  package var filterChains: [FilterChain] = []
  package var defaultFilterChain: FilterChain?
  /// Whether the TLS inspector runs: SNI and ALPN of a TLS client are known, and the transport protocol.
  package var inspectsTLS = false
  /// Whether the HTTP inspector runs: plaintext HTTP is known as `http/1.1` or `h2c`.
  package var inspectsHTTP = false
  /// Destination ports on which the TLS inspector does the opposite; inbound only.
  package var portsInspectedOtherwiseForTLS: Set<UInt32> = []
  /// Destination ports on which the HTTP inspector does the opposite; inbound only.
  package var portsInspectedOtherwiseForHTTP: Set<UInt32> = []
  /// False for listeners that only take connections handed over from the virtual listener (`bind_to_port: false`).
  package var bindsToPort = false
  /// The objects that made this listener: services, a Sidecar's entry, Gateway servers.
  package var origins: [Origin] = []
  package var notModelled: [NotModelled] = []

  package init(name: String, address: String, port: UInt32) {
    self.name = name
    self.address = address
    self.port = port
  }

  /// Whether the TLS inspector looks at connections to this destination port.
  package func inspectsTLS(onPort port: UInt32) -> Bool {
    inspectsTLS != portsInspectedOtherwiseForTLS.contains(port)
  }

  /// Whether the HTTP inspector looks at connections to this destination port.
  package func inspectsHTTP(onPort port: UInt32) -> Bool {
    inspectsHTTP != portsInspectedOtherwiseForHTTP.contains(port)
  }
}

/// One way of handling a connection, and which connections it is for.
package struct FilterChain: Sendable {
  package var name: String
  package var match: FilterChainMatch
  /// Present when the proxy ends TLS here.
  package var tls: DownstreamTLS?
  /// Run in order; the last one is a connection manager or a TCP proxy.
  package var filters: [NetworkFilter]
  /// The rule or server that the chain came from; nil for what Istio makes by itself.
  package var origin: Origin?
  /// On every inbound chain but that of the virtual listener's own port: what the workload asks of its peers there.
  package var peerTLS: PeerTLS?
  package var notModelled: [NotModelled] = []

  package init(
    name: String = "", match: FilterChainMatch = FilterChainMatch(), tls: DownstreamTLS? = nil,
    filters: [NetworkFilter] = [], origin: Origin? = nil
  ) {
    self.name = name
    self.match = match
    self.tls = tls
    self.filters = filters
    self.origin = origin
  }
}

/// The mode of mutual TLS that the chains of one inbound port show (PA-1 to PA-5).
package struct PeerTLS: Hashable, Sendable {
  package var mode: Mode
  /// The PeerAuthentication field whose change changes those chains; nil: the default.
  package var origin: Origin?

  package enum Mode: String, Hashable, Sendable {
    case strict = "STRICT"
    case permissive = "PERMISSIVE"
    case disable = "DISABLE"
  }

  package init(mode: Mode, origin: Origin?) {
    self.mode = mode
    self.origin = origin
  }
}

/// FM-1; empty lists and nil mean no constraint.
package struct FilterChainMatch: Hashable, Sendable {
  package var destinationPort: UInt32?
  package var prefixRanges: [CIDRBlock] = []
  /// Lower case; `*.x` is a wildcard.
  package var serverNames: [String] = []
  /// `tls`, `raw_buffer` or empty.
  package var transportProtocol = ""
  package var applicationProtocols: [String] = []

  package init() {}
}

/// TLS that the proxy ends.
package struct DownstreamTLS: Hashable, Sendable {
  package var mode: Mode
  package var applicationProtocols: [String] = []
  /// Names of the secrets or files that hold the certificates; empty with mesh certificates.
  package var certificates: [String] = []
  /// Of mesh TLS: the trust domains whose clients pass the handshake, the mesh's own and its aliases.
  package var trustDomains: [String] = []
  package var origin: Origin?

  package enum Mode: String, Hashable, Sendable {
    case simple, mutual, optionalMutual
    /// With the workload's own certificate, the client's required.
    case mesh
  }

  package init(mode: Mode) {
    self.mode = mode
  }
}

package enum NetworkFilter: Sendable {
  case rbac(RBAC)
  case externalAuthorization(ExternalAuthorization)
  case connectionManager(HTTPConnectionManager)
  case tcpProxy(TCPProxy)
}

/// Bytes to a cluster.
package struct TCPProxy: Sendable {
  package var target: ClusterTarget
  /// The tcp or tls rule; nil for a service's default chain.
  package var origin: Origin?
  package var idleTimeoutMilliseconds: Int64?
  package var maxConnectionDurationMilliseconds: Int64?
  package var hashesSourceAddress = false
  package var tunnel: Tunnel?
  package var notModelled: [NotModelled] = []

  package struct Tunnel: Hashable, Sendable {
    package var usesPost: Bool
    /// `host:port`.
    package var target: String

    package init(usesPost: Bool, target: String) {
      self.usesPost = usesPost
      self.target = target
    }
  }

  package init(target: ClusterTarget, origin: Origin?) {
    self.target = target
    self.origin = origin
  }
}
