import Diagnostics
import Validation

// D: names that Kiali looks up.
@Sendable
func judgeNamesAsKiali(_ world: AnalysisWorld) {
  let accounts = knownAccounts(world)
  let routed = Set(world.all("VirtualService").flatMap { $0.spec["hosts"].items }.map(\.text))
  for policy in world.all("AuthorizationPolicy") { judgePolicyNames(policy, world, accounts, routed) }
  var subsets: [FullName: Set<String>] = [:]
  for rule in world.all("DestinationRule") {
    let name = HostTable.serviceName(rule.spec["host"].text, near: rule.namespace)
    subsets[name, default: []].formUnion(rule.spec["subsets"].items.map { $0["name"].text })
  }
  for service in world.all("VirtualService") { judgeServiceNames(service, subsets, world) }
  judgeRuleNames(world)
  judgeSelectors(world)
  judgeGatewayHosts(world)
  judgePortNames(world)
  judgeEntryAddresses(world)
}

/// `namespace/account` of every workload.
private func knownAccounts(_ world: AnalysisWorld) -> Set<String> {
  var accounts: Set<String> = []
  for pod in world.pods.all {
    let account = pod.spec["serviceAccountName"].hasText ? pod.spec["serviceAccountName"].text : "default"
    accounts.insert("\(pod.namespace)/\(account)")
  }
  for account in world.all("ServiceAccount") { accounts.insert("\(account.namespace)/\(account.name)") }
  return accounts
}

/// KIA0101, KIA0104, KIA0106
private func judgePolicyNames(
  _ policy: Resource, _ world: AnalysisWorld, _ accounts: Set<String>, _ routed: Set<String>
) {
  for rule in policy.spec["rules"].items {
    for source in rule["from"].items.map({ $0["source"] }) {
      for namespace in source["namespaces"].items where world.namespace(namespace.text) == nil {
        policy.report(.policyNamespaceUnknown, namespace, namespace.text)
      }
      for principal in source["principals"].items {
        let parts = principal.text.split(separator: "/").map(String.init)
        guard parts.count == 5, parts[1] == "ns", parts[3] == "sa", !principal.text.contains("*") else { continue }
        if !accounts.contains("\(parts[2])/\(parts[4])") { policy.report(.principalUnknown, principal, principal.text) }
      }
    }
    for host in rule["to"].items.flatMap({ $0["operation"]["hosts"].items }) where !HostText.isWildcard(host.text) {
      let name = host.text.split(separator: ":").first.map(String.init) ?? ""
      if !routed.contains(name), world.hosts.find(name, near: policy.namespace, exportTo: []) == nil {
        policy.report(.policyHostUnknown, host, host.text)
      }
    }
  }
}

/// KIA1101, KIA1102, KIA1107, KIA1108
private func judgeServiceNames(_ service: Resource, _ subsets: [FullName: Set<String>], _ world: AnalysisWorld) {
  let exports = service.spec["exportTo"].items.map(\.text)
  for route in ["http", "tcp", "tls"].flatMap({ service.spec[$0].items }) {
    for destination in route["route"].items.map({ $0["destination"] }) {
      let host = destination["host"].text
      if world.hosts.find(host, near: service.namespace, exportTo: exports) == nil {
        service.report(.routeHostUnknown, destination["host"], host)
      }
      let subset = destination["subset"]
      let known = subsets[HostTable.serviceName(host, near: service.namespace)] ?? []
      if subset.hasText, !known.contains(subset.text) { service.report(.routeSubsetUnknown, subset, host, subset.text) }
    }
  }
  let names =
    service.spec["gateways"].items + service.spec["http"].items.flatMap(\.matches).flatMap { $0["gateways"].items }
  for name in names where name.text != "mesh" {
    if !name.text.utf8.contains(UInt8(ascii: "/")), name.text.utf8.contains(UInt8(ascii: ".")) {
      service.report(.dottedGateway, name, name.text)
    }
    if world.find("Gateway", FullName(name.text, near: service.namespace)) == nil {
      service.report(.gatewayUnknown, name, name.text)
    }
  }
}

/// KIA0202, KIA0203
private func judgeRuleNames(_ world: AnalysisWorld) {
  for rule in world.all("DestinationRule") {
    let host = rule.spec["host"]
    if HostText.isWildcard(host.text) { continue }
    let exports = rule.spec["exportTo"].items.map(\.text)
    guard let target = world.hosts.find(host.text, near: rule.namespace, exportTo: exports) else {
      rule.report(.ruleHostUnknown, host, host.text)
      for subset in rule.spec["subsets"].items { rule.report(.subsetEmpty, subset, subset["name"].text) }
      continue
    }
    // Files that hold no workloads at all say nothing about these.
    guard target.resource.kind == "Service", !world.pods.all.isEmpty else { continue }
    let selector = target.resource.spec["selector"].texts
    for subset in rule.spec["subsets"].items {
      let wanted = selector.merging(subset["labels"].texts) { $1 }
      if !world.pods.hasMatch(wanted, in: target.resource.namespace) {
        rule.report(.subsetEmpty, subset, subset["name"].text)
      }
    }
  }
}

/// KIA0003, KIA0004, KIA0302
private func judgeSelectors(_ world: AnalysisWorld) {
  for kind in ["AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication", "Sidecar"] {
    var owners: [FullName: [Resource]] = [:]
    for policy in world.all(kind) {
      let selector =
        kind == "Sidecar" ? policy.spec["workloadSelector"]["labels"] : policy.spec["selector"]["matchLabels"]
      let labels = selector.texts
      if labels.isEmpty { continue }
      let pods = world.pods.matching(labels, in: policy.namespace == world.mesh.rootNamespace ? nil : policy.namespace)
      if pods.isEmpty { policy.report(.selectorOfNothing, selector, labels.selectorText) }
      for name in Set(pods.map(\.fullName)) { owners[name, default: []].append(policy) }
    }
    guard kind == "PeerAuthentication" || kind == "Sidecar" else { continue }
    for (pod, policies) in owners where policies.count > 1 {
      for policy in policies { policy.report(.selectorConflict, policy.spec, pod.text, kind) }
    }
  }
  for gateway in world.all("Gateway") {
    let selector = gateway.spec["selector"].texts
    if !world.pods.hasMatch(selector) {
      gateway.report(.gatewayOfNothing, gateway.spec["selector"], selector.selectorText)
    }
  }
}

/// KIA0301: hosts of several Gateways on one port.
private func judgeGatewayHosts(_ world: AnalysisWorld) {
  var owners: [String: [(gateway: Resource, host: String)]] = [:]
  for gateway in world.all("Gateway") {
    let selector = gateway.spec["selector"].texts.selectorText
    for server in gateway.spec["servers"].items {
      let key = "\(selector) \(server["port"]["number"].number)"
      for host in server["hosts"].items {
        let name = String(host.text.split(separator: "/", maxSplits: 1).last ?? "").lowercased()
        let rival = (owners[key] ?? []).first { other in
          other.gateway.fullName != gateway.fullName && meets(other.host, name)
        }
        if let rival {
          gateway.report(.hostOfManyGateways, host, name, rival.gateway.fullName.text)
          rival.gateway.report(.hostOfManyGateways, rival.gateway.spec["servers"], name, gateway.fullName.text)
        }
        owners[key, default: []].append((gateway, name))
      }
    }
  }
}

/// Two wildcards are not compared.
private func meets(_ a: String, _ b: String) -> Bool {
  if a == b || a == "*" || b == "*" { return true }
  return HostText.isWildcard(a) != HostText.isWildcard(b) && HostText.overlap(a, b)
}

/// KIA0601, KIA0602, KIA0701
private func judgePortNames(_ world: AnalysisWorld) {
  for service in world.all("Service") {
    let selector = service.spec["selector"].texts
    let pods = selector.isEmpty ? [] : world.pods.matching(selector, in: service.namespace)
    // Of workloads outside of the mesh, nobody asks the protocol.
    let isOutside = !pods.isEmpty && !pods.contains { isMember($0, world) }
    for port in service.spec["ports"].items where port["protocol"].text != "UDP" {
      if isOutside {
        // Their target ports are looked at all the same.
      } else if port["appProtocol"].isPresent {
        if PortProtocol(port["appProtocol"].text) == nil {
          service.report(.oddAppProtocol, port["appProtocol"], port["appProtocol"].text)
        }
      } else if PortProtocol(String(port["name"].text.prefix { $0 != "-" })) == nil {
        service.report(.oddPortName, port["name"], port["name"].text)
      }
      judgeTarget(service, port, pods)
    }
  }
}

private func judgeTarget(_ service: Resource, _ port: Part, _ pods: [Resource]) {
  guard let pod = pods.first(where: { $0.kind == "Deployment" }) else { return }
  let offered = pod.spec["containers"].items.flatMap { $0["ports"].items }
  if offered.isEmpty { return }
  let target = port["targetPort"].isPresent ? port["targetPort"].literal : port["port"].literal
  if !offered.contains(where: { $0["containerPort"].literal == target || $0["name"].text == target }) {
    service.report(.targetPortClosed, port, target, pod.name)
  }
}

/// KIA1201
private func judgeEntryAddresses(_ world: AnalysisWorld) {
  for entry in world.all("ServiceEntry") where entry.spec["location"].text == "MESH_INTERNAL" {
    let labels = entry.spec["workloadSelector"]["labels"].texts
    guard !labels.isEmpty, !entry.spec["addresses"].isEmpty else { continue }
    let known = Set(entry.spec["addresses"].items.map(\.text))
    for workload in world.all("WorkloadEntry") where workload.namespace == entry.namespace {
      let address = workload.spec["address"].text
      if workload.spec["labels"].texts.holds(labels), !known.contains(address) {
        entry.report(.addressOfWorkloadMissing, entry.spec["addresses"], address, workload.name)
      }
    }
  }
}

extension Rule {
  static let policyNamespaceUnknown = kiali(
    "DD4101", .warning, "KIA0101", "there is no namespace '{0}'", "没有命名空间 '{0}'")
  static let policyHostUnknown = kiali(
    "DD4104", .error, "KIA0104", "nothing has host '{0}'; the rule never holds", "没有对象的主机为 '{0}'；该规则永远不成立")
  static let principalUnknown = kiali("DD4106", .error, "KIA0106", "no workload has identity '{0}'", "没有工作负载的身份为 '{0}'")
  static let routeHostUnknown = kiali(
    "DD4501", .error, "KIA1101", "no Service or ServiceEntry has host '{0}'", "没有 Service 或 ServiceEntry 的主机为 '{0}'")
  static let gatewayUnknown = kiali("DD4502", .error, "KIA1102", "there is no Gateway '{0}'", "没有名为 '{0}' 的 Gateway")
  static let routeSubsetUnknown = kiali(
    "DD4507", .warning, "KIA1107", "no DestinationRule for '{0}' has subset '{1}'", "'{0}' 的 DestinationRule 没有子集 '{1}'"
  )
  static let dottedGateway = kiali(
    "DD4508", .info, "KIA1108", "'{0}' is the old form; write 'namespace/name'", "'{0}' 是旧写法；请写作 '命名空间/名称'")
  static let ruleHostUnknown = kiali(
    "DD4202", .error, "KIA0202", "no Service or ServiceEntry has host '{0}'", "没有 Service 或 ServiceEntry 的主机为 '{0}'")
  static let subsetEmpty = kiali(
    "DD4203", .error, "KIA0203", "subset '{0}' has no workload among those of its host", "子集 '{0}' 在其主机的工作负载中没有匹配")
  static let selectorOfNothing = kiali(
    "DD4004", .warning, "KIA0004", "no workload has the labels '{0}'", "没有工作负载具有标签 '{0}'")
  static let selectorConflict = kiali(
    "DD4003", .error, "KIA0003", "workload '{0}' is selected by several objects of kind {1}", "工作负载 '{0}' 被多个 {1} 选中")
  static let gatewayOfNothing = kiali(
    "DD4302", .warning, "KIA0302", "no workload has the labels '{0}'", "没有工作负载具有标签 '{0}'")
  static let hostOfManyGateways = kiali(
    "DD4303", .warning, "KIA0301", "host '{0}' is served on the same port by Gateway '{1}' too",
    "主机 '{0}' 也由 Gateway '{1}' 在同一端口提供服务")
  static let oddPortName = kiali(
    "DD4401", .error, "KIA0601", "port name '{0}' does not begin with a protocol", "端口名 '{0}' 没有以协议开头")
  static let oddAppProtocol = kiali(
    "DD4402", .error, "KIA0602", "appProtocol '{0}' is unknown", "未知的 appProtocol '{0}'")
  static let targetPortClosed = kiali(
    "DD4403", .warning, "KIA0701", "Deployment '{1}' has no port {0}", "Deployment '{1}' 没有端口 {0}")
  static let addressOfWorkloadMissing = kiali(
    "DD4601", .warning, "KIA1201", "address '{0}' of WorkloadEntry '{1}' is not among the addresses",
    "WorkloadEntry '{1}' 的地址 '{0}' 不在 addresses 中")

  static let kialiNameRules: [Rule] = [
    policyNamespaceUnknown, policyHostUnknown, principalUnknown, routeHostUnknown, gatewayUnknown, routeSubsetUnknown,
    dottedGateway, ruleHostUnknown, subsetEmpty, selectorOfNothing, selectorConflict, gatewayOfNothing,
    hostOfManyGateways, oddPortName, oddAppProtocol, targetPortClosed, addressOfWorkloadMissing,
  ]
}
