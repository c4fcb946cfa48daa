import Diagnostics
import Validation
import YAML

/// Which objects `istioctl analyze` takes out of files: those of versions that it knows, and of the types that
/// Kubernetes' own reader wants.
enum FileReading {
  static func isTaken(_ object: ManifestObject) -> Bool {
    if object.isIstio || object.group == "gateway.networking.k8s.io" { return object.hasTextMetadata }
    guard let group = groups[object.subject.kind] else { return true }
    guard object.group == group, object.version == "v1", object.hasTextMetadata else { return false }
    switch object.subject.kind {
    case "Secret": return hasBase64(object.node["data"]) && Node.areTexts(object.node["stringData"])
    case "ConfigMap": return Node.areTexts(object.node["data"])
    case "Service": return isService(object.node["spec"])
    case "Deployment": return ManifestObject.hasTextMetadata(object.node["spec"]?["template"])
    default: return true
    }
  }

  private static let groups = [
    "Service": "", "Pod": "", "Namespace": "", "Node": "", "Secret": "", "ConfigMap": "", "Deployment": "apps",
    "CustomResourceDefinition": "apiextensions.k8s.io", "MutatingWebhookConfiguration": "admissionregistration.k8s.io",
    "ValidatingWebhookConfiguration": "admissionregistration.k8s.io",
  ]

  private static func hasBase64(_ node: Node?) -> Bool {
    guard Node.areTexts(node) else { return false }
    return (node?.mapping ?? []).allSatisfy { $0.value.isNull || Base64Text.decode($0.value.string ?? "") != nil }
  }

  private static func isService(_ spec: Node?) -> Bool {
    guard Node.areTexts(spec?["selector"]) else { return false }
    return (spec?["ports"]?.sequence ?? []).allSatisfy { port in
      ["name", "protocol", "appProtocol"].allSatisfy { Node.isText(port[$0]) }
        && (port["port"].map { $0.isNull || $0.isWholeNumber } ?? true)
    }
  }
}

extension Node {
  fileprivate var isWholeNumber: Bool {
    guard case .int = resolved else { return false }
    return true
  }
}
