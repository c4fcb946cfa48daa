import Diagnostics
import MeshModel
import Releases
import Workbench

/// The flags of `drydock release`.
enum ReleaseOptions {
  static let from = OptionSpec.value(
    "from", nil, "VERSION", LocalizedText(en: "the version that answers now", zh: "当前提供服务的版本"))
  static let to = OptionSpec.value("to", nil, "VERSION", LocalizedText(en: "the new version", zh: "新版本"))
  static let services = OptionSpec.toggle(
    "services", nil,
    LocalizedText(
      en: "--from and --to are Services of their own, not subsets of SERVICE",
      zh: "--from 与 --to 是独立的 Service，而非 SERVICE 的子集"))
  static let label = OptionSpec.value(
    "label", nil, "KEY",
    LocalizedText(
      en: "the label that tells the versions' pods apart (default: version)", zh: "区分各版本 Pod 的标签（默认 version）"))
  static let fromLabels = OptionSpec.value(
    "from-labels", nil, "K=V,…", LocalizedText(en: "labels of the old version's pods", zh: "旧版本 Pod 的标签"))
  static let toLabels = OptionSpec.value(
    "to-labels", nil, "K=V,…", LocalizedText(en: "labels of the new version's pods", zh: "新版本 Pod 的标签"))
  static let match = OptionSpec.list(
    "match", nil, "CONDITION",
    LocalizedText(
      en:
        "who gets the new version from the start: header:NAME=VALUE, cookie:NAME=VALUE, source:LABEL=VALUE; commas join conditions, repeating adds alternatives",
      zh: "从一开始就使用新版本的请求：header:NAME=VALUE、cookie:NAME=VALUE、source:LABEL=VALUE；逗号连接多个条件，重复给出则任一满足即可"))
  static let steps = OptionSpec.value(
    "steps", nil, "1,5,…",
    LocalizedText(
      en: "percentages (default: 1,5,25,50,100; none with --match alone)", zh: "百分比（默认 1,5,25,50,100；仅有 --match 时没有步骤）")
  )
  static let mirrorFirst = OptionSpec.toggle(
    "mirror-first", nil,
    LocalizedText(en: "copy every request to the new version before the first step", zh: "在第一步之前先把所有请求镜像到新版本"))
  static let gateway = OptionSpec.list(
    "gateway", nil, "NS/NAME", completion: .gateway,
    LocalizedText(
      en: "a gateway in place of the mesh; 'mesh' names the mesh beside it; may be repeated",
      zh: "用网关代替网格内流量；'mesh' 可与网关并列；可重复"))
  static let host = OptionSpec.list(
    "host", nil, "HOST",
    LocalizedText(
      en: "the name a VirtualService made for a gateway or for TLS answers to",
      zh: "为网关或 TLS 新建的 VirtualService 所响应的主机名"))
  static let layer = OptionSpec.value(
    "protocol", nil, "PROTOCOL", choices: ["http", "tcp", "tls"],
    LocalizedText(en: "the rules that are meant (default: http)", zh: "使用的规则类型（默认 http）"))
  static let port = OptionSpec.value(
    "port", nil, "N",
    LocalizedText(en: "the service's port, for new rules", zh: "服务端口，用于新建的规则"))
  static let name = OptionSpec.value(
    "name", nil, "NAME",
    LocalizedText(en: "what the release is called (default: the service's name)", zh: "发布的名称（默认为服务名）"))
  static let requireApproved = OptionSpec.toggle(
    "require-approved", nil,
    LocalizedText(
      en: "each step waits until the one before is approved, also where the mesh was given no policy",
      zh: "每一步都等待上一步获得批准，即使网格没有设置策略"))
  static let weight = OptionSpec.value(
    "weight", nil, "N",
    LocalizedText(
      en: "go to this percentage in place of the next step; it may be a smaller one", zh: "直接调整到该百分比，可小于当前值"))
  static let resume = OptionSpec.toggle(
    "resume", nil, LocalizedText(en: "go on with a paused release", zh: "继续已暂停的发布"))
  static let now = OptionSpec.toggle(
    "now", nil, LocalizedText(en: "leave the remaining steps out", zh: "跳过其余步骤"))
  static let force = OptionSpec.toggle(
    "force", nil,
    LocalizedText(en: "store what a cluster would refuse, noting it in the message", zh: "即使集群会拒绝也保存，并在说明中记录"))
  static let forceTeardown = OptionSpec.toggle(
    "force", nil,
    LocalizedText(en: "also while pods of the old version would get requests again", zh: "即使旧版本的 Pod 会再次收到请求也拆除"))

  /// What every step takes.
  static let step =
    [
      Options.namespace, ApplyCommand.dryRun, Options.message, Options.author,
      Options.output(["text", "json", "yaml"]),
    ] + StoreInput.options

  static let start =
    [
      from, to, services, label, fromLabels, toLabels, match, steps, mirrorFirst, gateway, host, layer, port, name,
      requireApproved, force,
    ] + step
}

/// What the flags of `release start` ask for.
struct ReleaseStartInput {
  private let arguments: ParsedArguments

  init(_ arguments: ParsedArguments) {
    self.arguments = arguments
  }

  func request() throws -> ReleaseRequest {
    guard let from = arguments[ReleaseOptions.from], let to = arguments[ReleaseOptions.to] else {
      throw CommandFailure(en: "say which versions: --from V1 --to V2", zh: "请指明版本：--from V1 --to V2")
    }
    var (namespace, service) = (arguments[Options.namespace] ?? "default", arguments.operands[0])
    if let slash = service.utf8.firstIndex(of: UInt8(ascii: "/")) {
      namespace = String(service[..<slash])
      service = String(service[service.utf8.index(after: slash)...])
    }
    let isServices = arguments.has(ReleaseOptions.services)
    let host = ServiceHost.full(service, in: namespace)
    let layer = arguments[ReleaseOptions.layer].flatMap(Release.Layer.init) ?? .http
    let identity = try arguments.all(ReleaseOptions.match).map { (text) throws(CommandFailure) in
      do throws(IdentityText.Problem) {
        return try IdentityText.entry(text)
      } catch {
        throw CommandFailure(en: error.message.en, zh: error.message.zh)
      }
    }
    let gateways = arguments.all(ReleaseOptions.gateway).map { ServiceHost.gateway($0, in: namespace) }
    let short = String(service.prefix { $0 != "." })
    let release = Release(
      name: arguments[ReleaseOptions.name] ?? short, namespace: namespace, host: host,
      manner: isServices ? .services : .subsets, from: try version(from, ReleaseOptions.fromLabels),
      to: try version(to, ReleaseOptions.toLabels), layer: layer,
      scope: gateways.isEmpty ? ["mesh"] : gateways, identity: identity, steps: try steps(identity),
      begins: arguments.has(ReleaseOptions.mirrorFirst) ? .mirrored : .plain,
      approval: arguments.has(ReleaseOptions.requireApproved) ? .always : .policy)
    return ReleaseRequest(release: release, hosts: arguments.all(ReleaseOptions.host), port: try port())
  }

  private func version(_ name: String, _ option: OptionSpec) throws -> Release.Version {
    if let text = arguments[option] { return Release.Version(name: name, labels: try labels(text)) }
    let usual = arguments[ReleaseOptions.label].map { [$0: name] } ?? [:]
    return Release.Version(name: name, labels: usual)
  }

  private func labels(_ text: String) throws -> [String: String] {
    var result: [String: String] = [:]
    for word in text.split(separator: ",") {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw CommandFailure(en: "'\(word)' is no label; expected KEY=VALUE", zh: "'\(word)' 不是标签；应为 KEY=VALUE")
      }
      result[String(parts[0])] = String(parts[1])
    }
    return result
  }

  private func steps(_ identity: [Value]) throws -> [Int] {
    guard let text = arguments[ReleaseOptions.steps] else { return identity.isEmpty ? [1, 5, 25, 50, 100] : [] }
    return try text.split(separator: ",").map { word in
      let digits = word.filter { $0 != " " && $0 != "%" }
      guard let step = Int(digits) else {
        throw CommandFailure(en: "'\(word)' is no percentage", zh: "'\(word)' 不是百分比")
      }
      return step
    }
  }

  private func port() throws -> Int64? {
    guard let text = arguments[ReleaseOptions.port] else { return nil }
    guard let port = Int64(text), (1...65535).contains(port) else {
      throw CommandFailure(en: "'\(text)' is no port", zh: "'\(text)' 不是端口")
    }
    return port
  }
}
