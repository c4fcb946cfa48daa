import MeshModel
import ProxyModel

extension ProxyListing {
  static let listenerColumns: [Column] = [
    Column(key: "address", title: "ADDRESS"),
    Column(key: "port", title: "PORT"),
    Column(key: "match", title: "MATCH"),
    Column(key: "destination", title: "DESTINATION"),
    Column(key: "name", title: "LISTENER", detail: .wide),
    Column(key: "chain", title: "CHAIN", detail: .wide),
    Column(key: "tls", title: "TLS", detail: .wide),
    Column(key: "filters", title: "FILTERS", detail: .wide),
    Column(key: "routeConfiguration", title: "", detail: .data),
    Column(key: "clusters", title: "", detail: .data),
    Column(key: "bindsToPort", title: "", detail: .data),
  ]

  /// A line for each filter chain, the default one last.
  static func listenerRows(_ configuration: ProxyConfiguration) -> [Row] {
    configuration.listeners.flatMap { listener in
      let chains = listener.filterChains + (listener.defaultFilterChain.map { [$0] } ?? [])
      let count = listener.filterChains.count
      return chains.enumerated().map { place, chain in
        var row = row(chain, of: listener, isDefault: place == count)
        // What a sidecar receives comes from the services of its clusters.
        if row.origins.isEmpty { row.origins = origins(of: chain, configuration) }
        return row
      }
    }
  }

  private static func row(_ chain: FilterChain, of listener: Listener, isDefault: Bool) -> Row {
    var destination = ""
    var table = ""
    var clusters: [String] = []
    var filters: [String] = []
    var origins = chain.origin.map { [$0] } ?? []
    for filter in chain.filters {
      switch filter {
      case .rbac: filters.append("rbac")
      case .externalAuthorization: filters.append("ext_authz")
      case .connectionManager(let manager):
        filters.append("http")
        switch manager.routes {
        case .named(let name):
          table = name
          destination = "Route: " + name
        case .inline(let routes):
          destination = "Inline Route: " + inlineTarget(routes)
        }
      case .tcpProxy(let proxy):
        filters.append("tcp")
        clusters = proxy.target.names
        destination = clusters.isEmpty ? "nothing" : "Cluster: " + clusters.joined(separator: ", ")
        if let origin = proxy.origin { origins = [origin] }
      }
    }
    if origins.isEmpty { origins = listener.origins }
    return Row(
      cells: [
        .text(listener.address), .number(listener.port == 0 ? nil : listener.port),
        .text(isDefault ? "otherwise" : text(of: chain.match)), .text(destination), .text(listener.name),
        .text(chain.name), .text(chain.tls?.mode.rawValue ?? ""), .list(filters), .text(table), .list(clusters),
        .flag(listener.bindsToPort),
      ], origins: origins)
  }

  private static func origins(of chain: FilterChain, _ configuration: ProxyConfiguration) -> [Origin] {
    var names: [String] = []
    for filter in chain.filters {
      switch filter {
      case .rbac, .externalAuthorization: break
      case .tcpProxy(let proxy): names += proxy.target.names
      case .connectionManager(let manager):
        guard case .inline(let table) = manager.routes else { continue }
        for route in table.virtualHosts.flatMap(\.routes) {
          if case .forward(let forward) = route.action { names += forward.target.names }
        }
      }
    }
    return names.first.flatMap { configuration.clusters[$0]?.origin }.map { [$0] } ?? []
  }

  private static func inlineTarget(_ table: RouteConfiguration) -> String {
    var targets: [String] = []
    for host in table.virtualHosts {
      for route in host.routes where !targets.contains(text(of: route.action)) {
        targets.append(text(of: route.action))
      }
    }
    return targets.isEmpty ? table.name : targets.joined(separator: ", ")
  }

  /// In the words of `istioctl proxy-config listeners`.
  private static func text(of match: FilterChainMatch) -> String {
    var parts: [String] = []
    if let port = match.destinationPort { parts.append("Port: \(port)") }
    if !match.serverNames.isEmpty { parts.append("SNI: " + match.serverNames.joined(separator: ",")) }
    if !match.transportProtocol.isEmpty { parts.append("Trans: " + match.transportProtocol) }
    if !match.applicationProtocols.isEmpty { parts.append("App: " + match.applicationProtocols.joined(separator: ",")) }
    if !match.prefixRanges.isEmpty {
      let blocks = match.prefixRanges.map { block in
        let address = IPAddress(bytes: block.bytes).description
        return block.length == block.bytes.count * 8 ? address : "\(address)/\(block.length)"
      }
      parts.append("Addr: " + blocks.joined(separator: ","))
    }
    return parts.isEmpty ? "ALL" : parts.joined(separator: "; ")
  }
}

extension ClusterTarget {
  /// Every cluster that can be chosen.
  var names: [String] {
    switch self {
    case .cluster(let name): [name]
    case .weighted(let entries): entries.map(\.cluster)
    }
  }
}
