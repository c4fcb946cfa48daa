extension PortProtocol {
  /// PR-3: the `protocol` of a ServiceEntry, Gateway or Sidecar port; letter case does not count, the port's name neither.
  init(written text: String) {
    switch text.lowercased() {
    case "tcp": self = .tcp
    case "udp": self = .udp
    case "http": self = .http
    case "http2": self = .http2
    case "http_proxy": self = .httpProxy
    case "grpc": self = .grpc
    case "grpc-web": self = .grpcWeb
    case "https": self = .https
    case "tls": self = .tls
    case "mongo": self = .mongo
    case "redis": self = .redis
    case "mysql": self = .mysql
    default: self = .unsupported
    }
  }

  /// PR-4: a TCP proxy handles it, whether or not there is TLS inside.
  var isTCP: Bool {
    switch self {
    case .https, .tls, .tcp, .mongo, .redis, .mysql: true
    case .http, .http2, .httpProxy, .grpc, .grpcWeb, .udp, .unsupported: false
    }
  }
}
