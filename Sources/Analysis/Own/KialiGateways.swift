import Diagnostics
import Validation

// D: the Gateway API and groups of workloads, as Kiali sees them.
@Sendable
func judgeGatewaysAsKiali(_ world: AnalysisWorld) {
  for kind in ["HTTPRoute", "GRPCRoute"] {
    for route in world.all("gateway.networking.k8s.io/\(kind)") {
      judgeParents(route, world)
      judgeBackends(route, kind, world)
    }
  }
  judgeListeners(world)
  judgeGrants(world)
  judgeGroups(world)
  judgeForeignPrincipals(world)
}

/// KIA1401
private func judgeParents(_ route: Resource, _ world: AnalysisWorld) {
  for reference in route.spec["parentRefs"].items {
    let kind = reference["kind"].hasText ? reference["kind"].text : "Gateway"
    let group = reference["group"].isPresent ? reference["group"].text : "gateway.networking.k8s.io"
    guard kind == "Gateway", group == "gateway.networking.k8s.io", reference["name"].hasText else { continue }
    let namespace = reference["namespace"].hasText ? reference["namespace"].text : route.namespace
    let name = FullName(namespace, reference["name"].text)
    let gateway = world.find("gateway.networking.k8s.io/Gateway", name)
    if gateway.map({ isOpen($0, to: route, world) }) == true { continue }
    route.report(.parentUnknown, reference["name"], name.text)
  }
}

private func isOpen(_ gateway: Resource, to route: Resource, _ world: AnalysisWorld) -> Bool {
  if gateway.namespace == route.namespace { return true }
  return gateway.spec["listeners"].items.contains { listener in
    let allowed = listener["allowedRoutes"]["namespaces"]
    switch allowed["from"].text {
    case "All": return true
    case "Selector":
      let labels = world.namespace(route.namespace)?.labels ?? [:]
      return allowed["selector"].isPresent && LabelSelector(allowed["selector"]).selects(labels)
    default: return false
    }
  }
}

/// KIA1402
private func judgeBackends(_ route: Resource, _ kind: String, _ world: AnalysisWorld) {
  let parents = route.spec["parentRefs"].items.filter { $0["kind"].text == "Service" }
  let backends = route.spec["rules"].items.flatMap { $0["backendRefs"].items }
    .filter { ["", "Service"].contains($0["kind"].text) && ["", "core"].contains($0["group"].text) }
  for reference in parents + backends {
    let namespace = reference["namespace"].hasText ? reference["namespace"].text : route.namespace
    let name = FullName(namespace, reference["name"].text)
    if world.find("Service", name) == nil {
      route.report(.backendUnknown, reference["name"], name.text)
    } else if namespace != route.namespace, !isGranted(route, kind, name, world) {
      route.report(.backendNotGranted, reference["name"], name.text, namespace)
    }
  }
}

private func isGranted(_ route: Resource, _ kind: String, _ service: FullName, _ world: AnalysisWorld) -> Bool {
  world.all("gateway.networking.k8s.io/ReferenceGrant").contains { grant in
    grant.namespace == service.namespace
      && grant.spec["from"].items.contains { $0["namespace"].text == route.namespace && $0["kind"].text == kind }
      && grant.spec["to"].items.contains { to in
        to["kind"].text == "Service" && (!to["name"].hasText || to["name"].text == service.name)
      }
  }
}

/// KIA1501, KIA1502, KIA1503
private func judgeListeners(_ world: AnalysisWorld) {
  var listeners: [[String]: Resource] = [:]
  var addresses: [[String]: Resource] = [:]
  for gateway in world.all("gateway.networking.k8s.io/Gateway") {
    var own: Set<[String]> = []
    for listener in gateway.spec["listeners"].items where listener["hostname"].hasText {
      let key = [listener["hostname"].text, listener["port"].literal, listener["protocol"].text]
      if !own.insert(key).inserted {
        gateway.report(.listenerTwice, listener, key[0], key[1])
      } else if let other = listeners[key], other.fullName != gateway.fullName {
        gateway.report(.listenerOfTwo, listener, key[0], key[1], other.fullName.text)
      }
      listeners[key] = listeners[key] ?? gateway
    }
    for address in gateway.spec["addresses"].items where address["type"].hasText && address["value"].hasText {
      let key = [address["type"].text, address["value"].text]
      if let other = addresses[key], other.fullName != gateway.fullName {
        gateway.report(.gatewayAddressOfTwo, address["value"], key[1], other.fullName.text)
      }
      addresses[key] = addresses[key] ?? gateway
    }
  }
}

/// KIA1601
private func judgeGrants(_ world: AnalysisWorld) {
  if world.all("Namespace").isEmpty { return }
  for grant in world.all("gateway.networking.k8s.io/ReferenceGrant") {
    for namespace in grant.spec["from"].items.map({ $0["namespace"] })
    where namespace.hasText && world.namespace(namespace.text) == nil {
      grant.report(.grantToNobody, namespace, namespace.text)
    }
  }
}

/// KIA1701, KIA1702
private func judgeGroups(_ world: AnalysisWorld) {
  let accounts = Set(world.all("ServiceAccount").map(\.fullName))
  var owners: [[String]: Resource] = [:]
  for group in world.all("WorkloadGroup") {
    let account = group.spec["template"]["serviceAccount"]
    if account.hasText, !accounts.isEmpty, !accounts.contains(FullName(group.namespace, account.text)) {
      group.report(.groupAccountUnknown, account, account.text)
    }
    let labels = group.spec["metadata"]["labels"]
    guard group.spec["metadata"].isPresent else { continue }
    let key = [group.namespace, labels.texts.selectorText]
    if let other = owners[key] {
      group.report(.groupLabelsOfTwo, labels, key[1], other.fullName.text)
    } else {
      owners[key] = group
    }
  }
}

/// KIA0108
private func judgeForeignPrincipals(_ world: AnalysisWorld) {
  guard world.mesh.isGiven else { return }
  let known = world.mesh.trustDomains.union([world.mesh.trustDomain, "cluster.local"])
  for policy in world.all("AuthorizationPolicy") {
    for principal in policy.spec["rules"].items.flatMap({ $0["from"].items })
      .flatMap({ $0["source"]["principals"].items })
    {
      let parts = principal.text.split(separator: "/", maxSplits: 1).map(String.init)
      guard parts.count == 2, parts[1].utf8.starts(with: "ns/".utf8), !principal.text.contains("*") else { continue }
      if !known.contains(parts[0]) { policy.report(.principalForeign, principal, parts[0]) }
    }
  }
}

extension Rule {
  static let principalForeign = kiali(
    "DD4108", .warning, "KIA0108",
    "the mesh does not know trust domain '{0}'; add it to trustDomainAliases or correct it",
    "网格不认识信任域 '{0}'；请加入 trustDomainAliases 或更正")
  static let parentUnknown = kiali(
    "DD4801", .error, "KIA1401", "there is no Gateway '{0}' that takes routes of this namespace",
    "没有接受该命名空间路由的 Gateway '{0}'")
  static let backendUnknown = kiali("DD4802", .error, "KIA1402", "there is no Service '{0}'", "没有 Service '{0}'")
  static let backendNotGranted = kiali(
    "DD4803", .error, "KIA1402", "Service '{0}' is in another namespace; a ReferenceGrant in '{1}' must allow it",
    "Service '{0}' 位于其他命名空间；须由 '{1}' 中的 ReferenceGrant 允许")
  static let listenerOfTwo = kiali(
    "DD4811", .warning, "KIA1501", "Gateway '{2}' listens for '{0}' on port {1} too", "Gateway '{2}' 也在端口 {1} 监听 '{0}'")
  static let gatewayAddressOfTwo = kiali(
    "DD4812", .warning, "KIA1502", "address '{0}' is that of Gateway '{1}' too", "地址 '{0}' 也属于 Gateway '{1}'")
  static let listenerTwice = kiali(
    "DD4813", .error, "KIA1503", "another listener is for '{0}' on port {1} already", "已有另一个监听器在端口 {1} 监听 '{0}'")
  static let grantToNobody = kiali("DD4821", .error, "KIA1601", "there is no namespace '{0}'", "没有命名空间 '{0}'")
  static let groupAccountUnknown = kiali(
    "DD4831", .warning, "KIA1701", "there is no ServiceAccount '{0}' in this namespace", "该命名空间没有 ServiceAccount '{0}'")
  static let groupLabelsOfTwo = kiali(
    "DD4832", .warning, "KIA1702", "WorkloadGroup '{1}' has the same labels '{0}'", "WorkloadGroup '{1}' 具有相同的标签 '{0}'")

  static let kialiGatewayRules: [Rule] = [
    principalForeign, parentUnknown, backendUnknown, backendNotGranted, listenerOfTwo, gatewayAddressOfTwo,
    listenerTwice, grantToNobody, groupAccountUnknown, groupLabelsOfTwo,
  ]
}
