import MeshModel

/// A server of a Gateway as one gateway workload runs it.
struct BoundServer: Hashable, Sendable {
  var gateway: ObjectID
  /// The place in `spec.servers`.
  var place: Int
  /// With hosts made canonical: `host` or `namespace/host` (GW-4).
  var server: GatewayServer
  /// The port it listens on, which may be another than the server's (GW-3).
  var listenerPort: UInt32
  /// GW-6; empty when there is no HTTP to route.
  var routeName: String

  /// As VirtualServices name the gateway.
  var gatewayName: String { "\(gateway.namespace)/\(gateway.name)" }
  var origin: Origin { Origin(object: gateway, field: "spec.servers[\(place)]") }
  var portProtocol: PortProtocol { PortProtocol(written: server.port.protocol) }

  /// What the client's SNI is compared with: the hosts without their namespaces (GW-9).
  var serverNames: [String] {
    guard server.tls != nil else { return [] }
    let names = server.hosts.map { host in
      host.utf8.firstIndex(of: UInt8(ascii: "/")).map { String(host[host.utf8.index(after: $0)...]) } ?? host
    }
    return Set(names).sorted()
  }

  /// The hosts that a VirtualService of this namespace may use (HN-7).
  func hosts(for namespace: String) -> [String] {
    server.hosts.compactMap { host in
      guard let slash = host.utf8.firstIndex(of: UInt8(ascii: "/")) else { return host }
      return host[..<slash] == namespace ? String(host[host.utf8.index(after: slash)...]) : nil
    }
  }

  /// GW-5.
  var kind: Kind {
    if portProtocol.isHTTP { return .plainHTTP }
    guard let tls = server.tls else { return .plainTCP }
    switch tls.mode ?? .passthrough {
    case .passthrough: return .passthrough
    case .autoPassthrough: return .autoPassthrough
    case .simple, .mutual, .istioMutual, .optionalMutual:
      return portProtocol == .https ? .terminatedHTTP : .terminatedTCP
    }
  }

  enum Kind: Hashable, Sendable {
    case plainHTTP, plainTCP, terminatedHTTP, terminatedTCP, passthrough, autoPassthrough

    /// A connection manager reads it.
    var isHTTP: Bool { self == .plainHTTP || self == .terminatedHTTP }
    /// TLS comes in, whether or not it ends here.
    var isTLS: Bool { self != .plainHTTP && self != .plainTCP }
  }

  /// GW-6.
  static func routeName(of server: GatewayServer, kind: Kind, on port: UInt32, gateway: ObjectID) -> String {
    let bind = server.bind.isEmpty ? "" : ".\(server.bind)"
    switch kind {
    case .plainHTTP: return "http.\(port)\(bind)"
    case .terminatedHTTP:
      return "https.\(server.port.number).\(server.port.name).\(gateway.name).\(gateway.namespace)\(bind)"
    case .plainTCP, .terminatedTCP, .passthrough, .autoPassthrough: return ""
    }
  }

  /// GW-4: `./h` names the Gateway's own namespace, `*/h` is any.
  static func canonicalHosts(_ hosts: [String], namespace: String) -> [String] {
    var result = hosts
    for (place, host) in hosts.enumerated() {
      guard let slash = host.utf8.firstIndex(of: UInt8(ascii: "/")) else { continue }
      let name = String(host[host.utf8.index(after: slash)...])
      switch host[..<slash] {
      case ".": result[place] = "\(namespace)/\(name)"
      case "*": if name == "*" { return ["*"] } else { result[place] = name }
      default: continue
      }
    }
    return result
  }
}
