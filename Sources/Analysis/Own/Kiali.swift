import Diagnostics
import Validation

// D: what Kiali says of objects and Istio's own tools do not.
@Sendable
func judgeAsKiali(_ world: AnalysisWorld) {
  for service in world.all("VirtualService") { judgeRouteLists(service) }
  judgeSharedHosts(world)
  judgeRules(world)
  judgeMutualTLS(world)
  judgeSidecars(world)
  judgeEntries(world)
}

/// KIA1104, KIA1105, KIA1108
private func judgeRouteLists(_ service: Resource) {
  for route in ["http", "tcp", "tls"].flatMap({ service.spec[$0].items }) {
    let routes = route["route"].items
    if routes.count == 1, (1...99).contains(routes[0]["weight"].number) {
      service.report(.loneWeight, routes[0]["weight"], String(routes[0]["weight"].number))
    }
    guard routes.count > 1 else { continue }
    var seen: Set<[String]> = []
    for destination in routes.map({ $0["destination"] }) {
      let host = HostTable.fullHost(destination["host"].text, near: service.namespace)
      let key = [host, destination["subset"].text, destination["port"]["number"].literal]
      if !seen.insert(key).inserted { service.report(.destinationTwice, destination, destination["host"].text) }
    }
  }
}

/// KIA1106: VirtualServices of one gateway that share a host.
private func judgeSharedHosts(_ world: AnalysisWorld) {
  struct Place: Hashable {
    var gateway: String
    var host: String
  }
  var owners: [Place: [Resource]] = [:]
  for service in world.all("VirtualService") {
    let given = service.spec["gateways"].items.map(\.text)
    for gateway in given.isEmpty ? ["mesh"] : given {
      for host in service.spec["hosts"].items {
        let name = gateway == "mesh" ? gateway : FullName(gateway, near: service.namespace).text
        let place = Place(gateway: name, host: HostTable.fullHost(host.text, near: service.namespace))
        owners[place, default: []].append(service)
      }
    }
  }
  // In any order: findings are sorted by their places.
  for (place, services) in owners where services.count > 1 {
    let names = services.map(\.fullName.text).sorted().joined(separator: ", ")
    for service in services {
      service.report(.hostOfManyServices, service.spec["hosts"], place.host, place.gateway, names)
    }
  }
}

/// KIA0201, KIA0209
private func judgeRules(_ world: AnalysisWorld) {
  var owners: [String: [Resource]] = [:]
  for rule in world.all("DestinationRule") {
    owners[HostTable.fullHost(rule.spec["host"].text, near: rule.namespace), default: []].append(rule)
    for subset in rule.spec["subsets"].items where subset["labels"].isEmpty {
      rule.report(.subsetOfAll, subset, subset["name"].text)
    }
  }
  for (host, rules) in owners where rules.count > 1 {
    for (place, rule) in rules.enumerated() {
      let own = Set(rule.spec["subsets"].items.map { $0["name"].text })
      let rivals = rules.enumerated().filter { other, rival in
        let theirs = Set(rival.spec["subsets"].items.map { $0["name"].text })
        return other != place && (own.isEmpty || theirs.isEmpty || !own.isDisjoint(with: theirs))
      }
      if rivals.isEmpty { continue }
      let names = rivals.map(\.element.fullName.text).sorted().joined(separator: ", ")
      rule.report(.rulesForOneHost, rule.spec["host"], host, names)
    }
  }
}

/// KIA0205 to KIA0208, KIA0505, KIA0506: what DestinationRules and PeerAuthentications want of each other.
private func judgeMutualTLS(_ world: AnalysisWorld) {
  var modes: [String: String] = [:]
  for peer in world.all("PeerAuthentication") where peer.spec["selector"].isAbsent {
    let scope = peer.namespace == world.mesh.rootNamespace ? "*" : peer.namespace
    modes[scope] = peer.spec["mtls"]["mode"].text
  }
  for rule in world.all("DestinationRule") {
    let host = rule.spec["host"].text
    let mode = rule.spec["trafficPolicy"]["tls"]["mode"]
    let isMeshWide = host == "*.local"
    let tail = ".svc.cluster.local"
    var namespace: String?
    if host.utf8.starts(with: "*.".utf8), host.hasSuffix(tail) {
      namespace = String(host.dropFirst(2).dropLast(tail.count))
    }
    let wanted = namespace.flatMap { modes[$0] } ?? modes["*"] ?? ""
    let enabled = ["STRICT", "PERMISSIVE"]
    if namespace != nil, mode.text == "DISABLE", modes["*"] == "STRICT" { rule.report(.plainToStrictMesh, mode) }
    if mode.text == "ISTIO_MUTUAL" || mode.text == "MUTUAL" {
      if isMeshWide, !enabled.contains(modes["*"] ?? "") { rule.report(.meshRuleWithoutPeers, mode) }
      if let namespace, !enabled.contains(wanted) { rule.report(.namespaceRuleWithoutPeers, mode, namespace) }
    }
    if mode.text == "DISABLE" {
      if let namespace, wanted == "STRICT" { rule.report(.plainToStrict, mode, namespace) }
      if isMeshWide, modes["*"] == "STRICT" { rule.report(.plainToStrictMesh, mode) }
    }
  }
}

/// KIA1004, KIA1006
private func judgeSidecars(_ world: AnalysisWorld) {
  for sidecar in world.all("Sidecar") {
    if sidecar.namespace == world.mesh.rootNamespace, sidecar.spec["workloadSelector"].isPresent {
      sidecar.report(.rootSelector, sidecar.spec["workloadSelector"])
    }
    for host in sidecar.spec["egress"].items.flatMap({ $0["hosts"].items }) {
      let parts = host.text.split(separator: "/", maxSplits: 1).map(String.init)
      guard parts.count == 2, !HostText.isWildcard(parts[1]) else { continue }
      if world.hosts.find(parts[1], near: sidecar.namespace, exportTo: []) == nil {
        sidecar.report(.unknownEgressHost, host, parts[1])
      }
    }
  }
}

/// KIA1211, KIA1212
private func judgeEntries(_ world: AnalysisWorld) {
  var owners: [String: [(resource: Resource, name: String)]] = [:]
  for entry in world.all("ServiceEntry") {
    for host in entry.spec["hosts"].items {
      for port in entry.spec["ports"].items {
        let key = "\(host.text):\(port["number"].number)"
        let own = port["protocol"].text.uppercased()
        for other in owners[key] ?? [] where other.resource.fullName != entry.fullName {
          entry.report(other.name == own ? .entryPortOfTwo : .entryPortMeaning, port, key, other.resource.fullName.text)
          break
        }
        owners[key, default: []].append((entry, own))
      }
    }
  }
}

extension Rule {
  static let rulesForOneHost = kiali(
    "DD4201", .warning, "KIA0201", "'{1}' is about host '{0}' too; which one holds depends on their age",
    "'{1}' 也作用于主机 '{0}'；哪个生效取决于创建时间")
  static let subsetOfAll = kiali(
    "DD4209", .warning, "KIA0209", "subset '{0}' has no labels and holds all pods", "子集 '{0}' 没有标签，包含所有 Pod")
  static let meshRuleWithoutPeers = kiali(
    "DD4205", .error, "KIA0205", "mutual TLS is wanted everywhere, but no PeerAuthentication of the mesh accepts it",
    "要求全网双向 TLS，但没有全网的 PeerAuthentication 启用它")
  static let namespaceRuleWithoutPeers = kiali(
    "DD4206", .error, "KIA0206", "mutual TLS is wanted in namespace '{0}', but no PeerAuthentication accepts it",
    "要求命名空间 '{0}' 双向 TLS，但没有 PeerAuthentication 启用它")
  static let plainToStrict = kiali(
    "DD4207", .error, "KIA0207", "plain text is sent to namespace '{0}', which takes mutual TLS only: calls fail",
    "以明文发往只接受双向 TLS 的命名空间 '{0}'：调用会失败")
  static let plainToStrictMesh = kiali(
    "DD4208", .error, "KIA0208", "plain text is sent, but the mesh takes mutual TLS only: calls fail",
    "以明文发送，但网格只接受双向 TLS：调用会失败")
  static let unknownEgressHost = kiali(
    "DD4404", .warning, "KIA1004", "no Service or ServiceEntry has host '{0}'", "没有 Service 或 ServiceEntry 的主机为 '{0}'")
  static let rootSelector = kiali(
    "DD4406", .warning, "KIA1006", "a Sidecar of the root namespace has no selector: it is for all namespaces",
    "根命名空间的 Sidecar 不应有选择器：它作用于所有命名空间")
  static let loneWeight = kiali(
    "DD4504", .warning, "KIA1104", "a single destination gets all traffic; weight {0} means nothing",
    "唯一的目标会收到全部流量；权重 {0} 没有意义")
  static let destinationTwice = kiali(
    "DD4505", .warning, "KIA1105", "'{0}' stands twice among the destinations; join them", "'{0}' 在目标中出现两次；请合并")
  static let hostOfManyServices = kiali(
    "DD4506", .warning, "KIA1106",
    "several VirtualServices route host '{0}' of Gateway '{1}': {2}; their order depends on their age",
    "多个 VirtualService 路由 Gateway '{1}' 的主机 '{0}'：{2}；顺序取决于创建时间")
  static let entryPortOfTwo = kiali(
    "DD4611", .warning, "KIA1211", "'{0}' stands in ServiceEntry '{1}' too", "'{0}' 也出现在 ServiceEntry '{1}' 中")
  static let entryPortMeaning = kiali(
    "DD4612", .warning, "KIA1212", "'{0}' has another protocol in ServiceEntry '{1}'",
    "'{0}' 在 ServiceEntry '{1}' 中使用了不同协议")

  static let kialiRules: [Rule] = [
    rulesForOneHost, subsetOfAll, meshRuleWithoutPeers, namespaceRuleWithoutPeers, plainToStrict, plainToStrictMesh,
    unknownEgressHost, rootSelector, loneWeight, destinationTwice, hostOfManyServices, entryPortOfTwo,
    entryPortMeaning,
  ]
}
