import MeshModel
import ProxyModel

/// The outbound listeners of one sidecar (LI-1 to LI-7).
struct OutboundListeners {
  let scope: ProxyScope
  let registry: ServiceRegistry
  let policies: PolicyIndex
  let meshConfig: MeshConfig
  private let routing: NetworkRouting
  private let domains: ServiceDomains
  private let wildcard: String
  private let loopback: String
  private var entries: [OutboundListenerEntry] = []
  private var places: [OutboundListenerEntry.Key: Int] = [:]
  /// Only these destination ports are wanted; nil: all.
  private let wantedPorts: Set<UInt32>?

  init(scope: ProxyScope, registry: ServiceRegistry, policies: PolicyIndex, wantedPorts: Set<UInt32>?) {
    self.scope = scope
    self.registry = registry
    self.policies = policies
    meshConfig = registry.snapshot.meshConfig
    routing = NetworkRouting(scope: scope)
    domains = ServiceDomains(clientNamespace: scope.vantage.namespace)
    self.wantedPorts = wantedPorts.map { $0.union(Self.portsAtRisk(scope)) }
    let isIPv6 =
      !scope.vantage.addresses.isEmpty && scope.vantage.addresses.allSatisfy { $0.utf8.contains(UInt8(ascii: ":")) }
    wildcard = isIPv6 ? "::" : "0.0.0.0"
    loopback = isIPv6 ? "::1" : "127.0.0.1"
  }

  /// Every listener but the virtual one, in the order in which they came up.
  mutating func listeners() -> [Listener] {
    for egress in scope.egress {
      if let port = egress.port {
        addServices(of: egress, on: port)
      } else {
        for place in entries.indices { entries[place].isLocked = true }  // SC-10
        addServices(of: egress)
      }
    }
    let fallback = CatchAll(scope: scope, meshConfig: meshConfig).proxy
    return entries.map { $0.listener(meshConfig: meshConfig, fallback: fallback) }
  }

  /// A Sidecar's egress listener with a port of its own.
  private mutating func addServices(of egress: ProxyScope.EgressListener, on written: SidecarPort) {
    guard wantedPorts.map({ $0.contains(written.number) || written.number == 0 }) ?? true else { return }
    let port = MeshService.Port(
      number: written.number, name: written.name, protocol: PortProtocol(written: written.protocol))
    let bind = bind(of: egress)
    guard canBind(bind.address, port) else { return }
    for service in egress.services { add(service, port, bind, egress) }
  }

  /// The catch-all: every port of every service.
  private mutating func addServices(of egress: ProxyScope.EgressListener) {
    let bind = bind(of: egress)
    for service in egress.services {
      for port in service.ports where (wantedPorts?.contains(port.number) ?? true) && canBind(bind.address, port) {
        guard bind.address.isEmpty, hasListenerPerEndpoint(service, port) else {
          add(service, port, bind, egress)
          continue
        }
        let addresses = endpointAddresses(of: service, port)
        if service.registry == .external, addresses.isEmpty, service.selector.isEmpty {
          add(service, port, bind, egress)
          continue
        }
        // LI-4
        for address in addresses where IPAddress(address) != nil && address != scope.vantage.addresses.first {
          add(service, port, Bind(address: address, bindsToPort: bind.bindsToPort), egress)
        }
      }
    }
  }

  /// Ports whose listeners could be refused: a VirtualService adds chains that overlap. They are always looked at, so
  /// that the refused ones are known whatever is asked for.
  private static func portsAtRisk(_ scope: ProxyScope) -> Set<UInt32> {
    var ports: Set<UInt32> = []
    for egress in scope.egress {
      let hosts = egress.networkVirtualServices.flatMap(\.hosts)
      guard !hosts.isEmpty else { continue }
      if let port = egress.port { ports.insert(port.number) }
      for service in egress.services where hosts.contains(where: { HostName.overlap($0, service.hostname) }) {
        ports.formUnion(service.ports.map(\.number))
      }
    }
    return ports
  }

  private func endpointAddresses(of service: MeshService, _ port: MeshService.Port) -> [String] {
    var seen: Set<String> = []
    return registry.endpoints(service.key).filter { endpoint in
      guard endpoint.portNumber.map({ $0 == port.number }) ?? (endpoint.portName == port.name) else { return false }
      return seen.insert(endpoint.address).inserted
    }.map(\.address)
  }

  /// LI-4: headless, and raw bytes could come.
  private func hasListenerPerEndpoint(_ service: MeshService, _ port: MeshService.Port) -> Bool {
    guard service.resolution == .passthrough, service.address == "0.0.0.0" else { return false }
    return !port.protocol.isHTTP && port.protocol != .udp
  }

  private func bind(of egress: ProxyScope.EgressListener) -> Bind {
    let isUnixSocket = egress.bind.utf8.starts(with: "unix:".utf8)
    let bindsToPort = egress.captureMode == .none || isUnixSocket
    let address = egress.bind.isEmpty && bindsToPort ? loopback : egress.bind
    return Bind(address: address, bindsToPort: bindsToPort)
  }

  /// The proxy's own ports cannot be listened on a second time.
  private func canBind(_ bind: String, _ port: MeshService.Port) -> Bool {
    guard bind == wildcard || bind.isEmpty && port.protocol.isHTTP else { return true }
    let taken = [
      UInt32(clamping: meshConfig.proxyListenPort ?? 15001),
      UInt32(clamping: meshConfig.proxyInboundListenPort ?? 15006),
    ]
    return !taken.contains(port.number)
  }

  /// One port of one service: where it binds, what it brings, and what happens when somebody is there already.
  private mutating func add(
    _ service: MeshService, _ port: MeshService.Port, _ given: Bind, _ egress: ProxyScope.EgressListener
  ) {
    guard service.resolution != .alias, let kind = ListenerKind(port.protocol) else { return }
    var bind = given
    var destinations: [String] = []
    if bind.address.isEmpty {
      (bind.address, destinations) = kind == .http ? (wildcard, []) : ownAddress(of: service)
    }
    let key = OutboundListenerEntry.Key(bind: bind.address, port: port.number)
    let current = places[key]
    if let current, entries[current].isLocked { return }
    let context = Incoming(
      service: service, port: port, bind: bind, destinations: destinations, egress: egress, kind: kind)
    let existing = current.map { entries[$0] }
    guard let arrival = arrival(of: context, at: existing) else { return }
    if let existing, existing.isServerFirst(with: port.protocol) { return }
    guard let current, !arrival.replaces else {
      var entry = OutboundListenerEntry(key: key, bind: bind, chains: arrival.chains, protocol: arrival.protocol)
      entry.note(service, egress)
      if let current {
        entries[current] = entry
      } else {
        places[key] = entries.count
        entries.append(entry)
      }
      return
    }
    entries[current].merge(arrival.chains)
    entries[current].note(service, egress)
    if arrival.mixes { entries[current].protocol = .unsupported }
  }

  /// LI-3.
  private func ownAddress(of service: MeshService) -> (String, [String]) {
    if service.address.utf8.contains(UInt8(ascii: "/")) {
      return (wildcard, [service.address] + service.extraAddresses)
    }
    if service.registry == .external, service.address == "0.0.0.0" { return (wildcard, []) }
    return (service.address, [])
  }

  /// LI-7: what a port brings to a bind; nil when it brings nothing.
  private func arrival(of incoming: Incoming, at existing: OutboundListenerEntry?) -> Arrival? {
    if incoming.port.protocol == .httpProxy {
      guard existing == nil else { return nil }
      return Arrival(chains: [httpDraft(incoming)], protocol: .httpProxy)
    }
    switch incoming.kind {
    case .http:
      if let existing, !existing.protocol.isTCP { return nil }
      var http = httpDraft(incoming)
      guard incoming.bind.address == wildcard else {
        return Arrival(chains: [http], protocol: incoming.port.protocol, mixes: existing != nil)
      }
      http.sniffHTTP()
      return Arrival(chains: [http], protocol: .unsupported, mixes: existing != nil)
    case .tcp:
      let chains = tcpChains(incoming).drafts()
      return Arrival(
        chains: chains, protocol: incoming.port.protocol, mixes: existing?.protocol.isHTTP ?? false)
    case .auto:
      if let existing, !existing.protocol.isHTTP, !existing.protocol.isTCP { return nil }
      var http = httpDraft(incoming)
      http.sniffHTTP()
      return Arrival(
        chains: tcpChains(incoming).drafts() + [http], protocol: .unsupported,
        mixes: existing?.protocol.isTCP ?? false, replaces: existing?.protocol.isHTTP ?? false)
    }
  }

  private func tcpChains(_ incoming: Incoming) -> OutboundTCPChains {
    OutboundTCPChains(
      routing: routing, service: incoming.service, port: incoming.port, destinations: incoming.destinations,
      isOnWildcard: incoming.bind.address == wildcard, wildcard: wildcard,
      virtualServices: incoming.egress.networkVirtualServices.filter { virtualService in
        virtualService.hosts.contains { HostName.overlap($0, incoming.service.hostname) }
      },
      aliases: incoming.port.protocol.isTLS
        ? incoming.service.aliases.flatMap { domains.names(ofAlias: $0.hostname) } : [],
      dynamicDNSChecks: incoming.service.isWildcardDynamicDNS
        ? policies.networkFilters(for: scope.vantage, service: incoming.service) : [])
  }

  /// LI-5, LI-10, RD-1: the chain that reads HTTP, and the name of its route configuration.
  private func httpDraft(_ incoming: Incoming) -> ChainDraft {
    let routes: String
    if incoming.port.number == 0 {
      routes = incoming.bind.address
    } else if incoming.kind == .auto, incoming.bind.address != wildcard {
      routes = "\(incoming.service.hostname):\(incoming.port.number)"
    } else {
      routes = "\(incoming.port.number)"
    }
    var manager = HTTPConnectionManager(
      routes: .named(routes), pathNormalization: meshConfig.pathNormalization?.normalization ?? .base)
    if incoming.port.protocol == .grpcWeb { manager.filters.append(.grpcWeb) }
    manager.filters += [.fault, .cors]
    return ChainDraft(filters: [.connectionManager(manager)])
  }

  struct Bind: Hashable {
    /// Empty: the service decides.
    var address: String
    var bindsToPort: Bool
  }

  private struct Incoming {
    var service: MeshService
    var port: MeshService.Port
    var bind: Bind
    var destinations: [String]
    var egress: ProxyScope.EgressListener
    var kind: ListenerKind
  }

  private struct Arrival {
    var chains: [ChainDraft]
    var `protocol`: PortProtocol
    /// HTTP and raw TCP meet: from now on the listener tells them apart.
    var mixes = false
    var replaces = false
  }
}

/// What a port's protocol asks of a listener; UDP asks nothing.
enum ListenerKind: Hashable {
  case http, tcp, auto

  init?(_ protocol: PortProtocol) {
    switch `protocol` {
    case .http, .http2, .httpProxy, .grpc, .grpcWeb: self = .http
    case .https, .tls, .tcp, .mongo, .redis, .mysql: self = .tcp
    case .unsupported: self = .auto
    case .udp: return nil
    }
  }
}
