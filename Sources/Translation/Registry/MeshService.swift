import MeshModel
import ProxyModel

/// A service as istiod sees it, whether it comes from Kubernetes or from a ServiceEntry.
struct MeshService: Sendable {
  /// Lower case as written; a wildcard for some ServiceEntries.
  var hostname: String
  var namespace: String
  var name: String
  var origin: Origin
  var registry: Registry
  var resolution: Resolution
  /// In the order written (RD-2 trims to one).
  var ports: [Port]
  /// One address or CIDR; `0.0.0.0` for none (SE-1). Kubernetes: the cluster IP, `0.0.0.0` when headless.
  var address: String
  /// Further addresses of a dual-stack Service.
  var extraAddresses: [String] = []
  /// SE-3.
  var isMeshExternal = false
  /// EX-1, EX-3; empty means the mesh default.
  var exportTo: [String] = []
  var labels: [String: String] = [:]
  /// A Kubernetes selector, or a ServiceEntry's workloadSelector.
  var selector: [String: String] = [:]
  var isHeadless = false
  /// EN-1: the target of an ExternalName Service, lower case.
  var externalName = ""
  /// The ExternalName Services that lead here, by namespace and hostname (EN-1); for `egress`, those that are imported.
  var aliases: [HostKey] = []
  /// SE-14.
  var subjectAltNames: [String] = []
  /// LO-1.
  var trafficDistribution = TrafficDistribution.any
  /// Pods count as ready at once.
  var publishesNotReady = false
  /// `internalTrafficPolicy: Local`: a client reaches only endpoints of its own node.
  var isNodeLocal = false
  /// OR-3; nil sorts first.
  var creationTime: Int64?
  var notModelled: [NotModelled] = []

  enum Registry: Hashable, Sendable { case kubernetes, external }

  /// SE-4, EN-1.
  enum Resolution: Hashable, Sendable {
    case clientSide, passthrough, strictDNS, logicalDNS, dynamicDNS, alias
  }

  /// LO-1: `spec.trafficDistribution` or its annotation.
  enum TrafficDistribution: Hashable, Sendable { case any, sameZone, sameNode }

  struct Port: Hashable, Sendable {
    var number: UInt32
    var name: String
    var `protocol`: PortProtocol
    /// As written; nil is the same number.
    var targetPort: PortReference?
  }

  var key: HostKey { HostKey(hostname: hostname, namespace: namespace) }

  /// SC-8, RD-2: the service with only that port; nil when it has none.
  func trimmed(toPort number: UInt32) -> MeshService? {
    guard let port = ports.first(where: { $0.number == number }) else { return nil }
    if ports.count == 1 { return self }
    var result = self
    result.ports = [port]
    return result
  }
}

/// What names a service for look-up (SV-1).
struct HostKey: Hashable, Sendable {
  var hostname: String
  var namespace: String
}

/// PR-1 to PR-4.
enum PortProtocol: String, Hashable, Sendable {
  case http, http2, httpProxy, grpc, grpcWeb
  case https, tls
  case tcp, mongo, redis, mysql
  case udp
  /// Not declared: the proxy sniffs.
  case unsupported

  var isHTTP: Bool {
    switch self {
    case .http, .http2, .httpProxy, .grpc, .grpcWeb: true
    case .https, .tls, .tcp, .mongo, .redis, .mysql, .udp, .unsupported: false
    }
  }

  var isTLS: Bool {
    switch self {
    case .https, .tls: true
    case .http, .http2, .httpProxy, .grpc, .grpcWeb, .tcp, .mongo, .redis, .mysql, .udp, .unsupported: false
    }
  }

  var isHTTP2: Bool {
    switch self {
    case .http2, .grpc, .grpcWeb: true
    case .http, .httpProxy, .https, .tls, .tcp, .mongo, .redis, .mysql, .udp, .unsupported: false
    }
  }
}
