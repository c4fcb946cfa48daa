import Diagnostics
import Validation

// IST0128, IST0129
@Sendable
func analyzeAuthorities(_ world: AnalysisWorld) {
  for rule in world.all("DestinationRule") {
    let policy = rule.spec["trafficPolicy"]
    let hasSelector = rule.spec["workloadSelector"].isPresent
    func isUnverified(_ tls: Part) -> Bool {
      let mode = tls["mode"].text
      guard mode == "SIMPLE" || mode == "MUTUAL", !tls["caCertificates"].hasText else { return false }
      return !(tls["credentialName"].hasText && hasSelector)
    }
    if isUnverified(policy["tls"]) {
      rule.report(.unverifiedDestination, policy["tls"], policy["tls"]["mode"].text, rule.spec["host"].text)
    }
    // Istio does not look at the policies of subsets.
    for own in world.manner == .drydock ? rule.spec["subsets"].items.map({ $0["trafficPolicy"] }) : []
    where isUnverified(own["tls"]) {
      rule.report(.unverifiedDestination, own["tls"], own["tls"]["mode"].text, rule.spec["host"].text)
    }
    for settings in policy["portLevelSettings"].items where isUnverified(settings["tls"]) {
      let port = String(settings["port"]["number"].number)
      rule.report(.unverifiedPort, settings["tls"], settings["tls"]["mode"].text, rule.spec["host"].text, port)
    }
  }
}

// IST0173, IST0174
@Sendable
func analyzeSubsetPods(_ world: AnalysisWorld) {
  let pods = SelectorIndex(world.pods.all)
  let located = LocatedPods(world)
  for rule in world.all("DestinationRule") {
    let exports = rule.spec["exportTo"].items.map(\.text)
    let host = rule.spec["host"]
    guard let target = world.hosts.find(host.text, near: rule.namespace, exportTo: exports) else {
      // Istio looks for a ServiceEntry of that very wildcard.
      if world.manner == .drydock, HostText.isWildcard(host.text) { continue }
      rule.report(.unknownHost, host, host.text)
      continue
    }
    // Of subsets with one name, the last one counts.
    var subsets: [String: Part] = [:]
    for subset in rule.spec["subsets"].items { subsets[subset["name"].text] = subset }
    for (name, subset) in subsets.sorted(by: { $0.key < $1.key }) {
      let selector = target.workloadLabels.merging(subset["labels"].texts) { $1 }
      if !pods.hasMatch(selector), !located.hasMatch(selector) {
        rule.report(.subsetWithoutPods, subset, name, selector.selectorText)
      }
    }
  }
}

/// Pods with the labels that Istio gives them because of their nodes.
private struct LocatedPods {
  private let labels: [[String: String]]

  init(_ world: AnalysisWorld) {
    let nodes = Dictionary(world.all("Node").map { ($0.name, $0.labels) }) { $1 }
    labels = world.pods.all.compactMap { pod in
      let node = pod.spec["nodeName"].text
      var own = pod.labels
      if !node.utf8.isEmpty { own["kubernetes.io/hostname"] = node }
      guard let place = nodes[node] else { return node.utf8.isEmpty ? nil : own }
      let names = ["topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone"]
      // A zone without a region is not known.
      for name in names {
        guard let value = place[name], !value.utf8.isEmpty else { break }
        own[name] = value
      }
      return own
    }
  }

  func hasMatch(_ selector: [String: String]) -> Bool { labels.contains { $0.holds(selector) } }
}

// IST0134
@Sendable
func analyzeEntryAddresses(_ world: AnalysisWorld) {
  if world.mesh.allocatesAddresses { return }
  for entry in world.all("ServiceEntry") {
    guard entry.spec["addresses"].isEmpty, entry.root["status"]["addresses"].isEmpty else { continue }
    // istiod gives an address to every entry that is resolved, unless it is told not to.
    if world.manner == .drydock, isAllocated(entry) { continue }
    for port in entry.spec["ports"].items {
      let name = port["protocol"].text
      if name.utf8.isEmpty || name.lowercased() == "tcp" {
        entry.report(.entryWithoutAddress, port, String(port["number"].number))
        // Istio's words are the same for every port.
        break
      }
    }
  }
}

private func isAllocated(_ entry: Resource) -> Bool {
  let resolution = entry.spec["resolution"].text
  return !resolution.utf8.isEmpty && resolution != "NONE"
    && entry.labels["networking.istio.io/enable-autoallocate-ip"]?.lowercased() != "false"
}

extension Rule {
  static let unverifiedDestination = analysis(
    "DD3128", .warning, "IST0128", "mode {0} does not verify the servers of '{1}'; set 'caCertificates'",
    "模式 {0} 不校验 '{1}' 的服务器证书；请设置 'caCertificates'")
  static let unverifiedPort = analysis(
    "DD3129", .warning, "IST0129", "mode {0} does not verify the servers of '{1}' on port {2}; set 'caCertificates'",
    "模式 {0} 不校验 '{1}' 端口 {2} 的服务器证书；请设置 'caCertificates'")
  static let entryWithoutAddress = analysis(
    "DD3134", .warning, "IST0134", "TCP port {0} is found by address only, and the entry has none; add 'addresses'",
    "TCP 端口 {0} 只能按地址识别，但该条目没有地址；请添加 'addresses'")
  static let subsetWithoutPods = analysis(
    "DD3173", .error, "IST0173", "subset '{0}' is empty: no Pod has the labels '{1}'",
    "子集 '{0}' 为空：没有 Pod 具有标签 '{1}'")
  static let unknownHost = analysis(
    "DD3174", .warning, "IST0174", "no Service or ServiceEntry has host '{0}'; the rule does nothing",
    "没有 Service 或 ServiceEntry 的主机为 '{0}'；该规则不起作用")

  static let destinationRuleAnalysisRules: [Rule] = [
    unverifiedDestination, unverifiedPort, entryWithoutAddress, subsetWithoutPods, unknownHost,
  ]
}
