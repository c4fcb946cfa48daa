import MeshModel
import ProxyModel

extension ProxyListing {
  static let routeColumns: [Column] = [
    Column(key: "name", title: "NAME"),
    Column(key: "virtualHost", title: "VHOST"),
    Column(key: "domains", title: "DOMAINS"),
    Column(key: "index", title: "#"),
    Column(key: "match", title: "MATCH"),
    Column(key: "target", title: "TARGET"),
    Column(key: "rule", title: "RULE", detail: .wide),
    Column(key: "extras", title: "ALSO", detail: .wide),
    Column(key: "delegatedBy", title: "DELEGATED BY", detail: .wide),
    Column(key: "clusters", title: "", detail: .data),
    Column(key: "port", title: "", detail: .data),
    Column(key: "subset", title: "", detail: .data),
  ]

  /// A line for each route, in the order in which they are tried.
  static func routeRows(_ configuration: ProxyConfiguration) -> [Row] {
    var rows: [Row] = []
    for table in tables(configuration) {
      for host in table.virtualHosts {
        if host.routes.isEmpty { rows.append(row(nil, 0, of: host, in: table, configuration)) }
        for (place, route) in host.routes.enumerated() {
          rows.append(row(route, place, of: host, in: table, configuration))
        }
      }
    }
    return rows
  }

  /// The named tables, and then those that stand in a listener.
  private static func tables(_ configuration: ProxyConfiguration) -> [RouteConfiguration] {
    let named = configuration.routeConfigurations
    var tables = named.keys.sorted(by: byPort).compactMap { named[$0] }
    var seen = Set(named.keys)
    for listener in configuration.listeners {
      for chain in listener.filterChains + (listener.defaultFilterChain.map { [$0] } ?? []) {
        for case .connectionManager(let manager) in chain.filters {
          guard case .inline(let table) = manager.routes, seen.insert(table.name).inserted else { continue }
          tables.append(table)
        }
      }
    }
    return tables
  }

  /// Names that are numbers by their size, and before all others.
  private static func byPort(_ a: String, _ b: String) -> Bool {
    switch (UInt32(a), UInt32(b)) {
    case (let one?, let other?): one < other
    case (_?, nil): true
    case (nil, _?): false
    case (nil, nil): a < b
    }
  }

  private static func row(
    _ route: Route?, _ place: Int, of host: VirtualHost, in table: RouteConfiguration,
    _ configuration: ProxyConfiguration
  ) -> Row {
    var clusters: [String] = []
    if case .forward(let forward)? = route?.action { clusters = forward.target.names }
    let subsets = clusters.compactMap { configuration.clusters[$0]?.subset }.filter { !$0.isEmpty }
    let origin = route?.origin ?? host.origin ?? clusters.first.flatMap { configuration.clusters[$0]?.origin }
    let target = host.requiresTLS ? "301 https" : route.map { text(of: $0.action) } ?? "nothing"
    return Row(
      cells: [
        .text(table.name), .text(host.name), .list(host.domains), .number(route == nil ? nil : UInt32(place)),
        .text(route.map { text(of: $0.match) } ?? ""), .text(target), .text(route?.name ?? ""),
        .list(route.map(extras) ?? []), .origin(route?.delegatedBy), .list(clusters), .number(port(of: table, host)),
        .list(subsets),
      ], origins: origin.map { [$0] } ?? [])
  }

  /// The port in the table's name (`80`, `http.8080`, `https.443.…`), or the virtual host's.
  private static func port(of table: RouteConfiguration, _ host: VirtualHost) -> UInt32? {
    let parts = table.name.split(separator: ".")
    if let first = parts.first, let port = UInt32(first) { return port }
    if parts.count > 1, let port = UInt32(parts[1]) { return port }
    return host.name.split(separator: ":").last.flatMap { UInt32($0) }
  }

  private static func text(of match: RouteMatch) -> String {
    var parts: [String] = []
    switch match.path {
    case .prefix(let path): parts.append(path + "*")
    case .exact(let path): parts.append(path)
    case .segmentPrefix(let path): parts.append(path + "[/*]")
    case .regex(let pattern): parts.append("~" + pattern)
    }
    if !match.isCaseSensitive { parts[0] += " (any case)" }
    for header in match.headers { parts.append(condition(header.name, header.rule, isInverted: header.isInverted)) }
    for query in match.queryParameters { parts.append("?" + condition(query.name, query.rule)) }
    for claim in match.claims {
      parts.append("claim " + condition(claim.path.joined(separator: "."), claim.rule, isInverted: claim.isInverted))
    }
    return parts.joined(separator: ", ")
  }

  private static func condition(_ name: String, _ rule: HeaderMatcher.Rule, isInverted: Bool = false) -> String {
    let not = isInverted ? "!" : ""
    switch rule {
    case .present: return not + name
    case .string(let matcher):
      switch matcher.kind {
      case .exact(let text): return "\(name)\(not)=\(text)"
      case .prefix(let text): return "\(name)\(not)=\(text)*"
      case .suffix(let text): return "\(name)\(not)=*\(text)"
      case .contains(let text): return "\(name)\(not)=*\(text)*"
      case .regex(let pattern): return "\(name)\(not)~\(pattern)"
      }
    }
  }

  static func text(of action: RouteAction) -> String {
    switch action {
    case .forward(let forward):
      switch forward.target {
      case .cluster(let name): return name
      case .weighted(let entries):
        if entries.isEmpty { return "nothing" }
        let sum = entries.reduce(UInt64(0)) { $0 + UInt64($1.weight) }
        return entries.map { "\($0.weight)/\(sum) \($0.cluster)" }.joined(separator: ", ")
      }
    case .redirect(let redirect):
      var place = redirect.scheme.map { $0 + "://" } ?? ""
      place += redirect.host ?? ""
      if let port = redirect.port { place += ":\(port)" }
      switch redirect.path {
      case .whole(let path): place += path
      case .matched(let prefix): place += prefix + "…"
      case nil: break
      }
      return "\(redirect.status) \(place)"
    case .respond(let response): return "\(response.status)"
    }
  }

  /// What else happens on this route, in a word each.
  private static func extras(_ route: Route) -> [String] {
    var words: [String] = []
    if case .forward(let forward) = route.action {
      if forward.timeoutMilliseconds != 0 {
        words.append("timeout \(DurationText.short(milliseconds: forward.timeoutMilliseconds))")
      }
      if let retry = forward.retry, retry.origin != nil { words.append("retries \(retry.attempts)") }
      if forward.pathRewrite != nil || forward.hostRewrite != nil { words.append("rewrite") }
      if !forward.mirrors.isEmpty { words.append("mirror") }
      if !forward.hashPolicies.isEmpty { words.append("hash") }
    }
    if route.fault != nil { words.append("fault") }
    if route.cors != nil { words.append("cors") }
    if !route.requestHeaders.isEmpty || !route.responseHeaders.isEmpty { words.append("headers") }
    return words
  }
}
