import Diagnostics
import Validation

// D: the ambient data plane, where only waypoints see requests.
@Sendable
func judgeAmbientAsKiali(_ world: AnalysisWorld) {
  let ambient = AmbientWorld(world)
  if ambient.isAbsent { return }
  for policy in world.all("AuthorizationPolicy") where RequestPolicy.isAuthorization(policy.spec) {
    judge(policy, ambient, targets: .policyWithoutTarget, waypoint: .policyWithoutWaypoint)
  }
  for authentication in world.all("RequestAuthentication") {
    judge(authentication, ambient, targets: .tokensWithoutTarget, waypoint: .tokensWithoutWaypoint)
  }
  for plugin in world.all("WasmPlugin") {
    judge(plugin, ambient, targets: .pluginWithoutTarget, waypoint: .pluginWithoutWaypoint)
  }
  for telemetry in world.all("Telemetry") where RequestPolicy.isTelemetry(telemetry.spec) {
    judge(telemetry, ambient, targets: .telemetryWithoutTarget, waypoint: .telemetryWithoutWaypoint)
  }
  for service in world.all("VirtualService") where RequestPolicy.isRouting(service.spec) {
    let rules = AmbientHostRules(
      elsewhere: .routesElsewhere, uncaptured: .routesUncaptured, unresolved: .routesWithoutWaypoint)
    judge(service, service.spec["hosts"].items, ambient, rules)
  }
  for rule in world.all("DestinationRule") where RequestPolicy.isDestination(rule.spec) {
    let rules = AmbientHostRules(
      elsewhere: .settingsElsewhere, uncaptured: .settingsUncaptured, unresolved: .settingsWithoutWaypoint)
    judge(rule, [rule.spec["host"]], ambient, rules)
  }
}

/// Which namespaces, Services and workloads are ambient, and which of them have a waypoint.
struct AmbientWorld {
  let world: AnalysisWorld

  init(_ world: AnalysisWorld) { self.world = world }

  var isAbsent: Bool { !world.all("Namespace").contains { isAmbient($0.name) } }

  func isAmbient(_ namespace: String) -> Bool {
    world.namespace(namespace)?.labels["istio.io/dataplane-mode"] == "ambient"
  }

  /// By its own label or that of its namespace.
  func hasWaypoint(_ labels: [String: String], in namespace: String) -> Bool {
    let key = "istio.io/use-waypoint"
    let name = labels[key] ?? world.namespace(namespace)?.labels[key] ?? ""
    return !name.utf8.isEmpty && name != "none"
  }

  /// Whether a policy is for something that no waypoint serves.
  func isUnserved(_ policy: Resource) -> Bool {
    let references = [policy.spec["targetRef"]] + policy.spec["targetRefs"].items
    let services = references.filter { $0["kind"].text == "Service" && ["", "core"].contains($0["group"].text) }
      .compactMap { world.find("Service", FullName(policy.namespace, $0["name"].text)) }
    if !services.isEmpty { return services.contains { !hasWaypoint($0.labels, in: policy.namespace) } }
    let isNamespaceUnserved = !hasWaypoint([:], in: policy.namespace)
    let selector = policy.spec["selector"]["matchLabels"].texts
    if selector.isEmpty { return isNamespaceUnserved }
    let pods = world.pods.matching(selector, in: policy.namespace)
    if pods.isEmpty { return isNamespaceUnserved }
    return pods.contains { pod in
      pod.labels["istio.io/dataplane-mode"] != "none" && !hasWaypoint(pod.labels, in: policy.namespace)
    }
  }
}

/// Settings that are about requests, so that a waypoint is needed for them.
enum RequestPolicy {
  static func isAuthorization(_ spec: Part) -> Bool {
    let operations = ["methods", "notMethods", "paths", "notPaths", "hosts", "notHosts"]
    let keys = [
      "request.headers", "request.auth.claims", "request.auth.principal", "request.auth.audiences",
      "request.auth.presenter",
    ]
    return spec["rules"].items.contains { rule in
      rule["when"].items.contains { condition in
        keys.contains { condition["key"].text.utf8.starts(with: $0.utf8) }
      } || rule["to"].items.contains { to in operations.contains { !to["operation"][$0].isEmpty } }
        || rule["from"].items.contains { from in
          !from["source"]["requestPrincipals"].isEmpty || !from["source"]["notRequestPrincipals"].isEmpty
        }
    }
  }

  static func isTelemetry(_ spec: Part) -> Bool {
    !spec["tracing"].isEmpty || !spec["accessLogging"].isEmpty
      || spec["metrics"].items.contains { !$0["overrides"].isEmpty }
  }

  static func isRouting(_ spec: Part) -> Bool {
    let gateways = spec["gateways"].items
    return (!spec["http"].isEmpty || !spec["tls"].isEmpty)
      && (gateways.isEmpty || gateways.contains { $0.text == "mesh" })
  }

  static func isDestination(_ spec: Part) -> Bool {
    ([spec["trafficPolicy"]] + spec["subsets"].items.map { $0["trafficPolicy"] }).contains { policy in
      let hash = policy["loadBalancer"]["consistentHash"]
      return hash["httpHeaderName"].hasText || hash["httpCookie"].isPresent
        || policy["connectionPool"]["http"].isPresent
        || policy["outlierDetection"].isPresent
    }
  }
}

/// KIA0109, KIA0110, KIA1110 to KIA1112, KIA1115 to KIA1117
private func judge(_ policy: Resource, _ ambient: AmbientWorld, targets: Rule, waypoint: Rule) {
  guard ambient.isAmbient(policy.namespace) else { return }
  if policy.spec["targetRef"].isAbsent, policy.spec["targetRefs"].isEmpty { policy.report(targets, policy.spec) }
  if ambient.isUnserved(policy) { policy.report(waypoint, policy.spec) }
}

private struct AmbientHostRules {
  var elsewhere: Rule
  var uncaptured: Rule
  var unresolved: Rule
}

/// KIA0210 to KIA0212, KIA1109, KIA1113, KIA1114
private func judge(_ resource: Resource, _ hosts: [Part], _ ambient: AmbientWorld, _ rules: AmbientHostRules) {
  var isResolved = false
  for host in hosts where host.hasText && host.text != "*" {
    let full = HostTable.fullHost(host.text, near: resource.namespace)
    let name = HostTable.serviceName(full, near: resource.namespace)
    guard ambient.isAmbient(name.namespace), let service = ambient.world.find("Service", name) else { continue }
    isResolved = true
    if name.namespace != resource.namespace { resource.report(rules.elsewhere, host, name.text) }
    if !ambient.hasWaypoint(service.labels, in: name.namespace) { resource.report(rules.uncaptured, host, name.text) }
  }
  if !isResolved, ambient.isAmbient(resource.namespace), !ambient.hasWaypoint([:], in: resource.namespace) {
    resource.report(rules.unresolved, hosts.first ?? resource.spec)
  }
}

extension Rule {
  static let policyWithoutWaypoint = kiali(
    "DD4109", .warning, "KIA0109",
    "this policy is about requests, but no waypoint sees them; set istio.io/use-waypoint",
    "该策略针对请求，但没有 waypoint 能看到请求；请设置 istio.io/use-waypoint")
  static let policyWithoutTarget = kiali(
    "DD4110", .warning, "KIA0110", "waypoints pass by policies without targetRefs; name the Service or Gateway",
    "waypoint 会忽略没有 targetRefs 的策略；请指明 Service 或 Gateway")
  static let settingsWithoutWaypoint = kiali(
    "DD4210", .warning, "KIA0210", "these settings are about requests, but this namespace has no waypoint",
    "这些设置针对请求，但该命名空间没有 waypoint")
  static let settingsUncaptured = kiali(
    "DD4211", .warning, "KIA0211", "these settings are about requests, but Service '{0}' has no waypoint",
    "这些设置针对请求，但 Service '{0}' 没有 waypoint")
  static let settingsElsewhere = kiali(
    "DD4212", .warning, "KIA0212", "the waypoint of Service '{0}' reads rules of its own namespace only",
    "Service '{0}' 的 waypoint 只读取其自身命名空间的规则")
  static let routesWithoutWaypoint = kiali(
    "DD4509", .warning, "KIA1109", "these routes are about requests, but this namespace has no waypoint",
    "这些路由针对请求，但该命名空间没有 waypoint")
  static let tokensWithoutWaypoint = kiali(
    "DD4510", .warning, "KIA1110", "no waypoint checks these tokens; set istio.io/use-waypoint",
    "没有 waypoint 校验这些令牌；请设置 istio.io/use-waypoint")
  static let pluginWithoutWaypoint = kiali(
    "DD4511", .warning, "KIA1111", "no waypoint runs this plugin; set istio.io/use-waypoint",
    "没有 waypoint 运行该插件；请设置 istio.io/use-waypoint")
  static let telemetryWithoutWaypoint = kiali(
    "DD4512", .warning, "KIA1112", "no waypoint sees the requests that this is about; set istio.io/use-waypoint",
    "没有 waypoint 能看到所涉及的请求；请设置 istio.io/use-waypoint")
  static let routesUncaptured = kiali(
    "DD4513", .warning, "KIA1113", "these routes are about requests, but Service '{0}' has no waypoint",
    "这些路由针对请求，但 Service '{0}' 没有 waypoint")
  static let routesElsewhere = kiali(
    "DD4514", .warning, "KIA1114", "the waypoint of Service '{0}' reads routes of its own namespace only",
    "Service '{0}' 的 waypoint 只读取其自身命名空间的路由")
  static let tokensWithoutTarget = kiali(
    "DD4515", .warning, "KIA1115", "waypoints pass by a RequestAuthentication without targetRefs",
    "waypoint 会忽略没有 targetRefs 的 RequestAuthentication")
  static let pluginWithoutTarget = kiali(
    "DD4516", .warning, "KIA1116", "waypoints pass by a WasmPlugin without targetRefs",
    "waypoint 会忽略没有 targetRefs 的 WasmPlugin")
  static let telemetryWithoutTarget = kiali(
    "DD4517", .warning, "KIA1117", "waypoints pass by a Telemetry without targetRefs",
    "waypoint 会忽略没有 targetRefs 的 Telemetry")

  static let kialiAmbientRules: [Rule] = [
    policyWithoutWaypoint, policyWithoutTarget, settingsWithoutWaypoint, settingsUncaptured, settingsElsewhere,
    routesWithoutWaypoint, tokensWithoutWaypoint, pluginWithoutWaypoint, telemetryWithoutWaypoint, routesUncaptured,
    routesElsewhere, tokensWithoutTarget, pluginWithoutTarget, telemetryWithoutTarget,
  ]
}
