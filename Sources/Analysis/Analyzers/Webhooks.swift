import Diagnostics
import Validation

// IST0163, IST0164
@Sendable
func analyzeWebhookAddresses(_ world: AnalysisWorld) {
  for hook in world.all("ValidatingWebhookConfiguration") {
    let isIstio = hook.name == "istiod-default-validator" || hook.name.utf8.starts(with: "istio-validator".utf8)
    if isIstio { checkAddresses(hook) }
  }
  for hook in world.all("MutatingWebhookConfiguration") {
    if hook.name.utf8.starts(with: "istio-sidecar-injector".utf8) { checkAddresses(hook) }
  }
}

private func checkAddresses(_ configuration: Resource) {
  for webhook in configuration.root["webhooks"].items {
    let client = webhook["clientConfig"]
    let name = webhook["name"].text
    guard client["url"].isPresent else {
      if client["service"].isAbsent { configuration.report(.noWebhookAddress, client, name) }
      continue
    }
    guard let url = GoURL(client["url"].text) else {
      configuration.report(.badWebhookAddress, client["url"], client["url"].text, name)
      continue
    }
    if AddressText.isAddress(url.hostname), !url.hostname.utf8.contains(UInt8(ascii: "%")) {
      configuration.report(.webhookIsAddress, client["url"], client["url"].text, name)
    }
  }
}

extension GoURL {
  /// The host without user, port and brackets.
  fileprivate var hostname: String {
    var host = (authority ?? "").utf8[...]
    if host.first == UInt8(ascii: "[") {
      return String(Substring(host.dropFirst().prefix { $0 != UInt8(ascii: "]") }))
    }
    if let colon = host.lastIndex(of: UInt8(ascii: ":")) { host = host[..<colon] }
    return String(Substring(host))
  }
}

// IST0139
@Sendable
func analyzeWebhooks(_ world: AnalysisWorld) {
  let configurations = world.all("MutatingWebhookConfiguration").filter { configuration in
    !revisions(configuration).isEmpty || configuration.root["webhooks"].items.contains { isIstio($0) }
  }
  let hooks = configurations.flatMap { configuration in
    configuration.root["webhooks"].items.map { Webhook($0, of: configuration) }
  }
  checkOverlaps(hooks, revisions: Set(configurations.flatMap(revisions)))
  for hook in hooks {
    let service = hook.part["clientConfig"]["service"]
    guard service.isPresent else { continue }
    let name = FullName(service["namespace"].text, service["name"].text)
    if world.find("Service", name) == nil { hook.owner.report(.webhookWithoutService, service, name.text) }
  }
}

private struct Webhook {
  var owner: Resource
  var part: Part
  var name: String

  init(_ part: Part, of owner: Resource) {
    self.owner = owner
    self.part = part
    name = "\(owner.fullName.text)/\(part["name"].text)"
  }
}

private func isIstio(_ webhook: Part) -> Bool { webhook["name"].text.utf8.suffix(8).elementsEqual("istio.io".utf8) }

private func revisions(_ configuration: Resource) -> [String] {
  let key = "istio.io/rev"
  let selected = configuration.root["webhooks"].items.flatMap { webhook in
    ["namespaceSelector", "objectSelector"].flatMap { LabelSelector(webhook[$0]).values(key) }
  }
  return (configuration.labels[key].map { [$0] } ?? []) + selected
}

private func checkOverlaps(_ hooks: [Webhook], revisions: Set<String>) {
  func variants(_ base: [[String: String]]) -> [[String: String]] {
    base + revisions.sorted().flatMap { revision in base.map { $0.merging(["istio.io/rev": revision]) { $1 } } }
  }
  let namespaces = variants([[:], ["istio-injection": "enabled"], ["istio-injection": "disabled"]])
  let objects = variants([[:], ["sidecar.istio.io/inject": "true"], ["sidecar.istio.io/inject": "false"]])
  for namespace in namespaces {
    for object in objects {
      let met = hooks.filter {
        LabelSelector($0.part["namespaceSelector"]).selects(namespace)
          && LabelSelector($0.part["objectSelector"]).selects(object)
      }
      let names = Set(met.map(\.name))
      guard names.count > 1 else { continue }
      for hook in met {
        let others = names.subtracting([hook.name]).sorted().joined(separator: ", ")
        hook.owner.report(.webhookOverlap, hook.part, others)
      }
    }
  }
}

extension Rule {
  static let webhookOverlap = analysis(
    "DD3139", .error, "IST0139", "another webhook injects into the same pods: {0}; a pod would get two sidecars",
    "另一个 webhook 会注入相同的 Pod：{0}；Pod 会得到两个 sidecar")
  static let webhookWithoutService = analysis(
    "DD3141", .error, "IST0139", "there is no Service '{0}' for the webhook; correct the name or create it",
    "webhook 的 Service '{0}' 不存在；请更正名称或创建")
  static let badWebhookAddress = analysis(
    "DD3163", .warning, "IST0163", "'{0}' of webhook '{1}' is no address", "webhook '{1}' 的 '{0}' 不是地址")
  static let noWebhookAddress = analysis(
    "DD3142", .warning, "IST0163", "webhook '{0}' has neither an address nor a service",
    "webhook '{0}' 既没有地址也没有 Service")
  static let webhookIsAddress = analysis(
    "DD3164", .info, "IST0164", "'{0}' of webhook '{1}' is an IP address; use a name",
    "webhook '{1}' 的 '{0}' 是 IP 地址；请使用名称")

  static let webhookAnalysisRules: [Rule] = [
    webhookOverlap, webhookWithoutService, badWebhookAddress, noWebhookAddress, webhookIsAddress,
  ]
}
