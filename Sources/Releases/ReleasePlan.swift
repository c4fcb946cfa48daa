package import MeshModel

/// Finds in a mesh what a release has to touch.
package struct ReleasePlan {
  private let request: ReleaseRequest
  private let world: [ObjectID: Value]
  private let ids: [ObjectID]
  private var release: Release

  /// A release with its parts, ready to begin. `world`: every object of a kind in ``kinds``.
  package static func make(
    _ request: ReleaseRequest, in world: [ObjectID: Value]
  ) throws(ReleaseProblem) -> Release {
    var plan = ReleasePlan(request, world)
    try plan.checkRequest()
    try plan.checkServices()
    try plan.planRoutes()
    switch plan.release.manner {
    case .subsets: try plan.planSubsets()
    case .services: try plan.planCanary()
    }
    try plan.checkParts()
    return plan.release
  }

  package static let kinds: Set<ObjectKind> = [
    .virtualService, .destinationRule, .service, .serviceEntry, .gateway, .release,
  ]

  private init(_ request: ReleaseRequest, _ world: [ObjectID: Value]) {
    self.request = request
    self.world = world
    ids = world.keys.sorted()
    release = request.release
  }

  // What was asked.

  private func checkRequest() throws(ReleaseProblem) {
    guard release.from.name != release.to.name else { throw .sameVersion(release.from.name) }
    for step in release.steps where !(1...100).contains(step) { throw .badStep(step) }
    guard zip(release.steps, release.steps.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .fallingSteps }
    let isIdle = release.steps.isEmpty && release.identity.isEmpty && release.begins == .plain
    if isIdle { throw .noWay }
    let isHTTP = release.layer == .http
    if !isHTTP, release.identity.contains(where: { $0["headers"] != nil }) {
      throw .onlyHTTP(what: .headers, release.layer)
    }
    if !isHTTP, release.begins == .mirrored { throw .onlyHTTP(what: .mirror, release.layer) }
    let asksSource = release.identity.contains { $0["sourceLabels"] != nil }
    if asksSource, release.scope.contains(where: { $0 != "mesh" }) { throw .sourceAtGateway }
    if world[release.id] != nil { throw .underWay(release.id) }
  }

  private func checkServices() throws(ReleaseProblem) {
    let known = Set(hosts)
    guard known.contains(release.host) else { throw unknown(release.host) }
    if release.manner == .services {
      let old = full(release.from.name)
      guard known.contains(old) else { throw unknown(old) }
      let new = full(release.to.name)
      if !known.contains(new), release.to.labels.isEmpty { throw unknown(new) }
    }
    for gateway in release.scope where gateway != "mesh" {
      let found = ids.contains { $0.kind == .gateway && "\($0.namespace)/\($0.name)" == gateway }
      guard found else { throw .unknownGateway(gateway) }
    }
  }

  private func unknown(_ host: String) -> ReleaseProblem {
    let name = host.prefix { $0 != "." }
    let near = hosts.filter { $0.prefix { $0 != "." } == name }.sorted()
    return .unknownService(host, meant: near.first)
  }

  private var hosts: [String] {
    ids.flatMap { id -> [String] in
      if id.kind == .service { return [ServiceHost.full(id.name, in: id.namespace)] }
      return id.kind == .serviceEntry ? world[id]?["spec"]?["hosts"]?.texts ?? [] : []
    }
  }

  private func full(_ name: String) -> String { ServiceHost.full(name, in: release.namespace) }

  // Rules.

  private func gateways(of id: ObjectID) -> [String] {
    let written = world[id]?["spec"]?["gateways"]?.texts ?? []
    return written.isEmpty ? ["mesh"] : written.map { ServiceHost.gateway($0, in: id.namespace) }
  }

  private func names(_ id: ObjectID) -> [String] {
    (world[id]?["spec"]?["hosts"]?.texts ?? []).map { ServiceHost.full($0, in: id.namespace) }
  }

  private func sendsToOld(_ id: ObjectID, at gateways: [String]) -> Bool {
    guard let value = world[id] else { return false }
    let share = RuleShare(release, in: id.namespace)
    return release.rules(of: value).contains { rule in
      let part = RuleMatch.part(
        of: rule, release.layer, gateways: gateways, scope: release.scope, namespace: id.namespace)
      return part != .none && share.sendsToOld(rule)
    }
  }

  /// Where a VirtualService without hosts counts: where those count that hand over to it (DG-2).
  private func delegators(of id: ObjectID) -> [ObjectID] {
    ids.filter { root in
      guard root.kind == .virtualService else { return false }
      return (world[root]?["spec"]?["http"]?.items ?? []).contains { rule in
        guard let delegate = rule["delegate"], delegate["name"]?.text == id.name else { return false }
        return delegate["namespace"]?.text ?? root.namespace == id.namespace
      }
    }
  }

  private mutating func planRoutes() throws(ReleaseProblem) {
    var served: Set<String> = []
    var silent: ObjectID?
    for id in ids where id.kind == .virtualService {
      let isDelegate = names(id).isEmpty
      let roots = isDelegate ? delegators(of: id) : [id]
      let places = Set(roots.flatMap { gateways(of: $0) }).sorted()
      let near = places.filter { release.scope.contains($0) }
      let answersName = roots.contains { names($0).contains { ServiceHost.covers($0, release.host) } }
      // Behind a name of its own, a service of a version is only meant where that name is.
      let isMeant = release.manner == .subsets || answersName || near.contains { $0 != "mesh" }
      guard !near.isEmpty, isMeant else { continue }
      guard sendsToOld(id, at: places) else {
        if answersName, near.contains("mesh"), !isDelegate { silent = silent ?? id }
        continue
      }
      release.parts.append(Release.Part(id: id, gateways: places))
      for place in near where place != "mesh" || answersName { served.insert(place) }
    }
    let missing = release.scope.filter { !served.contains($0) }
    if missing.contains("mesh") {
      if let silent { throw .noRule(silent, release.layer, version: release.from.name) }
      addRoutes(named: request.release.host.prefixName, hosts: meshHosts, gateways: ["mesh"])
    }
    let doors = missing.filter { $0 != "mesh" }
    guard let first = doors.first else { return }
    guard !request.hosts.isEmpty else { throw .hostNeeded(gateway: first) }
    addRoutes(named: release.host.prefixName + "-gateway", hosts: request.hosts, gateways: doors)
  }

  /// A rule of tls names what clients ask for.
  private var meshHosts: [String] {
    if release.layer == .tls { return request.hosts.isEmpty ? [release.host] : request.hosts }
    return [ServiceHost.short(release.host, in: release.namespace)]
  }

  private mutating func addRoutes(named name: String, hosts: [String], gateways: [String]) {
    let host = release.manner == .subsets ? release.host : full(release.from.name)
    let port = destinationPort(of: host).map { Value.members(("number", .integer($0))) }
    let destination = Value.members(("host", .string(ServiceHost.short(host, in: release.namespace))), ("port", port))
    let route = Value.array([.members(("destination", destination))])
    var condition: [Value.Member] = []
    if release.layer == .tls { condition.append(.init(key: "sniHosts", value: .texts(hosts))) }
    if release.layer != .http, let port = request.port { condition.append(.init(key: "port", value: .integer(port))) }
    let match: Value? = condition.isEmpty ? nil : .array([.object(condition)])
    let rule = Value.members(("match", match), ("route", route))
    let isMesh = gateways == ["mesh"]
    let spec = Value.members(
      ("hosts", .texts(hosts)), ("gateways", isMesh ? nil : .texts(gateways)), (release.layer.rawValue, .array([rule])))
    let id = free(ObjectID(kind: .virtualService, namespace: release.namespace, name: name))
    release.parts.append(Release.Part(id: id, seed: object(id, spec), gateways: gateways))
  }

  /// The port to name where a service has several: without one a gateway would look for its own port's number.
  private func destinationPort(of host: String) -> Int64? {
    let ports = ports(of: host)
    guard ports.count > 1, let number = request.port ?? onlyWebPort(ports) else { return nil }
    // Both versions are sent to it; a Service that is yet to be made has the old one's.
    let others = release.manner == .services ? self.ports(of: full(release.to.name)) : []
    return others.isEmpty || others.contains { $0["port"]?.whole == number } ? number : nil
  }

  private func ports(of host: String) -> [Value] {
    let service = ids.first { $0.kind == .service && ServiceHost.full($0.name, in: $0.namespace) == host }
    return service.flatMap { world[$0]?["spec"]?["ports"]?.items } ?? []
  }

  private func onlyWebPort(_ ports: [Value]) -> Int64? {
    guard release.layer == .http else { return nil }
    // What says nothing known is looked at, and may be HTTP too.
    let others: Set = ["tcp", "tls", "https", "mongo", "redis", "mysql", "udp"]
    let web = ports.filter { port in
      let word = port["appProtocol"]?.text ?? port["name"]?.text?.prefixWord ?? ""
      return port["protocol"]?.text != "UDP" && !others.contains(word.lowercased())
    }
    return web.count == 1 ? web[0]["port"]?.whole : nil
  }

  /// A name that no object has.
  private func free(_ id: ObjectID) -> ObjectID {
    var result = id
    var number = 1
    while world[result] != nil {
      result.name = number == 1 ? "\(id.name)-release" : "\(id.name)-release-\(number)"
      number += 1
    }
    return result
  }

  private func object(_ id: ObjectID, _ spec: Value) -> Value {
    .members(
      ("apiVersion", .string("\(id.kind.group)/v1")), ("kind", .string(id.kind.kind)),
      ("metadata", .members(("name", .string(id.name)), ("namespace", .string(id.namespace)))), ("spec", spec))
  }

  // Versions.

  private mutating func planSubsets() throws(ReleaseProblem) {
    let rules = ids.filter { id in
      guard id.kind == .destinationRule, let host = world[id]?["spec"]?["host"]?.text else { return false }
      return ServiceHost.covers(ServiceHost.full(host, in: id.namespace), release.host)
    }
    let exact = rules.filter { id in
      ServiceHost.full(world[id]?["spec"]?["host"]?.text ?? "", in: id.namespace) == release.host
    }
    let wanted = [release.from.name, release.to.name]
    let best = exact.max { score($0, wanted) < score($1, wanted) }
    for version in [\Release.from, \Release.to] {
      let name = release[keyPath: version].name
      for id in exact {
        guard let subset = subsets(id).first(where: { $0["name"]?.text == name }) else { continue }
        let labels = [String: String](labels: subset["labels"])
        let asked = release[keyPath: version].labels
        if !asked.isEmpty, labels != asked { throw .labelsDiffer(subset: name, id) }
        release[keyPath: version].labels = labels
      }
      if release[keyPath: version].labels.isEmpty { release[keyPath: version].labels = ["version": name] }
    }
    if let best {
      let known = Set(exact.flatMap { subsets($0).compactMap { $0["name"]?.text } })
      if !wanted.allSatisfy({ known.contains($0) }) { release.parts.append(Release.Part(id: best)) }
      return
    }
    // A rule for the service alone takes the place of one for many: what that one said goes on holding.
    let wider = rules.min { $0.name.utf8.count < $1.name.utf8.count }
    let spec = Value.members(
      ("host", .string(ServiceHost.short(release.host, in: release.namespace))),
      ("trafficPolicy", wider.flatMap { world[$0]?["spec"]?["trafficPolicy"] }))
    let id = free(ObjectID(kind: .destinationRule, namespace: release.namespace, name: release.host.prefixName))
    release.parts.append(Release.Part(id: id, seed: object(id, spec)))
  }

  private func subsets(_ id: ObjectID) -> [Value] { world[id]?["spec"]?["subsets"]?.items ?? [] }

  /// The more of the versions it has the better, and the nearer to the service.
  private func score(_ id: ObjectID, _ names: [String]) -> Int {
    let found = subsets(id).filter { names.contains($0["name"]?.text ?? "") }.count
    return found * 2 + (id.namespace == release.namespace ? 1 : 0)
  }

  private mutating func planCanary() throws(ReleaseProblem) {
    let id = ObjectID(kind: .service, namespace: release.namespace, name: release.to.name)
    let model = ObjectID(kind: .service, namespace: release.namespace, name: release.from.name)
    guard world[id] == nil, !hosts.contains(full(release.to.name)), let spec = world[model]?["spec"] else { return }
    let ports = (spec["ports"]?.items ?? []).map { $0.setting("nodePort", nil) }
    // The labels that tell the versions apart take the place of the old version's.
    var selector = [String: String](labels: spec["selector"])
    for (key, value) in release.to.labels { selector[key] = value }
    let new = Value.members(("ports", .array(ports)), ("selector", .labels(selector)))
    let object = Value.members(
      ("apiVersion", .string("v1")), ("kind", .string(id.kind.kind)),
      ("metadata", .members(("name", .string(id.name)), ("namespace", .string(id.namespace)))), ("spec", new))
    release.parts.append(Release.Part(id: id, seed: object))
  }

  private func checkParts() throws(ReleaseProblem) {
    for part in release.parts {
      for id in ids where id.kind == .release {
        guard let value = world[id], let other = Release(value), other.isUnderWay else { continue }
        if other.parts.contains(where: { $0.id == part.id }) { throw .taken(part.id, by: id) }
      }
      guard part.id.kind == .virtualService, let value = world[part.id] else { continue }
      let share = RuleShare(release, in: part.id.namespace)
      for (place, rule) in release.rules(of: value).enumerated() where share.sendsToOld(rule) {
        let field = "spec.\(release.layer.rawValue)[\(place)]"
        if release.begins == .mirrored, rule["mirror"] != nil {
          throw .alreadyMirrors(part.id, field: field + ".mirror")
        }
        if let name = RuleMatch.askedTwice(rule, release.identity) {
          throw .askedTwice(part.id, field: field + ".match", name: name)
        }
      }
    }
  }
}

extension String {
  /// The service's own name in a full one.
  fileprivate var prefixName: String { String(prefix { $0 != "." }) }

  /// What a port's name says it speaks: `http` of `http-admin`.
  fileprivate var prefixWord: String { String(prefix { $0 != "-" }) }
}
