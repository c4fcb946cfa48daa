import MeshModel
import ProxyModel

/// The chains of one inbound port: which connections it takes, and how (PA-5, PA-6).
struct InboundChains {
  let meshConfig: MeshConfig
  let policies: PolicyFilters
  let trustDomains: [String]

  /// The chain that keeps connections to the proxy's own port from going round in circles.
  static func blackhole(port: UInt32) -> FilterChain {
    var match = FilterChainMatch()
    match.destinationPort = port
    return FilterChain(
      name: "virtualInbound-blackhole", match: match,
      filters: [.tcpProxy(TCPProxy(target: .cluster("BlackHoleCluster"), origin: nil))])
  }

  func chains(of port: InboundPort, mode: EffectivePeerAuthentication.PortMode) -> [FilterChain] {
    let kind = ListenerKind(port.port.protocol) ?? .tcp
    return Self.shapes(kind, mode.mode).map { shape in
      var match = FilterChainMatch()
      match.destinationPort = port.number == 0 ? nil : port.number
      match.applicationProtocols = shape.applicationProtocols
      match.transportProtocol = shape.isTLS ? "tls" : "raw_buffer"
      var chain = FilterChain(
        name: name(of: port, shape), match: match, filters: filters(of: port, shape), origin: port.ingress?.origin)
      chain.tls = shape.endsTLS ? meshTLS(shape) : nil
      chain.peerTLS = PeerTLS(mode: PeerTLS.Mode(mode.mode), origin: mode.origin)
      return chain
    }
  }

  private func name(of port: InboundPort, _ shape: Shape) -> String {
    if port.isPassthrough { return shape.isHTTP ? "virtualInbound-catchall-http" : "virtualInbound" }
    return "\(port.bind)_\(port.number)"
  }

  private func meshTLS(_ shape: Shape) -> DownstreamTLS {
    var tls = DownstreamTLS(mode: .mesh)
    tls.applicationProtocols = shape.isHTTP ? ["h2", "http/1.1"] : ["istio-peer-exchange", "h2", "http/1.1"]
    tls.trustDomains = trustDomains
    return tls
  }

  private func filters(of port: InboundPort, _ shape: Shape) -> [NetworkFilter] {
    guard shape.isHTTP else {
      return policies.network + [.tcpProxy(TCPProxy(target: .cluster(port.clusterName), origin: nil))]
    }
    var manager = HTTPConnectionManager(
      routes: .inline(routes(of: port)), pathNormalization: meshConfig.pathNormalization?.normalization ?? .base)
    manager.clientCertificateDetails = .appendForward
    manager.filters = policies.http
    if port.port.protocol == .grpcWeb { manager.filters.append(.grpcWeb) }
    manager.filters += [.fault, .cors]
    manager.origin = port.ingress?.origin ?? port.service?.origin
    return [.connectionManager(manager)]
  }

  /// IN-1.
  private func routes(of port: InboundPort) -> RouteConfiguration {
    var forward = Forward(target: .cluster(port.clusterName))
    forward.maxGRPCTimeoutMilliseconds = 0
    if port.port.protocol != .grpc, port.port.protocol != .grpcWeb {
      var retry = RetryPolicy(attempts: 2, retryOn: "reset-before-request")
      retry.avoidsPreviousHosts = false
      forward.retry = retry
    }
    let number = port.isPassthrough ? 0 : port.port.number
    let route = Route(name: "default", match: RouteMatch(), action: .forward(forward))
    return RouteConfiguration(
      name: port.clusterName,
      virtualHosts: [VirtualHost(name: "inbound|http|\(number)", domains: ["*"], routes: [route])],
      ignoresPortInHost: false)
  }

  /// One way in which a connection can come.
  private struct Shape {
    var isHTTP: Bool
    var isTLS: Bool
    var endsTLS = false
    var applicationProtocols: [String] = []
  }

  private static let meshHTTP = ["istio-http/1.0", "istio-http/1.1", "istio-h2"]
  private static let meshTCP = ["istio-peer-exchange", "istio"]
  private static let mesh = ["istio", "istio-peer-exchange"] + meshHTTP

  private static func shapes(_ kind: ListenerKind, _ mode: PeerMode) -> [Shape] {
    switch (mode, kind) {
    case (.strict, .http): [Shape(isHTTP: true, isTLS: true, endsTLS: true)]
    case (.strict, .tcp): [Shape(isHTTP: false, isTLS: true, endsTLS: true)]
    case (.strict, .auto):
      [
        Shape(isHTTP: true, isTLS: true, endsTLS: true, applicationProtocols: meshHTTP),
        Shape(isHTTP: false, isTLS: true, endsTLS: true),
      ]
    case (.permissive, .http):
      [Shape(isHTTP: true, isTLS: true, endsTLS: true, applicationProtocols: mesh), Shape(isHTTP: true, isTLS: false)]
    case (.permissive, .tcp):
      [
        Shape(isHTTP: false, isTLS: true, endsTLS: true, applicationProtocols: mesh),
        Shape(isHTTP: false, isTLS: true), Shape(isHTTP: false, isTLS: false),
      ]
    case (.permissive, .auto):
      [
        Shape(isHTTP: true, isTLS: true, endsTLS: true, applicationProtocols: meshHTTP),
        Shape(isHTTP: true, isTLS: false, applicationProtocols: ChainDraft.sniffedHTTP),
        Shape(isHTTP: false, isTLS: true, endsTLS: true, applicationProtocols: meshTCP),
        Shape(isHTTP: false, isTLS: false), Shape(isHTTP: false, isTLS: true),
      ]
    case (.disable, .http): [Shape(isHTTP: true, isTLS: false)]
    case (.disable, .tcp): [Shape(isHTTP: false, isTLS: false)]
    case (.disable, .auto):
      [
        Shape(isHTTP: true, isTLS: false, applicationProtocols: ChainDraft.sniffedHTTP),
        Shape(isHTTP: false, isTLS: false),
      ]
    }
  }
}

extension PeerTLS.Mode {
  init(_ mode: PeerMode) {
    switch mode {
    case .disable: self = .disable
    case .permissive: self = .permissive
    case .strict: self = .strict
    }
  }
}
