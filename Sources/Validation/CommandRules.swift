import Diagnostics
import YAML

/// What `istioctl validate` says of one object; it knows no schema, and passes by what it does not know.
struct CommandCheck {
  let log: FindingLog

  func check(_ object: ManifestObject) {
    if object.node.mapping == nil {
      if !object.node.isNull { log.report(.documentNotObject, field: "", node: object.node) }
      return
    }
    // Of a list, it looks at Services and Deployments only.
    if !object.isListItem, let kind = Schema.istio.kind(group: object.group, name: object.subject.kind) {
      // DEC-04: other versions are not looked at.
      if kind.versions.contains(object.version) { checkIstio(object, kind) }
      return
    }
    let whole = Part(root: object.node)
    switch object.subject.kind {
    case "Service": checkService(whole)
    case "Deployment": checkDeployment(whole)
    case "IstioOperator":
      if !object.isListItem, object.isOperator { OperatorCheck(log: log).check(whole) }
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
    if service["spec"].node?.mapping == nil { log.report(.serviceWithoutSpec, at: service["spec"]) }
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

  // K8-04: the labels are read as texts.
  private func checkDeployment(_ deployment: Part) {
    if deployment["metadata"]["namespace"].text == "istio-system" { return }
    for (name, value) in deployment["spec"]["template"]["metadata"]["labels"].members
    where value.node?.string == nil {
      log.report(.deploymentLabel, at: value, name)
    }
  }
}

extension ManifestObject {
  /// What `istioctl install` reads; no cluster has such objects.
  var isOperator: Bool { subject.kind == "IstioOperator" && group == "install.istio.io" && version == "v1alpha1" }
}

/// What `istioctl` says of the description of an installation.
struct OperatorCheck {
  let log: FindingLog

  // K8-05, as far as names of fields go.
  func check(_ whole: Part) {
    let component = ["enabled", "namespace", "hub", "tag", "k8s"]
    let components = whole["spec"]["components"]
    checkNames(
      whole["spec"],
      [
        "profile", "installPackagePath", "hub", "tag", "namespace", "revision", "compatibilityVersion", "meshConfig",
        "components", "values", "unvalidatedValues",
      ])
    checkNames(
      components, ["base", "pilot", "cni", "ztunnel", "istiodRemote", "ingressGateways", "egressGateways"])
    for name in ["base", "pilot", "cni", "ztunnel", "istiodRemote"] {
      checkNames(components[name], name == "base" ? ["enabled", "k8s"] : component)
    }
    for gateway in components["ingressGateways"].items + components["egressGateways"].items {
      checkNames(gateway, component + ["name", "label"])
    }
  }

  /// Go's reader of JSON takes names in any case.
  private func checkNames(_ part: Part, _ known: [String]) {
    let known = known.map { $0.lowercased() }
    for (name, value) in part.members where !known.contains(name.lowercased()) {
      log.report(.operatorField, at: value, name)
    }
  }
}

extension Rule {
  static let documentNotObject = refusal(
    580, "this is no object; an object has apiVersion, kind and metadata", "此处不是对象；对象应有 apiVersion、kind 和 metadata")
  static let deploymentLabel = refusal(
    581, "label '{0}' of the template is no text; put its value in quotes", "模板的标签 '{0}' 不是文本；请给其值加上引号")
  static let operatorField = refusal(
    567, "an IstioOperator has no field '{0}'; remove it", "IstioOperator 没有字段 '{0}'；请删除")
  static let serviceWithoutSpec = refusal(568, "the Service has no 'spec'; add it", "Service 没有 'spec'；请添加")
  static let servicePortWithoutName = refusal(
    553, "the port has no name; begin it with its protocol, such as 'http', or set 'appProtocol'",
    "端口没有名称；请以协议开头命名，例如 'http'，或设置 'appProtocol'")
  static let servicePortName = refusal(
    554, "port name '{0}' does not begin with a protocol; write 'http-…' or set 'appProtocol'",
    "端口名 '{0}' 没有以协议开头；请写作 'http-…' 或设置 'appProtocol'")
  static let serviceProtocol = refusal(
    555, "appProtocol '{0}' is unknown; use one such as http, grpc, tcp or tls",
    "未知的 appProtocol '{0}'；请使用例如 http、grpc、tcp 或 tls")

  static let commandRules: [Rule] = [
    servicePortWithoutName, servicePortName, serviceProtocol, documentNotObject, deploymentLabel, operatorField,
    serviceWithoutSpec,
  ]
}
