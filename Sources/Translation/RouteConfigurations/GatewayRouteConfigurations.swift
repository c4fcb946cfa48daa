import MeshModel
import ProxyModel

/// The route configurations of one gateway workload (GV-1 to GV-11, GM-1 to GM-3).
struct GatewayRouteConfigurations {
  private let scope: ProxyScope
  private let virtualServices: VirtualServiceIndex
  private let destinations: GatewayDestinations
  private let defaults: RouteDefaults
  private let hashKeys: HashKeys
  private var selected: [String: [ResolvedVirtualService]] = [:]

  init(scope: ProxyScope, translator: Translator) {
    self.scope = scope
    virtualServices = translator.virtualServices
    destinations = GatewayDestinations(scope: scope, registry: translator.registry)
    defaults = RouteDefaults(translator.snapshot)
    hashKeys = HashKeys(scope)
  }

  /// - Parameter servers: all that share the name, in the order of GW-2; at least one.
  mutating func configuration(named name: String, servers: [BoundServer]) -> RouteConfiguration {
    var draft = GatewayVirtualHosts()
    for server in servers {
      add(server, to: &draft)
      guard server.redirectsToHTTPS else { continue }
      for host in server.server.hosts { draft.redirect(host.lowercased(), port: server.server.port.number) }  // GV-7
    }
    var hosts = draft.merged()
    if hosts.isEmpty, let first = servers.first {  // GV-9
      hosts = [VirtualHost(name: VirtualHostName.name("blackhole", port: first.server.port.number), domains: ["*"])]
    }
    return RouteConfiguration(name: name, virtualHosts: hosts)
  }

  /// GV-2, GV-4, GV-5.
  private mutating func add(_ server: BoundServer, to draft: inout GatewayVirtualHosts) {
    for virtualService in bound(to: server.gatewayName) {
      let usable = server.hosts(for: virtualService.id.namespace)
      let hosts = HostName.intersection(usable, virtualService.hosts)
      if hosts.isEmpty { continue }
      let part = GatewayVirtualHosts.Part(gateway: server.gatewayName, virtualService: virtualService.id)
      if draft.routes[part] == nil {
        let namespace = virtualService.id.namespace
        let context = RouteContext(
          vantage: scope.vantage, port: server.server.port.number, gateway: server.gatewayName,
          isTLS: server.server.tls != nil, defaults: defaults,
          service: { [destinations] in destinations.service($0, from: namespace).map(DestinationService.init) },
          hashKeys: hashKeys)
        let routes = HTTPRoutes(context: context).routes(of: virtualService)
        if routes.isEmpty { continue }
        draft.routes[part] = routes
      }
      for host in hosts {
        draft.add(
          part, of: virtualService, to: host.lowercased(), port: server.server.port.number,
          redirects: server.redirectsToHTTPS)
      }
    }
  }

  private mutating func bound(to gateway: String) -> [ResolvedVirtualService] {
    if let known = selected[gateway] { return known }
    let found = virtualServices.selected(gateway: gateway, from: scope.vantage.namespace)
    selected[gateway] = found
    return found
  }
}

/// HR-32: destinations as rules of a namespace mean them, seen from a gateway.
private struct GatewayDestinations {
  let scope: ProxyScope
  let registry: ServiceRegistry

  /// The service of the VirtualService's own namespace first, as far as the gateway can see it.
  func service(_ hostname: String, from namespace: String) -> MeshService? {
    if let own = registry.service(hostname, namespace: namespace),
      registry.isVisible(own, from: scope.vantage.namespace)
    {
      return own
    }
    return scope.service(hostname)
  }
}

extension BoundServer {
  /// GV-7.
  fileprivate var redirectsToHTTPS: Bool { server.tls?.httpsRedirect ?? false }
}
