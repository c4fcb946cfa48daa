import Diagnostics
import Validation

// D: what DestinationRules and PeerAuthentications promise each other, as Kiali sees it.
@Sendable
func judgePeersAsKiali(_ world: AnalysisWorld) {
  let traffic = MutualTraffic(world)
  for peer in world.all("PeerAuthentication") where peer.spec["selector"].isAbsent { judge(peer, traffic, world) }
  for policy in world.all("AuthorizationPolicy") where !traffic.isMutual(for: policy) { judgeIdentities(policy) }
  judgeRulesWithoutTLS(world)
}

/// The modes of mutual TLS that hold for a namespace.
private struct MutualTraffic {
  private let world: AnalysisWorld
  private var peers: [String: String] = [:]
  private var selected: [String: [(selector: [String: String], mode: String)]] = [:]
  /// By namespace; `*` is the mesh.
  private(set) var rules: [String: String] = [:]

  init(_ world: AnalysisWorld) {
    self.world = world
    for peer in world.all("PeerAuthentication") {
      let mode = peer.spec["mtls"]["mode"].text
      let selector = peer.spec["selector"]["matchLabels"].texts
      if !selector.isEmpty {
        if mode == "STRICT" || mode == "DISABLE" { selected[peer.namespace, default: []].append((selector, mode)) }
      } else if peer.spec["selector"].isAbsent, ["STRICT", "PERMISSIVE", "DISABLE"].contains(mode) {
        peers[scope(peer)] = mode
      }
    }
    for rule in world.all("DestinationRule") {
      let mode = rule.spec["trafficPolicy"]["tls"]["mode"].text
      guard !mode.utf8.isEmpty, let place = Self.scope(ofHost: rule.spec["host"].text) else { continue }
      rules[place] = mode
    }
  }

  func scope(_ peer: Resource) -> String { peer.namespace == world.mesh.rootNamespace ? "*" : peer.namespace }

  static func scope(ofHost host: String) -> String? {
    if host == "*.local" { return "*" }
    let tail = ".svc.cluster.local"
    guard host.utf8.starts(with: "*.".utf8), host.hasSuffix(tail), host.utf8.count > tail.utf8.count + 2 else {
      return nil
    }
    return String(host.dropFirst(2).dropLast(tail.count))
  }

  static func isMutual(_ mode: String?) -> Bool { mode == "ISTIO_MUTUAL" || mode == "MUTUAL" }

  /// Whether callers of what a policy is for have an identity.
  func isMutual(for policy: Resource) -> Bool {
    let labels = policy.spec["selector"]["matchLabels"].texts
    if let own = selected[policy.namespace]?.first(where: { labels.holds($0.selector) }) { return own.mode == "STRICT" }
    let peer = peers[policy.namespace] ?? peers["*"]
    let rule = rules[policy.namespace] ?? rules["*"]
    if world.mesh.hasAutomaticTLS { return peer != "DISABLE" && rule != "DISABLE" }
    return (peer == "STRICT" || peer == "PERMISSIVE") && Self.isMutual(rule)
  }
}

/// KIA0401, KIA0501, KIA0505, KIA0506
private func judge(_ peer: Resource, _ traffic: MutualTraffic, _ world: AnalysisWorld) {
  let scope = traffic.scope(peer)
  let mode = peer.spec["mtls"]["mode"]
  let (own, shared) = (traffic.rules[scope], traffic.rules["*"])
  switch mode.text {
  case "STRICT":
    if world.mesh.hasAutomaticTLS || MutualTraffic.isMutual(own) || MutualTraffic.isMutual(shared) { return }
    peer.report(scope == "*" ? .strictMeshWithoutRule : .strictWithoutRule, mode)
  case "DISABLE":
    let isAsked = own.map { MutualTraffic.isMutual($0) } ?? MutualTraffic.isMutual(shared)
    if isAsked { peer.report(scope == "*" ? .plainMeshAgainstRule : .plainAgainstRule, mode) }
  default: break
  }
}

/// KIA0105
private func judgeIdentities(_ policy: Resource) {
  for rule in policy.spec["rules"].items {
    for source in rule["from"].items.map({ $0["source"] }) {
      for name in ["principals", "notPrincipals", "namespaces", "notNamespaces"] where !source[name].isEmpty {
        policy.report(.identityWithoutTLS, source[name], name)
      }
    }
    for key in rule["when"].items.map({ $0["key"] }) {
      if ["source.namespace", "source.principal", "connection.sni"].contains(key.text) {
        policy.report(.identityWithoutTLS, key, key.text)
      }
    }
  }
}

/// KIA0204: a rule for one host takes the place of a wider one, and its mutual TLS is lost.
private func judgeRulesWithoutTLS(_ world: AnalysisWorld) {
  var mutual: [String: Resource] = [:]
  for rule in world.all("DestinationRule")
  where MutualTraffic.isMutual(rule.spec["trafficPolicy"]["tls"]["mode"].text) {
    mutual[HostTable.fullHost(rule.spec["host"].text, near: rule.namespace)] = rule
  }
  if mutual.isEmpty { return }
  for rule in world.all("DestinationRule") {
    let policy = rule.spec["trafficPolicy"]
    if policy["tls"].isPresent || policy["portLevelSettings"].items.contains(where: { $0["tls"].isPresent }) {
      continue
    }
    let host = HostTable.fullHost(rule.spec["host"].text, near: rule.namespace)
    let service = HostTable.serviceName(host, near: rule.namespace)
    let wide = mutual["*.local"] ?? mutual["*.\(service.namespace).svc.cluster.local"] ?? mutual[host]
    if let wide, wide.fullName != rule.fullName {
      rule.report(.ruleWithoutTLS, rule.spec["trafficPolicy"], wide.fullName.text)
    }
  }
}

extension Rule {
  static let identityWithoutTLS = kiali(
    "DD4105", .error, "KIA0105", "'{0}' needs mutual TLS, which is off here: callers have no identity",
    "'{0}' 需要双向 TLS，而此处未启用：调用方没有身份")
  static let ruleWithoutTLS = kiali(
    "DD4204", .warning, "KIA0204",
    "the mutual TLS of DestinationRule '{0}' is lost here; set 'trafficPolicy.tls' again",
    "DestinationRule '{0}' 的双向 TLS 在此丢失；请再次设置 'trafficPolicy.tls'")
  static let strictMeshWithoutRule = kiali(
    "DD4411", .error, "KIA0401",
    "the mesh takes mutual TLS only, but automatic TLS is off and no DestinationRule sends it",
    "网格只接受双向 TLS，但自动 TLS 已关闭，且没有 DestinationRule 发送它")
  static let strictWithoutRule = kiali(
    "DD4412", .error, "KIA0501",
    "this namespace takes mutual TLS only, but automatic TLS is off and no DestinationRule sends it",
    "该命名空间只接受双向 TLS，但自动 TLS 已关闭，且没有 DestinationRule 发送它")
  static let plainAgainstRule = kiali(
    "DD4415", .error, "KIA0505",
    "this namespace takes plain text, but a DestinationRule sends mutual TLS to it: calls fail",
    "该命名空间接受明文，但 DestinationRule 以双向 TLS 发送：调用会失败")
  static let plainMeshAgainstRule = kiali(
    "DD4416", .error, "KIA0506", "the mesh takes plain text, but a DestinationRule sends mutual TLS: calls fail",
    "网格接受明文，但 DestinationRule 以双向 TLS 发送：调用会失败")

  static let kialiPeerRules: [Rule] = [
    identityWithoutTLS, ruleWithoutTLS, strictMeshWithoutRule, strictWithoutRule, plainAgainstRule,
    plainMeshAgainstRule,
  ]
}
