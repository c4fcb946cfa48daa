package import MeshModel

/// A group of endpoints and how connections to it are made.
package struct Cluster: Sendable {
  /// As Istio names it: `outbound|9080|v1|reviews.default.svc.cluster.local`.
  package var name: String
  /// The parts of the name; empty for `PassthroughCluster` and the like.
  package var service: String
  package var subset: String
  package var port: UInt32
  package var discovery: Discovery
  /// The service's object.
  package var origin: Origin?
  /// The DestinationRule that shaped the cluster, with the subset's field when it is a subset's.
  package var destinationRule: Origin?
  package var loadBalancer: LoadBalancer = .leastRequest
  package var connectTimeoutMilliseconds: Int64 = 10_000
  package var circuitBreakers = CircuitBreakers()
  package var outlierDetection: OutlierEjection?
  /// `healthy_panic_threshold` in percent; nil: Envoy's 50 (CV-10).
  package var panicThreshold: Int?
  package var isLocalityWeighted = false
  package var httpOptions = UpstreamHTTPOptions()
  package var upstreamProtocol: UpstreamProtocol = .http1
  package var tls: UpstreamTLS = .none
  package var proxyProtocol: ProxyProtocolVersion?
  package var tcpKeepalive: TCPKeepalive?
  package var slowStart: SlowStart?
  /// In Istio's order: priorities and localities; empty groups are kept (corrections 8.5).
  package var localities: [LocalityEndpoints] = []
  /// For ORIGINAL_DST: connect to this port instead of the dialled one (SE-12).
  package var originalDestinationPort: UInt32?
  package var notModelled: [NotModelled] = []

  package init(name: String, service: String = "", subset: String = "", port: UInt32 = 0, discovery: Discovery) {
    self.name = name
    self.service = service
    self.subset = subset
    self.port = port
    self.discovery = discovery
  }

  /// Envoy's names.
  package enum Discovery: String, Hashable, Sendable {
    case eds = "EDS"
    case staticEndpoints = "STATIC"
    case strictDNS = "STRICT_DNS"
    case logicalDNS = "LOGICAL_DNS"
    case originalDestination = "ORIGINAL_DST"
    case dynamicForwardProxy = "DYNAMIC_FORWARD_PROXY"
  }

  package enum LoadBalancer: Hashable, Sendable {
    case roundRobin
    case leastRequest
    case random
    case ringHash(minimumSize: UInt64?)
    case maglev(tableSize: UInt64?)
    /// ORIGINAL_DST and dynamic forward proxy clusters.
    case clusterProvided
  }
}

/// CV-2; nil is unlimited (4294967295).
package struct CircuitBreakers: Hashable, Sendable {
  package var maxConnections: UInt32?
  package var maxPendingRequests: UInt32?
  package var maxRequests: UInt32?
  package var maxRetries: UInt32?
  package var retryBudget: RetryBudget?

  package struct RetryBudget: Hashable, Sendable {
    package var percent: Double
    package var minRetryConcurrency: UInt32

    package init(percent: Double, minRetryConcurrency: UInt32) {
      self.percent = percent
      self.minRetryConcurrency = minRetryConcurrency
    }
  }

  package init() {}
}

/// CV-10, CV-11: nil leaves Envoy's default.
package struct OutlierEjection: Hashable, Sendable {
  package var consecutive5xx: UInt32?
  package var enforcingConsecutive5xx: UInt32?
  package var consecutiveGatewayFailure: UInt32?
  package var enforcingConsecutiveGatewayFailure: UInt32?
  package var consecutiveLocalOriginFailure: UInt32?
  package var enforcingConsecutiveLocalOriginFailure: UInt32?
  package var enforcingLocalOriginSuccessRate: UInt32?
  package var splitExternalLocalOriginErrors = false
  package var intervalMilliseconds: Int64?
  package var baseEjectionTimeMilliseconds: Int64?
  package var maxEjectionPercent: UInt32?
  package var enforcingSuccessRate: UInt32? = 0

  package init() {}
}

/// CV-4; milliseconds.
package struct UpstreamHTTPOptions: Hashable, Sendable {
  package var idleTimeoutMilliseconds: Int64?
  package var maxConnectionDurationMilliseconds: Int64?
  package var maxRequestsPerConnection: UInt32?
  package var maxConcurrentStreams: UInt32?

  package init() {}
}

/// CV-6.
package enum UpstreamProtocol: String, Hashable, Sendable {
  case http1, http2
  /// Whatever the client speaks.
  case client
}

/// TLS-1 to TLS-7.
package enum UpstreamTLS: Hashable, Sendable {
  case none
  /// Mutual TLS to endpoints that have a sidecar, plaintext to the others.
  case auto(sni: String, subjectAltNames: [String])
  /// Mutual TLS with the workload's own certificate to every endpoint.
  case mesh(sni: String, subjectAltNames: [String])
  /// TLS by a DestinationRule, SIMPLE or MUTUAL.
  case external(ExternalTLS)

  package struct ExternalTLS: Hashable, Sendable {
    /// Empty: from the request's host (`auto_sni`) for HTTP.
    package var sni = ""
    package var subjectAltNames: [String] = []
    package var presentsCertificate = false
    package var skipsVerification = false
    package var certificateAuthorities = ""
    package var clientCertificate = ""
    package var privateKey = ""
    package var credentialName = ""

    package init() {}
  }
}

/// CV-9, SS-1.
package struct SlowStart: Hashable, Sendable {
  package var windowMilliseconds: Int64
  package var aggression: Double?
  package var minimumPercent: Double?

  package init(windowMilliseconds: Int64, aggression: Double?, minimumPercent: Double?) {
    self.windowMilliseconds = windowMilliseconds
    self.aggression = aggression
    self.minimumPercent = minimumPercent
  }
}

/// The endpoints of one locality at one priority.
package struct LocalityEndpoints: Hashable, Sendable {
  package var locality: Locality
  package var priority: UInt32
  /// nil when Istio gives none.
  package var weight: UInt32?
  package var endpoints: [Endpoint]

  package init(locality: Locality, priority: UInt32 = 0, weight: UInt32? = nil, endpoints: [Endpoint] = []) {
    self.locality = locality
    self.priority = priority
    self.weight = weight
    self.endpoints = endpoints
  }
}

package struct Endpoint: Hashable, Sendable {
  /// `ip:port`, `host:port`, a Unix path, or the workload's `namespace/name` when no address is known.
  package var address: String
  package var weight: UInt32
  /// The pod, WorkloadEntry, ServiceEntry or workload it came from.
  package var origin: Origin?
  package var labels: [String: String]
  /// Whether a connection under auto mTLS uses TLS (TLS-6).
  package var acceptsMeshTLS: Bool
  package var health: Health

  package enum Health: String, Hashable, Sendable {
    case healthy, unhealthy, draining
  }

  package init(
    address: String, weight: UInt32 = 1, origin: Origin? = nil, labels: [String: String] = [:],
    acceptsMeshTLS: Bool = false, health: Health = .healthy
  ) {
    self.address = address
    self.weight = weight
    self.origin = origin
    self.labels = labels
    self.acceptsMeshTLS = acceptsMeshTLS
    self.health = health
  }
}
