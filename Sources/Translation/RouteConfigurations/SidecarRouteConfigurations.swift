import MeshModel
import ProxyModel

/// The route configurations of one sidecar, each made when a listener asks for it by name.
struct SidecarRouteConfigurations {
  private let scope: ProxyScope
  private let defaults: RouteDefaults
  private let hashKeys: HashKeys
  private let domains: ServiceDomains
  /// Of ports that were asked for, in the order in which the hosts came up.
  private var byPort: [UInt32: PortHosts] = [:]

  private struct PortHosts {
    var virtualHosts: [VirtualHost]
    var owners: [String: [Int]]
  }

  init(scope: ProxyScope, snapshot: Snapshot) {
    self.scope = scope
    defaults = RouteDefaults(snapshot)
    hashKeys = HashKeys(scope)
    domains = ServiceDomains(clientNamespace: scope.vantage.namespace)
  }

  /// RD-1: named by port, by `host:port` (LI-10), `http_proxy`, or by the path of a socket.
  mutating func configuration(named name: String) -> RouteConfiguration {
    let isSocket = name.utf8.starts(with: "unix:".utf8)
    let colon = isSocket ? nil : name.utf8.lastIndex(of: UInt8(ascii: ":"))
    let port = isSocket ? 0 : UInt32(name[(colon.map { name.utf8.index(after: $0) } ?? name.startIndex)...]) ?? 0
    guard let egress = scope.egress(forRoutePort: port, bind: name) else {
      return RouteConfiguration(name: name)
    }
    if let colon {
      return RouteConfiguration(name: name, virtualHosts: privateHosts(name, String(name[..<colon]), port, egress))
    }
    var hosts = hosts(on: port, of: egress)
    hosts.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }  // RD-12
    hosts.append(DefaultRoutes.unknownHosts(scope.outboundTrafficPolicy, defaults: defaults))
    return RouteConfiguration(name: name, virtualHosts: hosts)
  }

  private func hosts(on port: UInt32, of egress: ProxyScope.EgressListener) -> [VirtualHost] {
    let isProxyPort = egress.port.map { PortProtocol(written: $0.protocol) == .httpProxy } ?? false  // SC-8
    return PortVirtualHosts(
      egress: egress, port: isProxyPort || port == 0 ? nil : port, vantage: scope.vantage, defaults: defaults,
      hashKeys: hashKeys, domains: domains
    ).virtualHosts()
  }

  /// LI-10: only what owns the host; alone, it answers to every name.
  private mutating func privateHosts(
    _ name: String, _ host: String, _ port: UInt32, _ egress: ProxyScope.EgressListener
  ) -> [VirtualHost] {
    if byPort[port] == nil {
      let all = hosts(on: port, of: egress)
      var owners: [String: [Int]] = [:]
      for (place, one) in all.enumerated() {
        for domain in one.domains { owners[domain, default: []].append(place) }
      }
      byPort[port] = PortHosts(virtualHosts: all, owners: owners)
    }
    guard let known = byPort[port] else { return [] }
    let places = Set((known.owners[name] ?? []) + (known.owners[host] ?? [])).sorted()
    var result = places.map { known.virtualHosts[$0] }
    if result.count == 1 { result[0].domains = ["*"] }
    return result.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}
