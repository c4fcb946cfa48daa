import Diagnostics
import YAML

/// What `istioctl validate` says of one object; it knows no schema, and passes by what it does not know.
struct CommandCheck {
  let log: FindingLog

  func check(_ object: ManifestObject) {
    if let kind = Schema.istio.kind(group: object.group, name: object.subject.kind) {
      // DEC-04: other versions are not looked at.
      if kind.versions.contains(object.version) { checkIstio(object, kind) }
      return
    }
    let whole = Part(root: object.node)
    switch object.subject.kind {
    case "Service": checkService(whole)
    default: break
    }
  }

  private func checkIstio(_ object: ManifestObject, _ kind: Schema.Kind) {
    let spec = object.node["spec"].flatMap { $0.isNull ? nil : $0 }
    let admission = Admission(log: log, object: object, manner: .istioctl)
    guard let decoded = admission.decode(spec, kind, .strict) else { return }
    let known = ["apiVersion", "kind", "metadata", "spec", "status"]
    let strays = (object.node.mapping ?? []).filter { !known.contains($0.name) }
    // MD-07
    for entry in strays {
      let place = Node(.scalar(.init(entry.name)), start: entry.nameStart, end: entry.nameEnd)
      log.report(.unknownTopLevelKey, field: entry.name, node: place, entry.name)
    }
    if strays.isEmpty { admission.check(decoded, kind) }
  }

  // K8-01 to K8-03
  private func checkService(_ service: Part) {
    if service["metadata"]["namespace"].text == "istio-system" { return }
    for port in service["spec"]["ports"].items where port["protocol"].text.lowercased() != "udp" {
      if port["appProtocol"].isPresent {
        if PortProtocol(port["appProtocol"].text) == nil {
          log.report(.serviceProtocol, at: port["appProtocol"], port["appProtocol"].text)
        }
        continue
      }
      let name = port["name"]
      if name.isAbsent {
        log.report(.servicePortWithoutName, at: port)
      } else if PortProtocol(String(name.text.prefix { $0 != "-" })) == nil {
        log.report(.servicePortName, at: name, name.text)
      }
    }
  }
}

extension Rule {
  static let servicePortWithoutName = refusal(
    553, "the port has no name; begin it with its protocol, such as 'http', or set 'appProtocol'",
    "端口没有名称；请以协议开头命名，例如 'http'，或设置 'appProtocol'")
  static let servicePortName = refusal(
    554, "port name '{0}' does not begin with a protocol; write 'http-…' or set 'appProtocol'",
    "端口名 '{0}' 没有以协议开头；请写作 'http-…' 或设置 'appProtocol'")
  static let serviceProtocol = refusal(
    555, "appProtocol '{0}' is unknown; use one such as http, grpc, tcp or tls",
    "未知的 appProtocol '{0}'；请使用例如 http、grpc、tcp 或 tls")

  static let commandRules: [Rule] = [servicePortWithoutName, servicePortName, serviceProtocol]
}
