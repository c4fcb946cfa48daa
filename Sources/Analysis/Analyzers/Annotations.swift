import Diagnostics
import Validation

// IST0107, IST0108, IST0125, IST0135
@Sendable
func analyzeAnnotations(_ world: AnalysisWorld) {
  for kind in ["Namespace", "Service", "Pod", "Deployment"] {
    for resource in world.all(kind) {
      for (name, value) in resource.root["metadata"]["annotations"].members { check(resource, name, value) }
    }
  }
}

/// Set by Istio itself.
private let ignored: Set<String> = ["sidecar.istio.io/status", "gateway.istio.io/controller-version", "istio.io/rev"]

private func check(_ resource: Resource, _ name: String, _ value: Part) {
  let domain = name.prefix { $0 != "/" }
  let isIstio = domain.utf8.suffix(8).elementsEqual("istio.io".utf8) || name == "kubernetes.io/ingress.class"
  if !isIstio || ignored.contains(name) { return }
  guard let known = KnownAnnotation.all[name] else {
    resource.report(.unknownAnnotation, value, name)
    return
  }
  let isDoubled = name == "sidecar.istio.io/inject" && resource.labels[name] != nil
  if known.isDeprecated, !isDoubled { resource.report(.oldAnnotation, value, name) }
  if known.kinds.contains("Any") { return }
  if !known.kinds.contains(resource.kind) {
    resource.report(.misplacedAnnotation, value, name, known.kinds.joined(separator: ", "))
  } else if !AnnotationValue.isGood(name, value.text) {
    resource.report(.badAnnotation, value, name, value.text)
  }
}

// IST0136, which Istio has and does not run.
@Sendable
func judgeEarlyAnnotations(_ world: AnalysisWorld) {
  // Set by the injector where the network plugin does what an init container would.
  let injected: Set<String> = [
    "sidecar.istio.io/interceptionMode", "traffic.sidecar.istio.io/includeInboundPorts",
    "traffic.sidecar.istio.io/excludeInboundPorts", "traffic.sidecar.istio.io/includeOutboundIPRanges",
  ]
  for kind in ["Namespace", "Service", "Pod", "Deployment"] {
    for resource in world.all(kind) {
      let hasInit = resource.spec["initContainers"].items.contains { $0["name"].text == "istio-init" }
      let isInjected = kind == "Pod" && !hasInit
      for (name, value) in resource.root["metadata"]["annotations"].members {
        guard KnownAnnotation.all[name]?.isEarly == true, !ignored.contains(name) else { continue }
        if isInjected, injected.contains(name) { continue }
        resource.report(.earlyAnnotation, value, name)
      }
    }
  }
}

/// The forms that values of annotations must have.
enum AnnotationValue {
  static func isGood(_ name: String, _ value: String) -> Bool {
    switch name {
    case "sidecar.istio.io/interceptionMode": ["REDIRECT", "TPROXY", "NONE"].contains(value)
    case "status.sidecar.istio.io/port": isPort(value[...])
    case "readiness.status.sidecar.istio.io/initialDelaySeconds",
      "readiness.status.sidecar.istio.io/periodSeconds", "readiness.status.sidecar.istio.io/failureThreshold":
      GoNumber.unsigned(value).map { $0 <= UInt32.max } == true
    case "traffic.sidecar.istio.io/includeOutboundIPRanges": value == "*" || areBlocks(value)
    case "traffic.sidecar.istio.io/excludeOutboundIPRanges": areBlocks(value)
    case "traffic.sidecar.istio.io/includeInboundPorts": value == "*" || arePorts(value)
    case "traffic.sidecar.istio.io/excludeInboundPorts", "traffic.sidecar.istio.io/excludeOutboundPorts":
      arePorts(value)
    case "traffic.sidecar.istio.io/excludeInterfaces", "traffic.sidecar.istio.io/kubevirtInterfaces",
      "istio.io/reroute-virtual-interfaces":
      areInterfaces(value)
    case "prometheus.istio.io/merge-metrics":
      ["1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"].contains(value)
    case "proxy.istio.io/config": ProxySettings.areGood(value)
    case "sidecar.istio.io/proxyCPU", "sidecar.istio.io/proxyMemory", "sidecar.istio.io/proxyCPULimit",
      "sidecar.istio.io/proxyMemoryLimit":
      isQuantity(value)
    default: true
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }

  private static func isPort(_ text: Substring) -> Bool {
    GoNumber.unsigned(String(trimmed(text))).map { $0 <= 65_535 } == true
  }

  private static func arePorts(_ text: String) -> Bool {
    let list = trimmed(text[...])
    return list.isEmpty || list.split(separator: ",", omittingEmptySubsequences: false).allSatisfy(isPort)
  }

  private static func areBlocks(_ text: String) -> Bool {
    text.isEmpty
      || text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { AddressText.isBlock(String($0)) }
  }

  private static func areInterfaces(_ text: String) -> Bool {
    text.isEmpty
      || text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { part in
        let name = trimmed(part).utf8
        guard let first = name.first, name.count <= 15, Names.isLetter(first) else { return false }
        return name.allSatisfy { Names.isAlphanumeric($0) || "_.-".utf8.contains($0) }
      }
  }

  /// A number with an optional unit, such as `100m`, `1.5Gi` or `1e3`.
  private static func isQuantity(_ text: String) -> Bool {
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let whole = rest.prefix(while: Names.isDigit)
    rest = rest.dropFirst(whole.count)
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = rest.prefix(while: Names.isDigit).count
      rest = rest.dropFirst(fraction)
    }
    guard whole.count + fraction > 0 else { return false }
    let unit = String(decoding: Array(rest), as: UTF8.self)
    let units = ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]
    if units.contains(unit) { return true }
    guard let first = unit.utf8.first, first | 32 == UInt8(ascii: "e") else { return false }
    return Int(String(unit.dropFirst())) != nil
  }
}

extension Rule {
  static let misplacedAnnotation = analysis(
    "DD3202", .warning, "IST0107", "annotation '{0}' has no effect here; it belongs on {1}",
    "注解 '{0}' 在此处不起作用；应放在 {1} 上")
  static let unknownAnnotation = analysis(
    "DD3203", .warning, "IST0108", "Istio does not know annotation '{0}'; correct the name", "Istio 不认识注解 '{0}'；请更正名称")
  static let badAnnotation = analysis(
    "DD3125", .warning, "IST0125", "'{1}' is no value for annotation '{0}'", "'{1}' 不是注解 '{0}' 的有效值")
  static let oldAnnotation = analysis(
    "DD3135", .info, "IST0135", "annotation '{0}' is deprecated; remove it", "注解 '{0}' 已弃用；请删除")
  static let earlyAnnotation = analysis(
    "DD3136", .info, "IST0136", "annotation '{0}' is of an alpha feature and may change", "注解 '{0}' 属于 alpha 功能，可能变化")

  static let annotationAnalysisRules: [Rule] = [
    misplacedAnnotation, unknownAnnotation, badAnnotation, oldAnnotation, earlyAnnotation,
  ]
}
