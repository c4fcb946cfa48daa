import Evaluation
package import MeshModel
import ProxyModel
import RequestSpace

/// For every rule of some VirtualServices the smallest request that comes to it, tried on the mesh itself.
package struct DerivedRequests {
  /// In the order of rules; the same rule once for clients in the mesh and once for each gateway.
  package private(set) var requests: [DerivedRequest] = []
  package private(set) var unreached: [UnreachedRule] = []
  private let session: SimulationSession
  private let choice: ClientChoice
  /// The rules that are wanted; nil: all.
  private let wanted: Set<ObjectID>?
  private var found: Set<Key> = []
  private var reasons: [Origin: UnreachedRule.Reason] = [:]
  private var configurations: [Vantage: ProxyConfiguration] = [:]

  private struct Key: Hashable {
    var rule: Origin
    var delegatedBy: Origin?
    var gateway: RequestLine.ProxyReference?
  }

  /// Of the VirtualServices among `objects`, and of what delegates to them; nil: of all.
  package init(_ session: SimulationSession, of objects: Set<ObjectID>? = nil) {
    self.session = session
    choice = ClientChoice(session)
    wanted = objects
    for object in session.snapshot.objects(of: .virtualService) {
      guard case .virtualService(let service) = object.content, !service.hosts.isEmpty, concerns(service, object.id)
      else { continue }
      for client in choice.clients(for: service, object.id) { derive(object.id, service, client) }
      for client in choice.others(for: service, object.id) {
        let reached = Set(found.map(\.rule))
        if RuleList.origins(of: service, object.id).allSatisfy(reached.contains) { break }
        derive(object.id, service, client)
      }
    }
    settle()
  }

  private func concerns(_ service: VirtualService, _ id: ObjectID) -> Bool {
    guard let wanted, !wanted.contains(id) else { return true }
    return service.http.compactMap(\.delegate).contains { delegate in
      let namespace = delegate.namespace.isEmpty ? id.namespace : delegate.namespace
      return wanted.contains(ObjectID(kind: .virtualService, namespace: namespace, name: delegate.name))
    }
  }

  private func isWanted(_ rule: Origin, _ delegatedBy: Origin?) -> Bool {
    guard let wanted else { return true }
    return wanted.contains(rule.object) || delegatedBy.map { wanted.contains($0.object) } ?? false
  }

  private mutating func derive(_ owner: ObjectID, _ service: VirtualService, _ client: ClientChoice.Client) {
    let known = configurations[client.vantage]
    let configuration = known ?? session.configuration(of: client.vantage)
    configurations[client.vantage] = configuration
    var visited: Set<String> = []
    // A host is known on port 80 too, also where its service has other ports: those come first.
    let own = choice.ports(of: service, owner)
    let listeners = configuration.listeners
    for listener in listeners.filter({ own.contains($0.port) }) + listeners.filter({ !own.contains($0.port) }) {
      for chain in listener.filterChains + [listener.defaultFilterChain].compactMap(\.self) {
        switch chain.filters.last {
        case .connectionManager(let manager):
          guard let routes = configuration.routes(of: manager), visited.insert(routes.name).inserted else { continue }
          for host in routes.virtualHosts {
            if client.vantage.kind == .sidecar, host.origin?.object != owner { continue }
            derive(owner, host, of: routes.name, listener, chain, client)
          }
        case .tcpProxy:
          guard let rule = chain.networkRule, rule.object == owner else { continue }
          deriveConnection(rule, service, listener, chain, client)
        case .rbac, .externalAuthorization, nil: continue
        }
      }
    }
  }

  private mutating func derive(
    _ owner: ObjectID, _ host: VirtualHost, of configuration: String, _ listener: Listener, _ chain: FilterChain,
    _ client: ClientChoice.Client
  ) {
    let routes = host.routes
    let search = ExampleSearch(routes)
    for (place, route) in routes.enumerated() {
      guard let rule = route.origin, rule.object == owner || route.delegatedBy?.object == owner,
        isWanted(rule, route.delegatedBy)
      else { continue }
      let key = key(rule, route.delegatedBy, client)
      if found.contains(key) { continue }
      for way in ways(ConcreteName.best(of: host.domains), listener, chain, client) {
        let result = search.example(for: place, authorities: way.authorities) { sketch in
          guard let answer = answer(way.line(sketch), from: client)?.answer, let taken = answer.route,
            taken.configuration == configuration, taken.virtualHost == host.name
          else { return nil }
          return taken.index
        }
        note(result, rule, routes)
        guard case .found(let sketch) = result else { continue }
        found.insert(key)
        requests.append(DerivedRequest(line: way.line(sketch), rule: rule, delegatedBy: route.delegatedBy))
        break
      }
    }
  }

  private mutating func deriveConnection(
    _ rule: Origin, _ service: VirtualService, _ listener: Listener, _ chain: FilterChain, _ client: ClientChoice.Client
  ) {
    let key = key(rule, nil, client)
    guard isWanted(rule, nil), !found.contains(key) else { return }
    let names = service.hosts.map { ConcreteName.of($0) }
    for way in ways(names, listener, chain, client) {
      let line = way.connectionLine
      guard let (answer, trace, port) = answer(line, from: client),
        session.rule(for: answer, trace, from: client.vantage, port: port) == rule
      else { continue }
      found.insert(key)
      requests.append(DerivedRequest(line: line, rule: rule, delegatedBy: nil))
      return
    }
    reasons[rule] = reasons[rule] ?? .notFound
  }

  private func key(_ rule: Origin, _ delegatedBy: Origin?, _ client: ClientChoice.Client) -> Key {
    let isGateway = client.vantage.kind == .gateway
    return Key(rule: rule, delegatedBy: delegatedBy, gateway: isGateway ? client.reference : nil)
  }

  /// How to get to a listener: by name where names lead there, otherwise by address.
  private func ways(
    _ names: [String], _ listener: Listener, _ chain: FilterChain, _ client: ClientChoice.Client
  ) -> [RequestPlace] {
    var base = RequestPlace(client: client, port: listener.port)
    let isTLS = chain.tls != nil || !chain.match.serverNames.isEmpty || chain.match.transportProtocol == "tls"
    if let tls = chain.tls {
      switch tls.mode {
      case .mutual, .mesh: base.showsCertificate = true
      case .simple, .optionalMutual: break
      }
    }
    func secured(_ place: RequestPlace) -> RequestPlace {
      guard isTLS else { return place }
      var place = place
      let fitting = chain.match.serverNames.first { name in place.name.map { Self.fits(name, $0) } ?? false }
      place.serverName =
        fitting != nil || chain.match.serverNames.isEmpty
        ? place.name ?? "" : chain.match.serverNames.first.map { ConcreteName.of($0) }
      return place
    }
    var result: [RequestPlace] = []
    for name in names.prefix(3) {
      base.name = name
      for port in dialled(listener.port, client.vantage) {
        base.port = port
        result.append(secured(base))
      }
    }
    base.port = listener.port
    base.name = names.first
    for address in addresses(listener, chain, client.vantage) {
      base.address = address
      result.append(secured(base))
    }
    return result
  }

  private static func fits(_ pattern: String, _ name: String) -> Bool {
    guard pattern.utf8.first == UInt8(ascii: "*") else { return pattern.utf8.elementsEqual(name.utf8) }
    return name.hasSuffixBytes(String(pattern.dropFirst()))
  }

  /// The ports that lead to a listener's.
  private func dialled(_ port: UInt32, _ vantage: Vantage) -> [UInt32] {
    guard vantage.kind == .gateway else { return [port] }
    let services = session.snapshot.objects(of: .service).filter { $0.id.namespace == vantage.namespace }
    let ports = services.flatMap { object -> [UInt32] in
      guard case .service(let service) = object.content else { return [] }
      return service.ports.map(\.port)
    }
    let leading = ([80, 443] + ports + [port]).filter { session.addresses.targetPort(of: $0, at: vantage) == port }
    return leading.isEmpty ? [port] : [leading[0]]
  }

  private func addresses(_ listener: Listener, _ chain: FilterChain, _ vantage: Vantage) -> [String] {
    var result = chain.match.prefixRanges.prefix(2).map { IPAddress(bytes: $0.bytes).description }
    let own = IPAddress(listener.address)
    if let own, own.bytes.contains(where: { $0 != 0 }) { result.append(own.description) }
    switch vantage.kind {
    case .gateway: result += vantage.addresses.prefix(1)
    case .sidecar, .inbound: break
    }
    return result.isEmpty ? [AddressBook.standIn] : result
  }

  private func answer(_ line: RequestLine, from client: ClientChoice.Client) -> (
    answer: Answer, trace: Trace, port: UInt32
  )? {
    guard let question = try? SingleQuestion(line, from: client.vantage, in: session) else { return nil }
    var trace: Trace? = line.http == nil ? Trace() : nil
    let answer = question.answer(in: session, recording: &trace)
    return (answer, trace ?? Trace(), question.question.connection.port)
  }

  private mutating func note(_ result: ExampleSearch.Result, _ rule: Origin, _ routes: [Route]) {
    switch result {
    case .found: break
    case .shadowed(let place): reasons[rule] = .shadowed(by: routes[place].origin)
    case .needsToken: reasons[rule] = .needsToken
    case .notFound: reasons[rule] = reasons[rule] ?? .notFound
    }
  }

  /// What is left over once everything was tried; requests in the order of rules.
  private mutating func settle() {
    let reached = Set(requests.map(\.rule))
    for object in session.snapshot.objects(of: .virtualService) {
      guard case .virtualService(let service) = object.content, wanted?.contains(object.id) ?? true else { continue }
      var catchAll: Origin?
      for rule in RuleList.origins(of: service, object.id) where !reached.contains(rule) {
        if catchAll == nil { catchAll = RuleList.catchAll(of: service, object.id) }
        if let reason = reasons[rule] {
          unreached.append(UnreachedRule(rule: rule, reason: reason))
        } else if let catchAll, RuleList.isBehind(rule, catchAll), reached.contains(catchAll) {
          unreached.append(UnreachedRule(rule: rule, reason: .shadowed(by: catchAll)))
        } else {
          unreached.append(UnreachedRule(rule: rule, reason: .noProxy))
        }
      }
    }
    let order = RuleList.order(of: session.snapshot)
    requests = requests.enumerated().sorted { a, b in
      let (left, right) = (order[a.element.rule] ?? .max, order[b.element.rule] ?? .max)
      return (left, a.offset) < (right, b.offset)
    }.map(\.element)
  }
}

extension ProxyConfiguration {
  func routes(of manager: HTTPConnectionManager) -> RouteConfiguration? {
    switch manager.routes {
    case .named(let name): routeConfigurations[name]
    case .inline(let configuration): configuration
    }
  }
}
