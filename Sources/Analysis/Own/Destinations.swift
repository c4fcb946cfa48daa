import Diagnostics
import Validation

// F: settings of destinations that nobody sees, or that contradict what the destination wants.
@Sendable
func judgeDestinations(_ world: AnalysisWorld) {
  judgeHiddenSubsets(world)
  let regions = Set(world.all("Node").compactMap { $0.labels["topology.kubernetes.io/region"] })
  let peers = PeerModes(world)
  for rule in world.all("DestinationRule") {
    judgeCredential(rule)
    judgeRegions(rule, regions)
    judgePeers(rule, world, peers)
    judgePlace(rule, world)
  }
  judgeImports(world)
  judgeSelectedEntries(world)
}

/// F24: subsets that are defined only where the VirtualService's namespace does not look.
private func judgeHiddenSubsets(_ world: AnalysisWorld) {
  var owners: [FullName: [Resource]] = [:]
  for rule in world.all("DestinationRule") {
    owners[HostTable.serviceName(rule.spec["host"].text, near: rule.namespace), default: []].append(rule)
  }
  for service in world.all("VirtualService") {
    for route in ["http", "tcp", "tls"].flatMap({ service.spec[$0].items }) {
      for destination in route["route"].items.map({ $0["destination"] }) where destination["subset"].hasText {
        let host = HostTable.fullHost(destination["host"].text, near: service.namespace)
        let name = HostTable.serviceName(host, near: service.namespace)
        let defining = (owners[name] ?? []).filter { rule in
          rule.spec["subsets"].items.contains { $0["name"].text == destination["subset"].text }
        }
        let isSeen = defining.contains { isVisible($0, from: service.namespace, of: name.namespace, world) }
        guard let hidden = defining.first, !isSeen else { continue }
        service.report(
          .hiddenSubset, destination["subset"], destination["subset"].text, hidden.fullName.text, service.namespace)
      }
    }
  }
}

private func isVisible(
  _ rule: Resource, from namespace: String, of service: String, _ world: AnalysisWorld
) -> Bool {
  if rule.namespace == namespace { return true }
  let exports = rule.spec["exportTo"].items.map(\.text)
  let isExported = exports.isEmpty || exports.contains("*") || exports.contains(namespace)
  return isExported && [service, world.mesh.rootNamespace].contains(rule.namespace)
}

/// F39: rules count in the namespaces of the callers, of the Service and of the mesh.
private func judgePlace(_ rule: Resource, _ world: AnalysisWorld) {
  let host = HostTable.fullHost(rule.spec["host"].text, near: rule.namespace)
  let name = HostTable.serviceName(host, near: rule.namespace)
  guard world.find("Service", name) != nil, !world.pods.all.isEmpty else { return }
  if [name.namespace, world.mesh.rootNamespace].contains(rule.namespace) { return }
  if world.pods.of(rule.namespace).isEmpty {
    rule.report(.ruleWithoutCallers, rule.spec["host"], rule.namespace, name.namespace)
  }
}

/// F42
private func judgeCredential(_ rule: Resource) {
  guard rule.spec["workloadSelector"].isAbsent else { return }
  let policies = [rule.spec["trafficPolicy"]] + rule.spec["subsets"].items.map { $0["trafficPolicy"] }
  for tls in policies.flatMap({ [$0["tls"]] + $0["portLevelSettings"].items.map { $0["tls"] } }) {
    if tls["credentialName"].hasText {
      rule.report(.credentialOfGateways, tls["credentialName"], tls["credentialName"].text)
    }
  }
}

/// F45
private func judgeRegions(_ rule: Resource, _ regions: Set<String>) {
  if regions.isEmpty { return }
  let policies = [rule.spec["trafficPolicy"]] + rule.spec["subsets"].items.map { $0["trafficPolicy"] }
  for settings in policies.map({ $0["loadBalancer"]["localityLbSetting"] }) {
    var named: [(text: String, part: Part)] = []
    for share in settings["distribute"].items {
      named.append((share["from"].text, share["from"]))
      named += share["to"].members.map { ($0.key, $0.value) }
    }
    for way in settings["failover"].items {
      named += [(way["from"].text, way["from"]), (way["to"].text, way["to"])]
    }
    for (text, part) in named {
      let region = String(text.prefix { $0 != "/" })
      if !region.utf8.isEmpty, !region.utf8.contains(UInt8(ascii: "*")), !regions.contains(region) {
        rule.report(.unknownRegion, part, region)
      }
    }
  }
}

/// The modes of mutual TLS that PeerAuthentications ask for.
private struct PeerModes {
  private var general: [String: String] = [:]
  private var selected: [String: [(selector: [String: String], mode: String)]] = [:]
  private let root: String

  init(_ world: AnalysisWorld) {
    root = world.mesh.rootNamespace
    for peer in world.all("PeerAuthentication") {
      let mode = peer.spec["mtls"]["mode"].text
      if ["", "UNSET"].contains(mode) { continue }
      let selector = peer.spec["selector"]["matchLabels"].texts
      if selector.isEmpty {
        general[peer.namespace] = mode
      } else {
        selected[peer.namespace, default: []].append((selector, mode))
      }
    }
  }

  /// The closest one wins.
  func mode(of service: Resource) -> String {
    let labels = service.spec["selector"].texts
    if !labels.isEmpty, let own = selected[service.namespace]?.first(where: { labels.holds($0.selector) }) {
      return own.mode
    }
    return general[service.namespace] ?? general[root] ?? ""
  }
}

/// F46: what one Service is sent, and what its pods take.
private func judgePeers(_ rule: Resource, _ world: AnalysisWorld, _ peers: PeerModes) {
  let mode = rule.spec["trafficPolicy"]["tls"]["mode"]
  let host = rule.spec["host"].text
  guard mode.text == "DISABLE" || mode.text == "ISTIO_MUTUAL", !HostText.isWildcard(host) else { return }
  let name = HostTable.serviceName(HostTable.fullHost(host, near: rule.namespace), near: rule.namespace)
  guard let service = world.find("Service", name) else { return }
  contradict(rule, mode, peers.mode(of: service), name)
}

private func contradict(_ rule: Resource, _ mode: Part, _ wanted: String, _ service: FullName) {
  if mode.text == "DISABLE", wanted == "STRICT" { rule.report(.plainToStrictService, mode, service.text) }
  if mode.text == "ISTIO_MUTUAL", wanted == "DISABLE" { rule.report(.mutualToPlainService, mode, service.text) }
}

/// F61: what a Sidecar keeps out of sight although routes of the same namespace lead there.
private func judgeImports(_ world: AnalysisWorld) {
  let services = Dictionary(grouping: world.all("VirtualService"), by: \.namespace)
  for sidecar in world.all("Sidecar")
  where sidecar.spec["workloadSelector"].isAbsent && !sidecar.spec["egress"].isEmpty {
    if sidecar.namespace == world.mesh.rootNamespace { continue }
    let imports = sidecar.spec["egress"].items.flatMap { $0["hosts"].items }.map(\.text)
    var told: Set<String> = []
    for service in services[sidecar.namespace] ?? [] {
      let gateways = service.spec["gateways"].items.map(\.text)
      guard gateways.isEmpty || gateways.contains("mesh") else { continue }
      for destination in service.spec["http"].items.flatMap({ $0["route"].items }).map({ $0["destination"]["host"] }) {
        let host = HostTable.fullHost(destination.text, near: service.namespace)
        guard let target = world.hosts.find(host, near: service.namespace, exportTo: []) else { continue }
        let isImported = imports.contains { matches($0, host, target.resource.namespace, sidecar.namespace) }
        if !isImported, told.insert(host).inserted {
          sidecar.report(.importMissing, sidecar.spec["egress"], host, service.fullName.text)
        }
      }
    }
  }
}

private func matches(_ pattern: String, _ host: String, _ owner: String, _ own: String) -> Bool {
  let parts = pattern.split(separator: "/", maxSplits: 1).map(String.init)
  guard parts.count == 2 else { return true }
  let namespace = parts[0] == "." ? own : parts[0]
  return (namespace == "*" || namespace == owner) && (parts[1] == "*" || HostText.overlap(parts[1], host))
}

/// F58
private func judgeSelectedEntries(_ world: AnalysisWorld) {
  let entries = world.all("ServiceEntry")
  if entries.isEmpty { return }
  let workloads = world.all("WorkloadEntry")
  let labels = workloads.map { $0.spec["labels"].texts }
  var places: [String: [Int]] = [:]
  for (place, own) in labels.enumerated() {
    for (key, value) in own { places["\(workloads[place].namespace) \(key)=\(value)", default: []].append(place) }
  }
  /// Those that have the labels, looked up by one of them.
  func matching(_ selector: [String: String], _ namespace: String) -> [Int] {
    guard let one = selector.first else { return [] }
    return (places["\(namespace) \(one.key)=\(one.value)"] ?? []).filter { labels[$0].holds(selector) }
  }
  var selected: Set<Int> = []
  let isKnown = !workloads.isEmpty || !world.pods.all.isEmpty
  for entry in entries where entry.spec["workloadSelector"].isPresent {
    let selector = entry.spec["workloadSelector"]["labels"].texts
    let own = matching(selector, entry.namespace)
    selected.formUnion(own)
    if isKnown, own.isEmpty, !world.pods.hasMatch(selector, in: entry.namespace) {
      entry.report(.entryOfNothing, entry.spec["workloadSelector"], selector.selectorText)
    }
  }
  for service in world.all("Service") {
    selected.formUnion(matching(service.spec["selector"].texts, service.namespace))
  }
  for (place, workload) in workloads.enumerated() where !selected.contains(place) {
    workload.report(.entryOfNobody, workload.spec)
  }
}

extension Rule {
  static let hiddenSubset = own(
    "DD5024", .warning, "subset '{0}' is defined by DestinationRule '{1}', which namespace '{2}' does not see",
    "子集 '{0}' 由 DestinationRule '{1}' 定义，但命名空间 '{2}' 看不到它")
  static let ruleWithoutCallers = own(
    "DD5039", .warning, "nobody looks here: namespace '{0}' has no workloads, and the Service is in '{1}'",
    "此处不会被查找：命名空间 '{0}' 没有工作负载，而 Service 位于 '{1}'")
  static let credentialOfGateways = own(
    "DD5042", .info, "only gateways fetch Secret '{0}'; sidecars need a workloadSelector for it",
    "只有网关会获取 Secret '{0}'；sidecar 需要 workloadSelector")
  static let unknownRegion = own(
    "DD5045", .warning, "no node is in region '{0}'; the setting is never used", "没有节点位于区域 '{0}'；该设置不会被使用")
  static let plainToStrictService = own(
    "DD5046", .error, "plain text is sent to Service '{0}', whose pods take mutual TLS only: calls fail",
    "以明文发往 Service '{0}'，而其 Pod 只接受双向 TLS：调用会失败")
  static let mutualToPlainService = own(
    "DD5146", .error, "mutual TLS is sent to Service '{0}', whose pods take plain text only: calls fail",
    "以双向 TLS 发往 Service '{0}'，而其 Pod 只接受明文：调用会失败")
  static let entryOfNothing = own(
    "DD5058", .warning, "no WorkloadEntry or Pod of this namespace has the labels '{0}'",
    "该命名空间没有标签为 '{0}' 的 WorkloadEntry 或 Pod")
  static let entryOfNobody = own(
    "DD5158", .info, "no ServiceEntry or Service selects this workload", "没有 ServiceEntry 或 Service 选中该工作负载")
  static let importMissing = own(
    "DD5061", .warning, "host '{0}', to which VirtualService '{1}' sends, is not imported; add it to 'hosts'",
    "未导入 VirtualService '{1}' 的目标主机 '{0}'；请加入 'hosts'")

  static let ownDestinationRules: [Rule] = [
    hiddenSubset, ruleWithoutCallers, credentialOfGateways, unknownRegion, plainToStrictService, mutualToPlainService,
    entryOfNothing,
    entryOfNobody, importMissing,
  ]
}
