import MeshModel
import ProxyModel

/// Marks what one patch of an EnvoyFilter could touch, as narrowly as its match tells (EF-S20 to EF-S66).
struct EnvoyPatchNotes {
  let patch: EnvoyPatch
  /// Of a gateway: the servers' ports behind each route configuration (EF-S27).
  let serverPorts: [String: Set<UInt32>]

  private var reason: NotModelled { NotModelled(origin: patch.origin, reason: .envoyFilter) }

  func note(in configuration: inout ProxyConfiguration) {
    switch patch.target {
    case .listener, .listenerFilter, .filterChain, .networkFilter, .httpFilter: noteListeners(&configuration)
    case .routeConfiguration, .virtualHost, .httpRoute: noteRoutes(&configuration)
    case .cluster: noteClusters(&configuration)
    }
  }

  // MARK: Listeners and chains

  private func noteListeners(_ configuration: inout ProxyConfiguration) {
    if patch.target == .listener, patch.operation == .add {
      guard let place = configuration.listeners.firstIndex(where: { $0.name == "virtualOutbound" }) else {
        configuration.notModelled.append(reason)
        return
      }
      configuration.listeners[place].notModelled.append(reason)
      return
    }
    for place in configuration.listeners.indices where fits(configuration.listeners[place]) {
      let listener = configuration.listeners[place]
      switch patch.target {
      case .listener, .listenerFilter: configuration.listeners[place].notModelled.append(reason)
      case .filterChain where patch.operation == .add: configuration.listeners[place].notModelled.append(reason)
      case .filterChain, .networkFilter, .httpFilter:
        for chain in listener.filterChains.indices {
          note(&configuration.listeners[place].filterChains[chain], of: listener)
        }
        if var chain = listener.defaultFilterChain {
          note(&chain, of: listener)
          configuration.listeners[place].defaultFilterChain = chain
        }
      case .routeConfiguration, .virtualHost, .httpRoute, .cluster: continue
      }
    }
  }

  private var listenerMatch: Value { patch.match["listener"] ?? .null }

  /// EF-S51: the name, and the port where it is the listener's.
  private func fits(_ listener: Listener) -> Bool {
    let name = listenerMatch.text("name")
    guard name.isEmpty || name == listener.name else { return false }
    guard let port = listenerMatch.port("portNumber"), !comparesChainPort(listener) else { return true }
    return port == listener.port
  }

  private func comparesChainPort(_ listener: Listener) -> Bool {
    patch.target != .listener && (listener.name == "virtualInbound" || listener.name == "virtualOutbound")
  }

  private func note(_ chain: inout FilterChain, of listener: Listener) {
    guard fits(chain, of: listener) else { return }
    let filter = listenerMatch["filterChain"]?["filter"] ?? .null
    guard patch.target == .httpFilter else {
      let name = patch.target == .networkFilter ? filter.text("name") : ""
      if touches(name, among: chain.filters.map(\.envoyName), known: NetworkFilter.envoyNames) { chain.note(reason) }
      return
    }
    let subfilter = filter["subFilter"]?.text("name") ?? ""
    let manager = filter.text("name")
    guard manager.isEmpty || manager == NetworkFilter.managerName else { return }
    chain.changeManager { manager in
      let names = manager.filters.map(\.envoyName) + [HTTPFilter.routerName]
      if touches(subfilter, among: names, known: HTTPFilter.envoyNames) { manager.notModelled.append(reason) }
    }
  }

  private func fits(_ chain: FilterChain, of listener: Listener) -> Bool {
    if comparesChainPort(listener), let port = listenerMatch.port("portNumber") {
      guard chain.match.destinationPort == port else { return false }
    }
    let wanted = listenerMatch["filterChain"] ?? .null
    let (name, sni) = (wanted.text("name"), wanted.text("sni"))
    guard name.isEmpty || name == chain.name, sni.isEmpty || chain.match.serverNames.contains(sni) else { return false }
    let transport = wanted.text("transportProtocol")
    guard transport.isEmpty || transport == chain.match.transportProtocol else { return false }
    if let port = wanted.port("destinationPort"), chain.match.destinationPort != port { return false }
    return wanted.text("applicationProtocols").split(separator: ",").allSatisfy { name in
      chain.match.applicationProtocols.contains { $0 == name }
    }
  }

  /// Whether a filter of that name is there to be changed, or to be inserted beside (EF-S53, EF-S54, EF-S61). Filters
  /// that only count and report do not change answers; of filters that are not modelled one cannot tell.
  private func touches(_ name: String, among present: [String], known: Set<String>) -> Bool {
    let reporting = [
      "istio.stats", "istio.metadata_exchange", "istio.alpn", "envoy.filters.http.grpc_stats",
      "envoy.filters.network.metadata_exchange",
    ]
    switch patch.operation {
    case .add, .insertFirst: return true
    case .insertBeside: return name.isEmpty || !known.contains(name) || present.contains(name)
    case .remove, .replace, .merge:
      if patch.operation != .merge, name.isEmpty { return patch.target == .filterChain }
      if reporting.contains(name) { return false }
      return name.isEmpty || !known.contains(name) || present.contains(name)
    }
  }

  // MARK: Routes

  private var routesMatch: Value { patch.match["routeConfiguration"] ?? .null }

  private func noteRoutes(_ configuration: inout ProxyConfiguration) {
    for name in configuration.routeConfigurations.keys.sorted() {
      guard var routes = configuration.routeConfigurations[name], fits(routes) else { continue }
      note(&routes)
      configuration.routeConfigurations[name] = routes
    }
    configuration.changeChains { _, chain in
      chain.changeManager { manager in
        guard case .inline(var routes) = manager.routes, fits(routes) else { return }
        note(&routes)
        manager.routes = .inline(routes)
      }
    }
  }

  /// EF-S21, EF-S27.
  private func fits(_ routes: RouteConfiguration) -> Bool {
    let wanted = routesMatch
    let name = wanted.text("name")
    guard name.isEmpty || name == routes.name else { return false }
    let parts = routes.name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isGateway = serverPorts[routes.name] != nil
    if isGateway {
      let isHTTPS = parts.first == "https" && parts.count == 5
      let (portName, gateway) = (wanted.text("portName"), wanted.text("gateway"))
      guard portName.isEmpty || isHTTPS && portName == parts[2] else { return false }
      guard gateway.isEmpty || isHTTPS && gateway == parts[4] + "/" + parts[3] else { return false }
    }
    guard let port = wanted.port("portNumber") else { return true }
    if isGateway { return serverPorts[routes.name]?.contains(port) ?? false }
    let inbound = routes.name.split(separator: "|", omittingEmptySubsequences: false)
    if inbound.first == "inbound", inbound.count > 1 { return inbound[1] == "\(port)" }
    return routes.name == "\(port)"
  }

  private func note(_ routes: inout RouteConfiguration) {
    if patch.target == .routeConfiguration || patch.target == .virtualHost && patch.operation == .add {
      routes.notModelled.append(reason)
      return
    }
    let wanted = routesMatch["vhost"] ?? .null
    let (name, domain) = (wanted.text("name"), wanted.text("domainName"))
    for place in routes.virtualHosts.indices {
      let host = routes.virtualHosts[place]
      guard name.isEmpty || name == host.name, domain.isEmpty || host.domains.contains(domain) else { continue }
      guard patch.target == .httpRoute, let route = wanted["route"] else {
        routes.virtualHosts[place].notModelled.append(reason)
        continue
      }
      let fitting = host.routes.indices.filter { fits(host.routes[$0], route) }
      switch patch.operation {
      case .merge, .remove, .replace:
        for index in fitting { routes.virtualHosts[place].routes[index].notModelled.append(reason) }
      case .add: routes.virtualHosts[place].notModelled.append(reason)
      case .insertBeside, .insertFirst:
        if !fitting.isEmpty { routes.virtualHosts[place].notModelled.append(reason) }  // EF-S37, EF-S38
      }
    }
  }

  /// EF-S24, EF-S25.
  private func fits(_ route: Route, _ wanted: Value) -> Bool {
    let name = wanted.text("name")
    guard name.isEmpty || name == route.name else { return false }
    switch wanted.text("action") {
    case "ROUTE": if case .forward = route.action { return true } else { return false }
    case "REDIRECT": if case .redirect = route.action { return true } else { return false }
    case "DIRECT_RESPONSE": if case .respond = route.action { return true } else { return false }
    default: return true
    }
  }

  // MARK: Clusters

  private func noteClusters(_ configuration: inout ProxyConfiguration) {
    if patch.operation == .add {
      let name = patch.value.text("name")
      if configuration.referencedClusters.contains(name), configuration.clusters[name] == nil {
        configuration.notModelled.append(reason)
      }
      return
    }
    for name in configuration.clusters.keys.sorted() {
      guard let cluster = configuration.clusters[name], fits(cluster) else { continue }
      configuration.clusters[name]?.notModelled.append(reason)
    }
  }

  /// EF-S28, EF-S29.
  private func fits(_ cluster: Cluster) -> Bool {
    let wanted = patch.match["cluster"] ?? .null
    let name = wanted.text("name")
    guard name.isEmpty else { return name == cluster.name }
    let (service, subset) = (wanted.text("service"), wanted.text("subset"))
    let isInbound = cluster.name.utf8.starts(with: "inbound|".utf8)
    guard service.isEmpty || isInbound || service == cluster.service else { return false }
    guard subset.isEmpty || subset == cluster.subset else { return false }
    return wanted.port("portNumber").map { $0 == cluster.port } ?? true
  }
}

extension NetworkFilter {
  static let managerName = "envoy.filters.network.http_connection_manager"
  /// The names of those that are modelled.
  fileprivate static let envoyNames: Set<String> = [
    managerName, "envoy.filters.network.tcp_proxy", "envoy.filters.network.rbac", "envoy.filters.network.ext_authz",
  ]

  fileprivate var envoyName: String {
    switch self {
    case .rbac: "envoy.filters.network.rbac"
    case .externalAuthorization: "envoy.filters.network.ext_authz"
    case .connectionManager: Self.managerName
    case .tcpProxy: "envoy.filters.network.tcp_proxy"
    }
  }
}

extension HTTPFilter {
  fileprivate static let routerName = "envoy.filters.http.router"
  /// The names of those that are modelled.
  fileprivate static let envoyNames: Set<String> = [
    routerName, "envoy.filters.http.rbac", "envoy.filters.http.ext_authz", "envoy.filters.http.jwt_authn",
    "envoy.filters.http.fault", "envoy.filters.http.cors", "envoy.filters.http.grpc_web",
  ]

  fileprivate var envoyName: String {
    switch self {
    case .rbac: "envoy.filters.http.rbac"
    case .externalAuthorization: "envoy.filters.http.ext_authz"
    case .jwtAuthentication: "envoy.filters.http.jwt_authn"
    case .fault: "envoy.filters.http.fault"
    case .cors: "envoy.filters.http.cors"
    case .grpcWeb: "envoy.filters.http.grpc_web"
    case .unknown: ""
    }
  }
}
