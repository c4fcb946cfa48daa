import Diagnostics
import Validation

// IST0138
@Sendable
func analyzeSharedCertificates(_ world: AnalysisWorld) {
  let gateways = world.all("Gateway").map { (resource: $0, selector: $0.spec["selector"].texts) }
  // Only those with the same certificate are compared.
  var users: [Certificate: [Int]] = [:]
  for (place, gateway) in gateways.enumerated() {
    for certificate in Set(gateway.resource.spec["servers"].items.compactMap { Certificate($0["tls"]) }) {
      users[certificate, default: []].append(place)
    }
  }
  var told: Set<[Int]> = []
  for (certificate, places) in users.sorted(by: { $0.key.text < $1.key.text }) where places.count > 1 {
    for place in places {
      let own = gateways[place]
      for other in places where other != place && gateways[other].selector.holds(own.selector) {
        guard told.insert([place, other]).inserted else { continue }
        let name = gateways[other].resource.fullName.text
        own.resource.report(.sharedCertificate, own.resource.spec["servers"], certificate.text, name)
      }
    }
  }
}

private struct Certificate: Hashable {
  var text: String

  init?(_ tls: Part) {
    if tls["credentialName"].hasText {
      text = tls["credentialName"].text
    } else if tls["serverCertificate"].hasText, tls["privateKey"].hasText {
      text = "\(tls["serverCertificate"].text) + \(tls["privateKey"].text)"
    } else {
      return nil
    }
  }
}

// IST0145
@Sendable
func analyzeGatewayConflicts(_ world: AnalysisWorld) {
  /// By selector and port: what each gateway's last such server binds.
  var servers: [String: [String: [FullName: [String: String]]]] = [:]
  let gateways = world.all("Gateway")
  for gateway in gateways {
    let selector = gateway.spec["selector"].texts.selectorText
    for server in gateway.spec["servers"].items {
      let port = String(server["port"]["number"].number)
      let hosts = Dictionary(server["hosts"].items.map { ($0.text, server["bind"].text) }) { $1 }
      servers[selector, default: [:]][port, default: [:]][gateway.fullName] = hosts
    }
  }
  let selectors = Dictionary(gateways.map { ($0.spec["selector"].texts.selectorText, $0.spec["selector"].texts) }) {
    $1
  }
  for gateway in gateways {
    let own = gateway.spec["selector"].texts
    let ownText = own.selectorText
    let related = servers.keys.filter { other in
      if other == ownText { return true }
      guard isWithin(ownText, other) || isWithin(other, ownText) else { return false }
      return world.pods.matching(own).contains { $0.labels.holds(selectors[other] ?? [:]) }
    }
    if !own.isEmpty, related.isEmpty {
      gateway.report(.gatewayWithoutPods, gateway.spec["selector"], ownText)
      continue
    }
    for server in gateway.spec["servers"].items {
      let port = String(server["port"]["number"].number)
      let bind = server["bind"].text
      let hosts = server["hosts"].items.map(\.text)
      let rivals = related.flatMap { servers[$0]?[port] ?? [:] }
        .filter { name, known in name != gateway.fullName && hosts.contains { known[$0] == bind } }
        .map(\.key.text)
      if !rivals.isEmpty {
        gateway.report(
          .gatewayConflict, server, rivals.sorted().joined(separator: ", "), port, hosts.joined(separator: ", "))
      }
    }
  }
}

/// Istio looks for one selector's text within the other's.
private func isWithin(_ part: String, _ whole: String) -> Bool {
  let (part, whole) = (Array(part.utf8), Array(whole.utf8))
  guard part.count <= whole.count else { return false }
  return (0...(whole.count - part.count)).contains { whole[$0...].starts(with: part) }
}

// IST0101 (selector), IST0162
@Sendable
func analyzeGatewayPorts(_ world: AnalysisWorld) {
  let services = Dictionary(grouping: world.all("Service"), by: \.namespace)
  for gateway in world.all("Gateway") {
    let selector = gateway.spec["selector"].texts
    let pods = world.pods.matching(selector)
    if pods.isEmpty {
      gateway.report(.gatewayWithoutPods, gateway.spec["selector"], selector.selectorText)
      continue
    }
    var ports: Set<Int64> = []
    for pod in pods {
      for service in services[pod.namespace] ?? [] where pod.labels.holds(service.spec["selector"].texts) {
        for port in service.spec["ports"].items where isTCP(port, world) { ports.formUnion(offered(port)) }
      }
    }
    for number in gateway.spec["servers"].items.map({ $0["port"] }).filter(\.isPresent).map({ $0["number"] }) {
      if !ports.contains(number.number) {
        gateway.report(.gatewayPortClosed, number, String(number.number), selector.selectorText)
      }
    }
  }
}

/// Istio wants the word where a cluster would fill it in.
private func isTCP(_ port: Part, _ world: AnalysisWorld) -> Bool {
  let name = port["protocol"].text
  return name == "TCP" || (name.utf8.isEmpty && world.manner == .drydock)
}

private func offered(_ port: Part) -> Set<Int64> {
  let target = port["targetPort"]
  let number = target.hasText ? GoNumber.integer(target.text) ?? 0 : target.number
  return number != 0 ? [number, port["port"].number] : [port["port"].number]
}

// IST0101 (selector, credentialName), IST0161
@Sendable
func analyzeGatewaySecrets(_ world: AnalysisWorld) {
  for gateway in world.all("Gateway") {
    let selector = gateway.spec["selector"].texts
    guard let pod = world.pods.matching(selector).first else {
      gateway.report(.gatewayWithoutPods, gateway.spec["selector"], selector.selectorText)
      continue
    }
    for name in gateway.spec["servers"].items.map({ $0["tls"]["credentialName"] }) where name.hasText {
      guard let secret = world.find("Secret", FullName(name.text, near: pod.namespace)) else {
        gateway.report(.noSecret, name, name.text, pod.namespace)
        continue
      }
      if !SecretText.isCredential(secret, world) { gateway.report(.badSecret, name, name.text, pod.namespace) }
    }
  }
}

// IST0166
@Sendable
func analyzeGatewaySelectors(_ world: AnalysisWorld) {
  let key = "gateway.networking.k8s.io/gateway-name"
  let pods = SelectorIndex(world.pods.all.filter { $0.labels[key] != nil })
  if pods.all.isEmpty { return }
  for kind in ["AuthorizationPolicy", "RequestAuthentication", "Telemetry", "WasmPlugin"] {
    for policy in world.all(kind) {
      let selector = policy.spec["selector"]
      guard selector.isPresent, policy.spec["targetRef"].isAbsent else { continue }
      for pod in pods.matching(selector["matchLabels"].texts, in: policy.namespace) {
        policy.report(.selectorMissesGateway, selector, pod.labels[key] ?? "")
      }
    }
  }
}

extension Rule {
  static let gatewayWithoutPods = analysis(
    "DD3107", .error, "IST0101", "no Pod has the labels '{0}'; correct the selector", "没有 Pod 具有标签 '{0}'；请更正选择器")
  static let noSecret = analysis(
    "DD3108", .error, "IST0101", "there is no Secret '{0}' in namespace '{1}'; create it there",
    "命名空间 '{1}' 中没有 Secret '{0}'；请在那里创建")
  static let sharedCertificate = analysis(
    "DD3138", .warning, "IST0138",
    "certificate '{0}' is used by Gateway '{1}' as well; browsers may reuse connections across both",
    "证书 '{0}' 也被 Gateway '{1}' 使用；浏览器可能在两者之间复用连接")
  static let gatewayConflict = analysis(
    "DD3145", .error, "IST0145", "port {1} has hosts '{2}' in other Gateways too: {0}; keep each host in one",
    "端口 {1} 的主机 '{2}' 也在其他 Gateway 中：{0}；每个主机请只保留在一处")
  static let badSecret = analysis(
    "DD3161", .error, "IST0161", "Secret '{0}' in namespace '{1}' holds no certificate that is valid now",
    "命名空间 '{1}' 中的 Secret '{0}' 没有当前有效的证书")
  static let gatewayPortClosed = analysis(
    "DD3162", .warning, "IST0162", "no Service of the pods '{1}' offers port {0}; add it to the Service",
    "Pod '{1}' 的 Service 均未提供端口 {0}；请添加到 Service")
  static let selectorMissesGateway = analysis(
    "DD3166", .warning, "IST0166", "a selector does not reach Gateway '{0}'; use targetRefs",
    "选择器对 Gateway '{0}' 不起作用；请使用 targetRefs")

  static let gatewayAnalysisRules: [Rule] = [
    gatewayWithoutPods, noSecret, sharedCertificate, gatewayConflict, badSecret, gatewayPortClosed,
    selectorMissesGateway,
  ]
}
