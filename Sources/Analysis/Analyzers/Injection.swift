import Diagnostics
import Validation
import YAML

// IST0102, IST0103, IST0123, IST0148
@Sendable
func analyzeInjection(_ world: AnalysisWorld) {
  var injected: Set<String> = []
  var isDefault = false
  for namespace in world.all("Namespace") where namespace.name != "istio-system" {
    let injection = namespace.labels["istio-injection"]
    let revision = namespace.labels["istio.io/rev"]
    checkInjectionLabels(namespace, injection)
    if namespace.labels["istio.io/dataplane-mode"] == "ambient" { continue }
    if let settings = InjectorSettings(world, revision: revision ?? "") { isDefault = settings.isDefault }
    if injection ?? "" == "", revision == nil {
      namespace.report(
        isDefault ? .injectedByDefault : .notInjected, namespace.root["metadata"]["name"], namespace.name)
    } else if injection == "enabled" {
      injected.insert(namespace.name)
    }
  }
  for pod in world.pods.all where injected.contains(pod.namespace) {
    let wish = pod.labels["sidecar.istio.io/inject"] ?? pod.annotations["sidecar.istio.io/inject"] ?? ""
    if wish.lowercased() == "false" || pod.spec["hostNetwork"].isTrue { continue }
    let containers = pod.spec["containers"].items + pod.spec["initContainers"].items
    let proxy = containers.first { $0["name"].text == "istio-proxy" }
    if proxy?["image"].hasText != true { pod.report(.podWithoutProxy, pod.root["metadata"]["name"], pod.fullName.text) }
  }
}

private func checkInjectionLabels(_ namespace: Resource, _ injection: String?) {
  var labels = injection.map { ["istio-injection=\($0)"] } ?? []
  if injection == nil || injection == "enabled" {
    for key in ["istio.io/rev", "istio.io/dataplane-mode"] {
      if let value = namespace.labels[key] { labels.append("\(key)=\(value)") }
    }
  }
  if labels.count > 1 {
    namespace.report(.manyInjectionLabels, namespace.root["metadata"]["labels"], labels.joined(separator: ", "))
  }
}

/// What the ConfigMap of the injector says.
private struct InjectorSettings {
  var isDefault = false
  /// nil when the values cannot be read.
  var image: String?

  init?(_ world: AnalysisWorld, revision: String) {
    let suffix = revision.utf8.isEmpty || revision == "default" ? "" : "-\(revision)"
    guard let map = world.all("ConfigMap").first(where: { $0.name == "istio-sidecar-injector" + suffix }) else {
      return nil
    }
    guard let values = parseJSON(Array(map.root["data"]["values"].text.utf8)) else { return }
    let root = Part(root: values)
    isDefault = root["sidecarInjectorWebhook"]["enableNamespacesByDefault"].isTrue
    let global = root["global"]
    let texts = [global["proxy"]["image"], global["hub"], global["tag"]]
    // Istio gives up where one of them is a number.
    guard texts.allSatisfy({ $0.isAbsent || $0.node?.string != nil }) else { return }
    let name = texts[0].text
    image = name.utf8.contains(UInt8(ascii: "/")) ? name : "\(texts[1].text)/\(name):\(texts[2].text)"
  }
}

// IST0158
@Sendable
func analyzeProxyImages(_ world: AnalysisWorld) {
  guard world.all("ConfigMap").contains(where: { $0.name.utf8.starts(with: "istio-sidecar-injector".utf8) }) else {
    return
  }
  var mismatched: [String: [String]] = [:]
  for pod in world.pods.all where (pod.annotations["sidecar.istio.io/proxyImage"] ?? "").utf8.isEmpty {
    guard let namespace = world.namespace(pod.namespace) else { continue }
    let revision = namespace.labels["istio.io/rev"]
    guard revision != nil || namespace.labels["istio-injection"] == "enabled",
      let settings = InjectorSettings(world, revision: revision ?? "default")
    else { continue }
    let wanted = settings.image ?? ""
    let variant = imageType(pod, world)
    for container in pod.spec["containers"].items + pod.spec["initContainers"].items {
      guard container["name"].text == "istio-proxy" else { continue }
      let image = container["image"].text
      if image != wanted, image != "\(wanted)-\(variant)" { mismatched[pod.namespace, default: []].append(pod.name) }
    }
  }
  for (name, pods) in mismatched {
    guard let namespace = world.namespace(name) else { continue }
    namespace.report(.otherProxyImage, namespace.root["metadata"]["name"], pods.sorted().joined(separator: ", "))
  }
}

/// The kind of image that settings of mesh, namespace and workload ask for, the last one winning.
private func imageType(_ pod: Resource, _ world: AnalysisWorld) -> String {
  var type = world.mesh.imageType
  func take(_ config: Part) {
    if config["image"]["imageType"].hasText { type = config["image"]["imageType"].text }
  }
  let configs = world.all("ProxyConfig")
  if let root = configs.last(where: { $0.namespace == world.mesh.rootNamespace }) { take(root.spec) }
  let others = configs.filter { $0.namespace != world.mesh.rootNamespace }
  let isGeneral = { (config: Resource) in config.namespace == pod.namespace && config.spec["selector"].isAbsent }
  if let general = others.last(where: isGeneral) { take(general.spec) }
  for config in others where config.spec["selector"].isPresent {
    // Istio looks only at how the name of the namespace begins.
    let isNear =
      world.manner == .drydock
      ? config.namespace == pod.namespace : config.namespace.utf8.starts(with: pod.namespace.utf8)
    guard isNear else { continue }
    if pod.labels.holds(config.spec["selector"]["matchLabels"].texts) { take(config.spec) }
  }
  if let text = pod.annotations["proxy.istio.io/config"] {
    if let node = parseYAML(Array(text.utf8), file: "").0.first?.node { take(Part(root: node)) }
  }
  return type == "default" ? "" : type
}

// IST0146, IST0147
@Sendable
func analyzeAutomaticImages(_ world: AnalysisWorld) {
  let hooks = world.all("MutatingWebhookConfiguration").flatMap { $0.root["webhooks"].items }
    .filter { $0["name"].text.utf8.suffix(8).elementsEqual("istio.io".utf8) }
  for pod in world.pods.all {
    if let image = automaticImage(pod.spec) { pod.report(.automaticImageInPod, image) }
  }
  for deployment in world.all("Deployment") {
    let template = deployment.spec["template"]
    guard let image = automaticImage(template["spec"]) else { continue }
    let labels = template["metadata"]["labels"].texts
    let isInjected = hooks.contains { hook in
      LabelSelector(hook["namespaceSelector"]).selects(world.namespace(deployment.namespace)?.labels ?? [:])
        && LabelSelector(hook["objectSelector"]).selects(labels)
    }
    if !isInjected { deployment.report(.automaticImage, image) }
  }
}

private func automaticImage(_ spec: Part) -> Part? {
  spec["containers"].items.first { $0["name"].text == "istio-proxy" && $0["image"].text == "auto" }?["image"]
}

extension Rule {
  static let notInjected = analysis(
    "DD3200", .info, "IST0102", "workloads of namespace '{0}' get no sidecar; label it 'istio-injection=enabled'",
    "命名空间 '{0}' 的工作负载不会注入 sidecar；请添加标签 'istio-injection=enabled'")
  static let podWithoutProxy = analysis(
    "DD3201", .warning, "IST0103", "Pod '{0}' has no sidecar although its namespace asks for one; restart it",
    "Pod '{0}' 没有 sidecar，尽管其命名空间要求注入；请重启")
  static let manyInjectionLabels = analysis(
    "DD3123", .warning, "IST0123", "several labels decide about injection: {0}; keep one", "多个标签决定是否注入：{0}；请只保留一个")
  static let automaticImage = analysis(
    "DD3146", .warning, "IST0146",
    "image 'auto' is filled in by injection, but no webhook selects these pods; add the label",
    "镜像 'auto' 由注入填充，但没有 webhook 选中这些 Pod；请添加标签")
  static let automaticImageInPod = analysis(
    "DD3147", .error, "IST0147", "image 'auto' was not filled in: the Pod was not injected; create it anew",
    "镜像 'auto' 未被填充：该 Pod 没有被注入；请重新创建")
  static let injectedByDefault = analysis(
    "DD3148", .info, "IST0148", "namespace '{0}' has no label, but injection is on by default",
    "命名空间 '{0}' 没有标签，但注入默认开启")
  static let otherProxyImage = analysis(
    "DD3158", .warning, "IST0158", "the sidecars of these Pods are of another version: {0}; restart them",
    "这些 Pod 的 sidecar 版本不同：{0}；请重启")

  static let injectionAnalysisRules: [Rule] = [
    notInjected, podWithoutProxy, manyInjectionLabels, automaticImage, automaticImageInPod, injectedByDefault,
    otherProxyImage,
  ]
}
