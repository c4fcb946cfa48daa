import MeshModel
import ProxyModel

/// The virtual hosts of one sidecar on one port, or for a proxy port on all of them (RD-2 to RD-10).
struct PortVirtualHosts {
  private let egress: ProxyScope.EgressListener
  /// nil for a proxy port or a socket.
  private let port: UInt32?
  private let context: RouteContext
  private let services: PortServices
  private let domains: ServiceDomains
  private let owners: WildcardOwners

  /// The same routes under the names of several hosts (RD-3).
  private struct Group {
    var port: UInt32
    /// Places in `services`.
    var services: [Int]
    var otherHosts: [String]
    var routes: RouteList
    /// nil for a service's default route.
    var virtualService: ResolvedVirtualService?
  }

  init(
    egress: ProxyScope.EgressListener, port: UInt32?, vantage: Vantage, defaults: RouteDefaults, hashKeys: HashKeys,
    domains: ServiceDomains
  ) {
    self.egress = egress
    self.port = port
    self.domains = domains
    let services = PortServices(egress.services, port: port)
    self.services = services
    owners = WildcardOwners(egress.virtualServices)
    context = RouteContext(
      vantage: vantage, port: port ?? 0, gateway: ShortName.meshGateway, isTLS: false, defaults: defaults,
      service: { services[$0].map { DestinationService($0) } }, hashKeys: hashKeys)
  }

  /// In the order in which they came up.
  func virtualHosts() -> [VirtualHost] {
    let groups = self.groups()
    var claims = DomainClaims()
    for group in groups {
      for place in group.services { claims.note(service: services.services[place].hostname, port: group.port) }
    }
    var result: [VirtualHost] = []
    for group in groups {
      for host in group.otherHosts {
        let wanted = [VirtualHostName.bracketed(host)]
        add(host, of: group, to: &result, &claims) { $0.claim(wanted) }
      }
      for place in group.services {
        let service = services.services[place]
        let wanted = domains.domains(of: service, appending: port == nil ? group.port : nil)
        add(service.hostname, of: group, service: service, to: &result, &claims) { $0.claim(wanted) }
      }
    }
    return result
  }

  private func add(
    _ host: String, of group: Group, service: MeshService? = nil, to result: inout [VirtualHost],
    _ claims: inout DomainClaims, claim: (inout DomainClaims) -> [String]
  ) {
    let name = VirtualHostName.name(host, port: group.port)
    guard claims.claim(name: name) else { return }
    var domains = claim(&claims)
    if port == nil, group.port != 80 {  // RD-6
      domains = domains.filter { $0.utf8.contains(UInt8(ascii: ":")) }
    }
    guard !domains.isEmpty else { return }
    var virtualHost = VirtualHost(name: name, domains: domains, routes: group.routes)
    if let owner = group.virtualService {
      virtualHost.origin = owner.origin("")
      virtualHost.notModelled = owner.notModelled
    } else {
      virtualHost.origin = service?.origin
    }
    result.append(virtualHost)
  }

  /// RD-3: those of VirtualServices, then the default of every service that is left.
  private func groups() -> [Group] {
    var result: [Group] = []
    var taken: Set<Int> = []
    let routes = HTTPRoutes(context: context)
    for virtualService in egress.virtualServices where port == 80 || services.concern(virtualService) {
      for group in groups(of: virtualService, routes: routes) {
        taken.formUnion(group.services)
        result.append(group)
      }
    }
    for (place, service) in services.services.enumerated() where !taken.contains(place) && service.resolution != .alias
    {
      for port in service.ports where port.protocol.isHTTP || port.protocol == .unsupported {
        let routes = RouteList.onDemand { [context, number = port.number] in
          [DefaultRoutes.toService(service, port: number, context: context)]
        }
        result.append(Group(port: port.number, services: [place], otherHosts: [], routes: routes))
      }
    }
    return result
  }

  /// NH-1, CF-3: by port, so that each virtual host knows its own.
  private func groups(of virtualService: ResolvedVirtualService, routes: HTTPRoutes) -> [Group] {
    guard routes.hasRoutes(for: virtualService) else { return [] }
    let translated = RouteList.onDemand { routes.routes(of: virtualService) }
    let (matching, others) = split(virtualService)
    var byPort: [UInt32: [Int]] = [:]
    for place in matching {
      for port in services.services[place].ports where port.protocol.isHTTP || port.protocol == .unsupported {
        byPort[port.number, default: []].append(place)
      }
    }
    if byPort.isEmpty, port == 80 { byPort[80] = [] }
    return byPort.sorted { $0.key < $1.key }.map { port, places in
      Group(port: port, services: places, otherHosts: others, routes: translated, virtualService: virtualService)
    }
  }

  /// WC-1 to WC-3: the services that the hosts stand for, and the hosts that are none.
  private func split(_ virtualService: ResolvedVirtualService) -> (services: [Int], others: [String]) {
    var matching: [Int] = []
    var others: [String] = []
    for host in virtualService.hosts.map({ $0.lowercased() }) where !HostName.isWildcard(host) {
      if let place = services.place(of: host) {
        matching.append(place)
      } else {
        others.append(host)
      }
    }
    for host in virtualService.hosts.map({ $0.lowercased() }) where HostName.isWildcard(host) {
      var isKnown = false
      for (place, service) in services.services.enumerated() where HostName.overlap(host, service.hostname) {
        isKnown = true
        if owners.owner(of: service.hostname) == virtualService.id { matching.append(place) }
      }
      if !isKnown { others.append(host) }
    }
    return (matching, others)
  }
}
