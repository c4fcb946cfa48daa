import Diagnostics
import Validation

// D: workloads that two data planes claim, or that none protects.
@Sendable
func judgeWorkloadsAsKiali(_ world: AnalysisWorld) {
  judgeCoverage(world)
  let ambient = AmbientWorld(world)
  for workload in world.pods.all where world.namespace(workload.namespace) != nil && !isWaypoint(workload) {
    judge(workload, ambient)
  }
  for sidecar in world.all("Sidecar") {
    let policy = sidecar.spec["outboundTrafficPolicy"]
    if policy.isPresent, policy["mode"].isAbsent { sidecar.report(.outboundModeUnset, policy) }
  }
}

private func isWaypoint(_ workload: Resource) -> Bool {
  workload.labels["gateway.istio.io/managed"] == "istio.io-mesh-controller"
}

/// KIA1301, where somebody uses policies at all.
private func judgeCoverage(_ world: AnalysisWorld) {
  let policies = world.all("AuthorizationPolicy")
  if policies.isEmpty { return }
  var covered: Set<ObjectIdentifier> = []
  for policy in policies {
    let selector = policy.spec["selector"]["matchLabels"].texts
    let namespace = policy.namespace == world.mesh.rootNamespace ? nil : policy.namespace
    for workload in world.pods.matching(selector, in: namespace) { covered.insert(ObjectIdentifier(workload)) }
  }
  for workload in world.pods.all where !covered.contains(ObjectIdentifier(workload)) && !isWaypoint(workload) {
    reportOwner(of: workload, world, .workloadUncovered, workload.name)
  }
}

/// What is said of a pod that another object would make is said of that object.
private func reportOwner(of workload: Resource, _ world: AnalysisWorld, _ rule: Rule, _ value: String) {
  let owner = world.find(workload.kind, workload.fullName) ?? workload
  owner.report(rule, workload.root["metadata"]["labels"], value)
}

/// KIA1311 to KIA1317
private func judge(_ workload: Resource, _ ambient: AmbientWorld) {
  let world = ambient.world
  let namespace = world.namespace(workload.namespace)
  let mode = workload.labels["istio.io/dataplane-mode"]
  let isAmbient = mode == "ambient" || (mode != "none" && ambient.isAmbient(workload.namespace))
  let wish = workload.labels["sidecar.istio.io/inject"]
  let injection = namespace?.labels["istio-injection"]
  let hasRevision = !(namespace?.labels["istio.io/rev"] ?? "").utf8.isEmpty
  let wantsSidecar =
    wish == "true" || (wish != "false" && injection != "disabled" && (injection == "enabled" || hasRevision))
  let containers = workload.spec["containers"].items + workload.spec["initContainers"].items
  let hasProxy = containers.contains { $0["name"].text == "istio-proxy" }
  func report(_ rule: Rule, _ value: String = "") { reportOwner(of: workload, world, rule, value) }
  if isAmbient, wantsSidecar { report(.bothPlanes) }
  if wantsSidecar, workload.isAmbient { report(.redirectedSidecar) }
  if isAmbient, hasProxy { report(.proxyInAmbient) }
  if hasProxy, ambient.isAmbient(workload.namespace) { report(.proxyInAmbientNamespace, workload.namespace) }
  let key = "istio.io/use-waypoint"
  let waypoint = workload.labels[key] ?? namespace?.labels[key] ?? ""
  let hasWaypoint = !waypoint.utf8.isEmpty && waypoint != "none" && mode != "none"
  if hasWaypoint {
    if !isAmbient { report(.waypointWithoutAmbient, waypoint) }
    judge(waypoint, of: workload, world)
  } else if isAmbient, mode != "none", isFiltered(workload, world) {
    report(.policyWithoutOwnWaypoint)
  }
}

/// KIA1313, where Gateways are known.
private func judge(_ waypoint: String, of workload: Resource, _ world: AnalysisWorld) {
  let gateways = world.all("gateway.networking.k8s.io/Gateway")
  if gateways.isEmpty { return }
  let key = "istio.io/use-waypoint-namespace"
  let namespace =
    workload.labels[key] ?? world.namespace(workload.namespace)?.labels[key] ?? workload.namespace
  if world.find("gateway.networking.k8s.io/Gateway", FullName(namespace, waypoint)) == nil {
    reportOwner(of: workload, world, .waypointUnknown, "\(namespace)/\(waypoint)")
  }
}

/// Whether a policy about requests is meant for a workload.
private func isFiltered(_ workload: Resource, _ world: AnalysisWorld) -> Bool {
  world.all("AuthorizationPolicy").contains { policy in
    guard policy.namespace == workload.namespace, RequestPolicy.isAuthorization(policy.spec) else { return false }
    let references = ([policy.spec["targetRef"]] + policy.spec["targetRefs"].items).filter(\.isPresent)
    if references.isEmpty { return workload.labels.holds(policy.spec["selector"]["matchLabels"].texts) }
    return references.contains { reference in
      guard reference["kind"].text == "Service",
        let service = world.find("Service", FullName(policy.namespace, reference["name"].text))
      else { return false }
      let selector = service.spec["selector"].texts
      return !selector.isEmpty && workload.labels.holds(selector)
    }
  }
}

extension Rule {
  static let outboundModeUnset = kiali(
    "DD4407", .info, "KIA1007", "'outboundTrafficPolicy' without mode means REGISTRY_ONLY; say so",
    "没有 mode 的 'outboundTrafficPolicy' 即 REGISTRY_ONLY；请写明")
  static let workloadUncovered = kiali(
    "DD4701", .info, "KIA1301", "no AuthorizationPolicy covers workload '{0}': it answers everybody",
    "没有 AuthorizationPolicy 覆盖工作负载 '{0}'：它响应任何人")
  static let bothPlanes = kiali(
    "DD4711", .error, "KIA1311", "the workload asks for a sidecar and for ambient mode; choose one",
    "工作负载同时要求 sidecar 与 ambient 模式；请选择其一")
  static let waypointWithoutAmbient = kiali(
    "DD4712", .warning, "KIA1312", "waypoint '{0}' is for ambient workloads only, and this one is not",
    "waypoint '{0}' 只用于 ambient 工作负载，而此工作负载不是")
  static let waypointUnknown = kiali("DD4713", .error, "KIA1313", "there is no waypoint '{0}'", "没有 waypoint '{0}'")
  static let redirectedSidecar = kiali(
    "DD4714", .error, "KIA1314", "the pod asks for a sidecar, but its traffic is redirected for ambient mode",
    "Pod 要求 sidecar，但其流量已按 ambient 模式重定向")
  static let proxyInAmbient = kiali(
    "DD4715", .error, "KIA1315", "the pod has a sidecar, but is labelled for ambient mode",
    "Pod 有 sidecar，但被标记为 ambient 模式")
  static let proxyInAmbientNamespace = kiali(
    "DD4716", .warning, "KIA1316", "the workload has a sidecar, but namespace '{0}' is ambient",
    "工作负载有 sidecar，但命名空间 '{0}' 是 ambient")
  static let policyWithoutOwnWaypoint = kiali(
    "DD4717", .warning, "KIA1317", "a policy about requests is meant for this workload, but it has no waypoint",
    "有针对请求的策略作用于此工作负载，但它没有 waypoint")

  static let kialiWorkloadRules: [Rule] = [
    outboundModeUnset, workloadUncovered, bothPlanes, waypointWithoutAmbient, waypointUnknown, redirectedSidecar,
    proxyInAmbient, proxyInAmbientNamespace, policyWithoutOwnWaypoint,
  ]
}
