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
  /// SE-14.
  var subjectAltNames: [String] = []
  var trafficDistribution = ""
  /// OR-3; nil sorts first.
  var creationTime: Int64?
  var notModelled: [NotModelled] = []

  enum Registry: Hashable, Sendable { case kubernetes, external }

  /// SE-4, EN-1.
  enum Resolution: Hashable, Sendable {
    case clientSide, passthrough, strictDNS, logicalDNS, dynamicDNS, alias
  }

  struct Port: Hashable, Sendable {
    var number: UInt32
    var name: String
    var `protocol`: PortProtocol
    /// Of a ServiceEntry; nil where it is resolved per pod.
    var targetPort: PortReference?
  }
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
