import Diagnostics
import MeshModel
import ProxyModel
import Workbench

/// The proxy that the options of the command line name.
struct ProxyInput {
  private static let proxy = OptionSpec.value(
    "proxy", nil, "NAMESPACE/POD",
    LocalizedText(en: "the pod or workload whose proxy is meant", zh: "代理所属的 Pod 或工作负载"))
  private static let kind = OptionSpec.value(
    "kind", nil, "KIND", choices: ["sidecar", "gateway", "inbound"],
    LocalizedText(
      en:
        "what a sidecar sends, a gateway, or what a sidecar receives (default: gateway when a Gateway selects the pod)",
      zh: "sidecar 出站、网关或 sidecar 入站(默认:被 Gateway 选中时为网关,否则为 sidecar)"))

  static let options = [proxy, kind]

  let session: SimulationSession
  let vantage: Vantage

  init(_ invocation: Invocation) throws {
    guard let name = invocation.arguments[Self.proxy] else {
      throw CommandFailure(
        en: "give --proxy NAMESPACE/POD", zh: "请给出 --proxy NAMESPACE/POD", hint: ParsedArguments.hint(invocation.path))
    }
    session = SimulationSession(try MeshInput(invocation).snapshot(), now: Environment.now)
    let kind = invocation.arguments[Self.kind].flatMap { Vantage.Kind(rawValue: $0) }
    do {
      vantage = try session.vantage(named: name, kind: kind)
    } catch {
      throw CommandFailure(.negative, en: error.message.en, zh: error.message.zh)
    }
  }
}
