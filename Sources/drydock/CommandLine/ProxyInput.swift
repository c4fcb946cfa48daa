import Diagnostics
import MeshModel
import ProxyModel
import Report
import Workbench

/// The proxy that the options of the command line name.
struct ProxyInput {
  private static let proxy = OptionSpec.value(
    "proxy", nil, "NAMESPACE/POD", completion: .client,
    LocalizedText(
      en: "the proxy: of a pod, a workload or what carries an app label", zh: "代理：按 Pod、工作负载或 app 标签指定"))
  private static let gateway = OptionSpec.value(
    "gateway", nil, "NAMESPACE/NAME", completion: .gateway,
    LocalizedText(en: "the proxy of a gateway: a Gateway or its workload", zh: "网关的代理：Gateway 对象或其工作负载"))
  private static let kind = OptionSpec.value(
    "kind", nil, "KIND", choices: ["sidecar", "gateway", "inbound"],
    LocalizedText(
      en: "what a sidecar sends, a gateway, or what a sidecar receives (default: by what the pod is)",
      zh: "sidecar 出站、网关或 sidecar 入站（默认按 Pod 判断）"))

  static let options = [proxy, gateway, kind, Options.namespace]

  let session: SimulationSession
  /// As one side: what a sidecar sends where nothing else is said.
  let vantage: Vantage
  /// Whether the command line says which side of a sidecar is meant.
  let isOneSided: Bool

  init(_ invocation: Invocation) throws {
    let arguments = invocation.arguments
    let namespace = arguments[Options.namespace] ?? "default"
    let kind = arguments[Self.kind].flatMap { Vantage.Kind(rawValue: $0) }
    let names = (arguments[Self.proxy], arguments[Self.gateway])
    guard (names.0 == nil) != (names.1 == nil) else {
      throw CommandFailure(
        en: "give --proxy NAMESPACE/POD or --gateway NAMESPACE/NAME",
        zh: "请给出 --proxy NAMESPACE/POD 或 --gateway NAMESPACE/NAME",
        hint: ParsedArguments.hint(invocation.path))
    }
    session = SimulationSession(try MeshInput(invocation).snapshot(), now: Environment.now)
    do throws(SourceSelection.Problem) {
      if let name = names.0 {
        vantage = try session.vantage(named: name, namespace: namespace, kind: kind)
      } else {
        vantage = try SourceSelection(session).gateway(names.1 ?? "", namespace: namespace)
      }
    } catch {
      throw CommandFailure(.negative, en: error.message.en, zh: error.message.zh, hint: error.hint)
    }
    isOneSided = kind != nil || vantage.kind == .gateway
  }

  /// What the proxy is told: one configuration, or what a sidecar sends and then what it receives.
  func configurations() -> [ProxyConfiguration] {
    var vantages = [vantage]
    if !isOneSided {
      var receiving = vantage
      receiving.kind = .inbound
      vantages.append(receiving)
    }
    return vantages.map { session.configuration(of: $0) }
  }

  /// That a pod has no sidecar, where the mesh says so.
  func remarkMissingSidecar(_ terminal: Terminal) {
    guard vantage.kind != .gateway, let origin = session.missingSidecar(of: vantage)?.origin else { return }
    let place = session.place(of: origin).map { " (\($0.file):\($0.start.line))" } ?? ""
    let why = origin.object.label + place
    terminal.remark(
      LocalizedText(
        en: "note: no sidecar is injected there, by \(why); this is what one would be told",
        zh: "提示：该处不注入 sidecar，依据 \(why)；以下为假设存在 sidecar 时的配置"))
  }
}
