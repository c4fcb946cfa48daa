import Diagnostics
import Validation

// F: policies, gateways and telemetry that do less than they seem to.
@Sendable
func judgePolicyEffects(_ world: AnalysisWorld) {
  let services = Dictionary(
    grouping: world.all("Service").map { SelectingService(service: $0, selector: $0.spec["selector"].texts) }
      .filter { !$0.selector.isEmpty }, by: \.service.namespace)
  for policy in world.all("AuthorizationPolicy") {
    judgePaths(policy, world)
    judgeProtocols(policy, services[policy.namespace] ?? [])
  }
  judgeTargets(world)
  judgeSelectors(world)
  judgePortModes(world, services)
  judgeProviders(world)
  judgeGatewayUse(world)
}

/// A Service with the labels of its pods.
private struct SelectingService {
  var service: Resource
  var selector: [String: String]
}

/// F71: paths that no request has any more when the policy is asked.
private func judgePaths(_ policy: Resource, _ world: AnalysisWorld) {
  let merges = ["MERGE_SLASHES", "DECODE_AND_MERGE_SLASHES"].contains(world.mesh.pathNormalization)
  let isPlain = world.mesh.pathNormalization == "NONE"
  for operation in policy.spec["rules"].items.flatMap({ $0["to"].items }).map({ $0["operation"] }) {
    for path in operation["paths"].items + operation["notPaths"].items {
      let text = path.text
      let first = text.utf8.first
      if path.hasText, first != UInt8(ascii: "/"), first != UInt8(ascii: "*"), first != UInt8(ascii: "{") {
        policy.report(.policyPathWithoutSlash, path, text)
      }
      let segments = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
      let hasDots = !isPlain && segments.contains { $0 == "." || $0 == ".." }
      let hasEmpty = merges && segments.dropLast().contains(where: \.isEmpty)
      if hasDots || hasEmpty { policy.report(.pathNormalized, path, text) }
    }
  }
}

/// F64: rules about requests for workloads that speak no HTTP.
private func judgeProtocols(_ policy: Resource, _ neighbours: [SelectingService]) {
  let action = policy.spec["action"].text
  guard action.utf8.isEmpty || action == "ALLOW" else { return }
  let selector = policy.spec["selector"]["matchLabels"].texts
  guard !selector.isEmpty else { return }
  let services = neighbours.filter { $0.selector.holds(selector) || selector.holds($0.selector) }.map(\.service)
  let kinds = services.flatMap(portKinds)
  guard !kinds.isEmpty, !kinds.contains(.http), !kinds.contains(.unknown) else { return }
  for rule in policy.spec["rules"].items {
    let operations = rule["to"].items.map { $0["operation"] }
    let isAboutRequests =
      !operations.isEmpty
      && operations.allSatisfy { operation in
        ["methods", "paths", "hosts"].contains { !operation[$0].isEmpty }
      }
    if isAboutRequests { policy.report(.requestsWithoutHTTP, rule["to"], services[0].fullName.text) }
  }
}

/// F72
private func judgeTargets(_ world: AnalysisWorld) {
  let kinds = [
    "Service": "Service", "ServiceEntry": "ServiceEntry", "Gateway": "gateway.networking.k8s.io/Gateway",
  ]
  for kind in ["AuthorizationPolicy", "RequestAuthentication", "Telemetry", "WasmPlugin", "TrafficExtension"] {
    for policy in world.all(kind) {
      for target in [policy.spec["targetRef"]] + policy.spec["targetRefs"].items {
        guard let key = kinds[target["kind"].text], target["name"].hasText, !world.all(key).isEmpty else { continue }
        if world.find(key, FullName(policy.namespace, target["name"].text)) == nil {
          policy.report(.targetUnknown, target["name"], target["kind"].text, target["name"].text)
        }
      }
    }
  }
}

/// F73, F78
private func judgeSelectors(_ world: AnalysisWorld) {
  if world.pods.all.isEmpty { return }
  for kind in ["EnvoyFilter", "DestinationRule", "WasmPlugin", "TrafficExtension", "ProxyConfig"] {
    for resource in world.all(kind) {
      let isOld = kind == "EnvoyFilter"
      let selector = resource.spec[
        isOld ? "workloadSelector" : kind == "DestinationRule" ? "workloadSelector" : "selector"]
      let labels = selector[isOld ? "labels" : "matchLabels"].texts
      if labels.isEmpty { continue }
      let place = resource.namespace == world.mesh.rootNamespace ? nil : resource.namespace
      if !world.pods.hasMatch(labels, in: place) { resource.report(.selectorInVain, selector, labels.selectorText) }
    }
  }
}

/// F75: ports of PeerAuthentications are those of containers.
private func judgePortModes(_ world: AnalysisWorld, _ neighbours: [String: [SelectingService]]) {
  for peer in world.all("PeerAuthentication") where !peer.spec["portLevelMtls"].isEmpty {
    let labels = peer.spec["selector"]["matchLabels"].texts
    let pods = world.pods.matching(labels, in: peer.namespace)
    let ports = Set(
      pods.flatMap { $0.spec["containers"].items }.flatMap { $0["ports"].items }.map { $0["containerPort"].literal })
    if ports.isEmpty { continue }
    let services = (neighbours[peer.namespace] ?? [])
      .filter { service in pods.contains { $0.labels.holds(service.selector) } }.map(\.service)
    let offered = Set(services.flatMap { $0.spec["ports"].items }.map { $0["port"].literal })
    for (port, part) in peer.spec["portLevelMtls"].members where !ports.contains(port) && offered.contains(port) {
      peer.report(.modeOfServicePort, part, port)
    }
  }
}

/// F76
private func judgeProviders(_ world: AnalysisWorld) {
  guard world.mesh.isGiven else { return }
  let known = world.mesh.providers.union(["envoy", "prometheus", "stackdriver"])
  for telemetry in world.all("Telemetry") {
    let parts = ["tracing", "metrics", "accessLogging"].flatMap { telemetry.spec[$0].items }
    for name in parts.flatMap({ $0["providers"].items }).map({ $0["name"] }) where !known.contains(name.text) {
      telemetry.report(.telemetryProviderUnknown, name, name.text)
    }
  }
}

/// F54
private func judgeGatewayUse(_ world: AnalysisWorld) {
  let services = world.all("VirtualService")
  let used = Set(
    services.flatMap { service in
      (service.spec["gateways"].items + service.spec["http"].items.flatMap(\.matches).flatMap { $0["gateways"].items })
        .map { FullName($0.text, near: service.namespace) }
    })
  for gateway in world.all("Gateway") {
    let servers = gateway.spec["servers"].items
    let isAlone = servers.allSatisfy { $0["tls"]["mode"].text != "AUTO_PASSTHROUGH" }
    if !services.isEmpty, isAlone, !used.contains(gateway.fullName) { gateway.report(.unusedGateway, gateway.spec) }
    let secured = Set(
      servers.filter { $0["tls"].isPresent && !$0["tls"]["httpsRedirect"].isTrue }.flatMap { $0["hosts"].items }
        .map(\.text))
    for server in servers where PortProtocol(server["port"]["protocol"].text)?.isHTTP == true {
      guard !server["tls"]["httpsRedirect"].isTrue else { continue }
      if let host = server["hosts"].items.first(where: { secured.contains($0.text) }) {
        gateway.report(.plainBesideTLS, host, host.text)
      }
    }
  }
}

extension Rule {
  static let unusedGateway = own(
    "DD5054", .info, "no VirtualService names this Gateway: it answers 404", "没有 VirtualService 引用该 Gateway：它只返回 404")
  static let plainBesideTLS = own(
    "DD5154", .info, "host '{0}' is served in plain text and with TLS; set httpsRedirect on the plain server",
    "主机 '{0}' 同时以明文和 TLS 提供；请在明文 server 上设置 httpsRedirect")
  static let requestsWithoutHTTP = own(
    "DD5064", .warning, "the rule is about requests, but no port of Service '{0}' speaks HTTP: it never holds",
    "该规则针对请求，但 Service '{0}' 没有 HTTP 端口：它永远不成立")
  static let pathNormalized = own(
    "DD5071", .warning, "no request has path '{0}': it is normalised before the policy is asked",
    "没有请求的路径为 '{0}'：路径在策略检查之前已被规范化")
  static let policyPathWithoutSlash = own(
    "DD5171", .warning, "no request has path '{0}'; paths begin with '/'", "没有请求的路径为 '{0}'；路径以 '/' 开头")
  static let targetUnknown = own(
    "DD5072", .warning, "there is no {0} '{1}' in this namespace; the object does nothing",
    "该命名空间没有 {0} '{1}'；该对象不起作用")
  static let selectorInVain = own(
    "DD5073", .warning, "no workload has the labels '{0}'; the object does nothing", "没有工作负载具有标签 '{0}'；该对象不起作用")
  static let modeOfServicePort = own(
    "DD5075", .warning, "{0} is a port of the Service, not of its pods; name the container's port",
    "{0} 是 Service 的端口而不是 Pod 的端口；请填写容器端口")
  static let telemetryProviderUnknown = own(
    "DD5176", .warning, "the mesh defines no provider '{0}'; add it to extensionProviders",
    "网格没有定义提供者 '{0}'；请加入 extensionProviders")

  static let ownPolicyEffectRules: [Rule] = [
    unusedGateway, plainBesideTLS, requestsWithoutHTTP, pathNormalized, policyPathWithoutSlash, targetUnknown,
    selectorInVain, modeOfServicePort, telemetryProviderUnknown,
  ]
}
