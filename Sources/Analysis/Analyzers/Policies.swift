import Diagnostics
import Validation

// IST0101 (namespace), IST0127
@Sendable
func analyzeAuthorization(_ world: AnalysisWorld) {
  let members = SelectorIndex(world.pods.all.filter { isMember($0, world) })
  for policy in world.all("AuthorizationPolicy") {
    checkReach(policy, members, world)
    for source in policy.spec["rules"].items.flatMap({ $0["from"].items }).map({ $0["source"] }) {
      for namespace in source["namespaces"].items + source["notNamespaces"].items {
        let isKnown = world.all("Namespace").contains { matches($0.name, namespace.text) }
        if !isKnown { policy.report(.noNamespace, namespace, namespace.text) }
      }
    }
  }
}

func isMember(_ pod: Resource, _ world: AnalysisWorld) -> Bool {
  let containers = pod.spec["containers"].items + pod.spec["initContainers"].items
  return pod.isAmbient || isInMesh(pod.root, pod.namespace, containers, world)
}

private func checkReach(_ policy: Resource, _ members: SelectorIndex, _ world: AnalysisWorld) {
  let selector = policy.spec["selector"]
  let isForMesh = policy.namespace == world.mesh.rootNamespace
  if world.manner == .drydock, policy.spec["targetRef"].isPresent || !policy.spec["targetRefs"].isEmpty { return }
  if selector.isAbsent {
    if !isForMesh, members.of(policy.namespace).isEmpty { policy.report(.policyWithoutWorkloads, policy.spec, "") }
    return
  }
  let labels = selector["matchLabels"].texts
  if !members.hasMatch(labels, in: isForMesh ? nil : policy.namespace) {
    policy.report(.policyWithoutWorkloads, selector, labels.selectorText)
  }
}

/// `name` in any case, `*`, `prefix*` or `*suffix`.
private func matches(_ name: String, _ pattern: String) -> Bool {
  if pattern == "*" { return true }
  if pattern.utf8.first == UInt8(ascii: "*") {
    let tail = pattern.utf8.dropFirst()
    return name.utf8.count >= tail.count && name.utf8.suffix(tail.count).elementsEqual(tail)
  }
  if pattern.utf8.last == UInt8(ascii: "*") { return name.utf8.starts(with: pattern.utf8.dropLast()) }
  return name.lowercased() == pattern.lowercased()
}

// IST0175
@Sendable
func analyzeKeyFetching(_ world: AnalysisWorld) {
  let policies = world.all("RequestAuthentication")
  if policies.isEmpty { return }
  for deployment in world.all("Deployment") where deployment.labels["app"] == "istiod" {
    let variables = deployment.spec["template"]["spec"]["containers"].items.flatMap { $0["env"].items }
    let isSet = variables.contains { $0["name"].text == "BLOCKED_CIDRS_IN_JWKS_URIS" && $0["value"].hasText }
    if !isSet { deployment.report(.openKeyFetching, deployment.spec, String(policies.count)) }
  }
}

// IST0171
@Sendable
func analyzeConditions(_ world: AnalysisWorld) {
  let gatewayAPI = ["Accepted", "Programmed", "ResolvedRefs"]
  let watched: [(String, [String])] = [
    ("Service", ["istio.io/WaypointBound"]), ("ServiceEntry", ["istio.io/WaypointBound"]),
    ("WorkloadEntry", ["istio.io/WaypointBound"]), ("AuthorizationPolicy", ["ZtunnelAccepted", "WaypointAccepted"]),
    ("gateway.networking.k8s.io/Gateway", gatewayAPI), ("gateway.networking.k8s.io/HTTPRoute", gatewayAPI),
    ("gateway.networking.k8s.io/GRPCRoute", gatewayAPI),
  ]
  for (kind, types) in watched {
    for resource in world.all(kind) {
      let status = resource.root["status"]
      let conditions = status["conditions"].items + status["parents"].items.flatMap { $0["conditions"].items }
      for condition in conditions {
        let (type, reason) = (condition["type"].text, condition["reason"].text)
        let isPartial = kind == "AuthorizationPolicy" && type == "WaypointAccepted" && reason == "PartiallyInvalid"
        // Of a type that Istio does not know, only a missing status is told.
        let isNegative = condition["status"].text == (types.contains(type) ? "False" : "")
        if isPartial || (isNegative && (types.contains(type) || world.manner != .drydock)) {
          resource.report(.negativeCondition, condition, type, reason, condition["message"].text)
        }
      }
    }
  }
}

// IST0002 (a) to (c)
@Sendable
func analyzeDeprecations(_ world: AnalysisWorld) {
  for service in world.all("VirtualService") {
    for route in service.spec["http"].items {
      let percent = route["fault"]["delay"]["percent"]
      if percent.number > 0 {
        service.report(.oldDelayPercent, percent)
        break
      }
    }
  }
  for sidecar in world.all("Sidecar") {
    let proxy = sidecar.spec["outboundTrafficPolicy"]["egressProxy"]
    if proxy.isPresent { sidecar.report(.ignoredEgressProxy, proxy) }
  }
}

// IST0176
@Sendable
func analyzeDefinitionVersions(_ world: AnalysisWorld) {
  let least = [
    "grpcroutes.gateway.networking.k8s.io": [1, 1, 0], "backendtlspolicies.gateway.networking.k8s.io": [1, 4, 0],
    "tlsroutes.gateway.networking.k8s.io": [1, 5, 0],
  ]
  for definition in world.all("CustomResourceDefinition") {
    let text = definition.annotations["gateway.networking.k8s.io/bundle-version"] ?? ""
    guard let wanted = least[definition.name], let version = VersionText.numbers(text) else { continue }
    if version.lexicographicallyPrecedes(wanted) {
      let minimum = wanted.map { String($0) }.joined(separator: ".")
      definition.report(.oldDefinition, definition.root["metadata"]["annotations"], text, minimum)
    }
  }
}

/// `v1.2.3-rc1+build`, where what is missing is 0.
enum VersionText {
  static func numbers(_ text: String) -> [Int]? {
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "v") { rest.removeFirst() }
    if let end = rest.firstIndex(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }) { rest = rest[..<end] }
    let parts = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count) else { return nil }
    let numbers = parts.compactMap { part in
      part.allSatisfy(Names.isDigit) ? Int(String(decoding: part, as: UTF8.self)) : nil
    }
    guard numbers.count == parts.count else { return nil }
    return numbers + Array(repeating: 0, count: 3 - numbers.count)
  }
}

extension Rule {
  static let oldDelayPercent = analysis(
    "DD3003", .warning, "IST0002", "'percent' of a delay is deprecated; use 'percentage'",
    "延迟的 'percent' 已弃用；请使用 'percentage'")
  static let ignoredEgressProxy = analysis(
    "DD3004", .warning, "IST0002", "'egressProxy' is deprecated and ignored; use a VirtualService",
    "'egressProxy' 已弃用并被忽略；请使用 VirtualService")
  static let noNamespace = analysis(
    "DD3122", .error, "IST0101", "there is no namespace '{0}'; correct the name", "没有命名空间 '{0}'；请更正名称")
  static let policyWithoutWorkloads = analysis(
    "DD3127", .warning, "IST0127", "no workload of the mesh is selected by '{0}'; the policy does nothing",
    "选择器 '{0}' 没有选中网格中的任何工作负载；该策略不起作用")
  static let negativeCondition = analysis(
    "DD3171", .warning, "IST0171", "condition {0} says no: {1} {2}", "状态条件 {0} 为否：{1} {2}")
  static let openKeyFetching = analysis(
    "DD3175", .warning, "IST0175",
    "istiod fetches keys for {0} RequestAuthentications from anywhere; set BLOCKED_CIDRS_IN_JWKS_URIS",
    "istiod 会从任意地址为 {0} 个 RequestAuthentication 获取密钥；请设置 BLOCKED_CIDRS_IN_JWKS_URIS")
  static let oldDefinition = analysis(
    "DD3176", .warning, "IST0176", "version {0} is too old for Istio; install {1} or later",
    "版本 {0} 对 Istio 过旧；请安装 {1} 或更新版本")

  static let policyAnalysisRules: [Rule] = [
    oldDelayPercent, ignoredEgressProxy, noNamespace, policyWithoutWorkloads, negativeCondition, openKeyFetching,
    oldDefinition,
  ]
}
