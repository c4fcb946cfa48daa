import Diagnostics
import Validation

// IST0101 (selector), IST0110, IST0111, IST0167
@Sendable
func analyzeSidecars(_ world: AnalysisWorld) {
  var defaults: [String: [Resource]] = [:]
  var owners: [FullName: [Resource]] = [:]
  for sidecar in world.all("Sidecar") {
    let selector = sidecar.spec["workloadSelector"]["labels"].texts
    if selector.isEmpty {
      defaults[sidecar.namespace, default: []].append(sidecar)
      continue
    }
    let pods = world.pods.matching(selector, in: sidecar.namespace)
    if pods.isEmpty {
      sidecar.report(.sidecarWithoutPods, sidecar.spec["workloadSelector"], selector.selectorText)
    }
    for pod in pods { owners[pod.fullName, default: []].append(sidecar) }
  }
  for pod in world.pods.all {
    guard let sidecars = owners[pod.fullName] else { continue }
    if pod.isAmbient {
      for sidecar in sidecars { sidecar.report(.sidecarForAmbient, sidecar.spec["workloadSelector"]) }
    } else if sidecars.count > 1 {
      let names = sidecars.map(\.name).sorted().joined(separator: ", ")
      for sidecar in sidecars {
        sidecar.report(.sidecarConflict, sidecar.spec["workloadSelector"], pod.fullName.text, names)
      }
    }
  }
  for (namespace, sidecars) in defaults {
    if world.namespace(namespace)?.isAmbientNamespace == true {
      for sidecar in sidecars { sidecar.report(.sidecarForAmbient, sidecar.spec) }
    } else if sidecars.count > 1 {
      let names = sidecars.map(\.name).sorted().joined(separator: ", ")
      for sidecar in sidecars { sidecar.report(.manySidecars, sidecar.spec, namespace, names) }
    }
  }
}

// IST0101 (selector), IST0159
@Sendable
func analyzeTelemetrySelectors(_ world: AnalysisWorld) {
  var owners: [FullName: [Resource]] = [:]
  for telemetry in world.all("Telemetry") {
    let selector = telemetry.spec["selector"]["matchLabels"].texts
    if selector.isEmpty { continue }
    let pods = world.pods.matching(selector, in: telemetry.namespace)
    if pods.isEmpty { telemetry.report(.telemetryWithoutPods, telemetry.spec["selector"], selector.selectorText) }
    for pod in pods { owners[pod.fullName, default: []].append(telemetry) }
  }
  for pod in world.pods.all {
    guard let telemetries = owners[pod.fullName], telemetries.count > 1 else { continue }
    let names = telemetries.map(\.name).sorted().joined(separator: ", ")
    for telemetry in telemetries {
      telemetry.report(.telemetryConflict, telemetry.spec["selector"], pod.fullName.text, names)
    }
  }
}

// IST0160
@Sendable
func analyzeTelemetryDefaults(_ world: AnalysisWorld) {
  let defaults = world.all("Telemetry").filter { telemetry in
    // Istio's analyzer passes by what a Telemetry is for.
    let hasTarget = telemetry.spec["targetRef"].isPresent || !telemetry.spec["targetRefs"].isEmpty
    return telemetry.spec["selector"].isAbsent && !(hasTarget && world.manner == .drydock)
  }
  for (namespace, telemetries) in Dictionary(grouping: defaults, by: \.namespace) where telemetries.count > 1 {
    let names = telemetries.map(\.name).sorted().joined(separator: ", ")
    for telemetry in telemetries { telemetry.report(.manyTelemetries, telemetry.spec, namespace, names) }
  }
}

// IST0157
@Sendable
func analyzeTelemetryProviders(_ world: AnalysisWorld) {
  if world.mesh.hasAccessLogProviders { return }
  for telemetry in world.all("Telemetry") {
    let logging = telemetry.spec["accessLogging"].items
    if let part = logging.first(where: { !$0["disabled"].isTrue && $0["providers"].isEmpty }) {
      telemetry.report(.noLogProvider, part)
    }
  }
}

// IST0002 (d)
@Sendable
func analyzeLightstep(_ world: AnalysisWorld) {
  for telemetry in world.all("Telemetry") {
    for provider in telemetry.spec["tracing"].items.flatMap({ $0["providers"].items }).map({ $0["name"] })
    where world.mesh.lightstepProviders.contains(provider.text) {
      telemetry.report(.lightstep, provider, provider.text)
    }
  }
}

// IST0116, IST0137
@Sendable
func analyzeDeploymentServices(_ world: AnalysisWorld) {
  let services = Dictionary(grouping: world.all("Service"), by: \.namespace)
  for deployment in world.all("Deployment") {
    let template = deployment.spec["template"]
    guard deployment.labels["gateway.istio.io/managed"] != "istio.io-mesh-controller",
      isInMesh(template, deployment.namespace, template["spec"]["containers"].items, world)
    else { continue }
    let labels = template["metadata"]["labels"].texts
    let own = (services[deployment.namespace] ?? []).filter { service in
      let selector = service.spec["selector"].texts
      return !selector.isEmpty && labels.holds(selector)
    }
    checkProtocols(deployment, own)
    checkTargetPorts(deployment, own)
  }
}

private func checkProtocols(_ deployment: Resource, _ services: [Resource]) {
  var protocols: [Int64: [String: [String]]] = [:]
  for service in services {
    for port in service.spec["ports"].items {
      let name = port["protocol"].hasText ? port["protocol"].text : "TCP"
      protocols[port["port"].number, default: [:]][name, default: []].append(service.fullName.text)
    }
  }
  for (port, users) in protocols.sorted(by: { $0.key < $1.key }) where users.count > 1 {
    let names = users.values.flatMap(\.self).sorted().joined(separator: ", ")
    deployment.report(.portWithTwoProtocols, deployment.root["metadata"]["name"], String(port), names)
  }
}

private func checkTargetPorts(_ deployment: Resource, _ services: [Resource]) {
  var targets: [String: [Int64: String]] = [:]
  for service in services {
    for port in service.spec["ports"].items {
      var target = port["targetPort"].literal
      if target.utf8.isEmpty || target == "0" { target = String(port["port"].number) }
      targets[target, default: [:]][port["port"].number] = service.fullName.text
    }
  }
  for (target, ports) in targets.sorted(by: { $0.key < $1.key }) where ports.count > 1 {
    let numbers = ports.keys.sorted().map { String($0) }.joined(separator: ", ")
    let names = ports.values.sorted().joined(separator: ", ")
    deployment.report(.targetOfManyPorts, deployment.root["metadata"]["name"], target, numbers, names)
  }
}

// IST0144
@Sendable
func analyzeUserIDs(_ world: AnalysisWorld) {
  for workload in world.all("Pod") + world.all("Deployment") where !workload.isControlPlane {
    let spec = workload.kind == "Pod" ? workload.spec : workload.spec["template"]["spec"]
    let containers = spec["containers"].items.filter { !["istio-proxy", "istio-operator"].contains($0["name"].text) }
    let users = ([spec] + containers).map { $0["securityContext"]["runAsUser"] }
    if let bad = users.first(where: { $0.number == 1337 }) { workload.report(.proxyUser, bad) }
  }
}

extension Resource {
  var isControlPlane: Bool { labels["istio"] != nil || labels["release"] == "istio" }

  var isAmbient: Bool { annotations["ambient.istio.io/redirection"] == "enabled" }

  var isAmbientNamespace: Bool {
    if labels["istio-injection"] == "enabled" { return false }
    if let revision = labels["istio.io/rev"], !revision.utf8.isEmpty { return false }
    return labels["istio.io/dataplane-mode"] == "ambient"
  }
}

/// Whether a workload has, or will get, a sidecar; `holder` is the Pod or a template of one.
func isInMesh(_ holder: Part, _ namespace: String, _ containers: [Part], _ world: AnalysisWorld) -> Bool {
  if let proxy = containers.first(where: { $0["name"].text == "istio-proxy" }), proxy["image"].hasText { return true }
  for kind in ["labels", "annotations"] {
    if let wish = holder["metadata"][kind].texts["sidecar.istio.io/inject"] { return wish == "true" }
  }
  guard let own = world.namespace(namespace) else { return false }
  return own.labels["istio-injection"] == "enabled"
}

extension Rule {
  static let lightstep = analysis(
    "DD3002", .warning, "IST0002", "provider '{0}' is of the deprecated kind Lightstep; use OpenTelemetry",
    "提供者 '{0}' 属于已弃用的 Lightstep；请改用 OpenTelemetry")
  static let sidecarWithoutPods = analysis(
    "DD3120", .error, "IST0101", "no Pod of this namespace has the labels '{0}'; correct the selector",
    "该命名空间没有 Pod 具有标签 '{0}'；请更正选择器")
  static let telemetryWithoutPods = analysis(
    "DD3121", .error, "IST0101", "no Pod of this namespace has the labels '{0}'; correct the selector",
    "该命名空间没有 Pod 具有标签 '{0}'；请更正选择器")
  static let sidecarConflict = analysis(
    "DD3110", .error, "IST0110", "Pod '{0}' is selected by several Sidecars: {1}; which one holds is undefined",
    "Pod '{0}' 被多个 Sidecar 选中：{1}；哪个生效未定义")
  static let manySidecars = analysis(
    "DD3111", .error, "IST0111", "namespace '{0}' has several Sidecars without selector: {1}; keep one",
    "命名空间 '{0}' 有多个没有选择器的 Sidecar：{1}；请只保留一个")
  static let portWithTwoProtocols = analysis(
    "DD3116", .warning, "IST0116", "Services use port {0} with different protocols: {1}", "多个 Service 以不同协议使用端口 {0}：{1}"
  )
  static let targetOfManyPorts = analysis(
    "DD3137", .warning, "IST0137", "Services lead ports {1} to the same target port {0}: {2}",
    "多个 Service 将端口 {1} 指向同一目标端口 {0}：{2}")
  static let proxyUser = analysis(
    "DD3144", .warning, "IST0144", "user 1337 is the proxy's: the traffic of this container passes it by; use another",
    "用户 1337 属于代理：该容器的流量会绕过代理；请使用其他用户")
  static let noLogProvider = analysis(
    "DD3157", .warning, "IST0157", "no provider is named and the mesh has no default for access logs; name one",
    "未指定提供者，且网格没有访问日志的默认提供者；请指定")
  static let telemetryConflict = analysis(
    "DD3159", .error, "IST0159", "Pod '{0}' is selected by several Telemetries: {1}; which one holds is undefined",
    "Pod '{0}' 被多个 Telemetry 选中：{1}；哪个生效未定义")
  static let manyTelemetries = analysis(
    "DD3160", .error, "IST0160", "namespace '{0}' has several Telemetries without selector: {1}; keep one",
    "命名空间 '{0}' 有多个没有选择器的 Telemetry：{1}；请只保留一个")
  static let sidecarForAmbient = analysis(
    "DD3167", .warning, "IST0167", "these workloads are in ambient mode: a Sidecar has no effect on them",
    "这些工作负载处于 ambient 模式：Sidecar 对其不起作用")

  static let workloadAnalysisRules: [Rule] = [
    lightstep, sidecarWithoutPods, telemetryWithoutPods, sidecarConflict, manySidecars, portWithTwoProtocols,
    targetOfManyPorts, proxyUser, noLogProvider, telemetryConflict, manyTelemetries, sidecarForAmbient,
  ]
}
