package import Diagnostics
package import YAML

/// One object as it stands in a text, before anybody asks what it configures.
package struct ManifestObject: Sendable {
  package let node: Node
  /// nil when the object came without a file.
  package let file: String?
  package let group: String
  package let version: String
  package let subject: Finding.Subject
  /// Lines of the file before the text that the object was read from.
  package let lineOffset: Int
  /// Whether it stood in a list of objects.
  package let isListItem: Bool

  package init(node: Node, file: String?, lineOffset: Int = 0, isListItem: Bool = false) {
    self.node = node
    self.isListItem = isListItem
    self.lineOffset = lineOffset
    self.file = file
    let apiVersion = node["apiVersion"]?.string ?? ""
    if let slash = apiVersion.utf8.firstIndex(of: UInt8(ascii: "/")) {
      group = String(apiVersion[..<slash])
      version = String(apiVersion[apiVersion.utf8.index(after: slash)...])
    } else {
      group = ""
      version = apiVersion
    }
    let kind = node["kind"]?.string ?? ""
    let metadata = node["metadata"]
    let given = metadata?["namespace"]?.string ?? ""
    let isGlobal = Self.clusterKinds.contains(kind)
    subject = Finding.Subject(
      kind: kind, namespace: isGlobal ? "" : given.isEmpty ? "default" : given,
      name: metadata?["name"]?.string ?? metadata?["generateName"]?.string ?? "")
  }

  private static let clusterKinds: Set<String> = [
    "Namespace", "Node", "GatewayClass", "CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding",
    "PersistentVolume", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration", "IngressClass",
    "StorageClass", "PriorityClass",
  ]

  package var isIstio: Bool { group == "istio.io" || group.utf8.suffix(9).elementsEqual(".istio.io".utf8) }

  /// Whether Go's types can hold the metadata.
  package var hasTextMetadata: Bool { Self.hasTextMetadata(node) }

  /// The same of a template of objects.
  package static func hasTextMetadata(_ holder: Node?) -> Bool {
    let metadata = holder?["metadata"]
    return ["name", "namespace"].allSatisfy { Node.isText(metadata?[$0]) }
      && ["labels", "annotations"].allSatisfy { Node.areTexts(metadata?[$0]) }
  }
}

extension Node {
  /// Nothing counts as a text.
  package static func isText(_ node: Node?) -> Bool { node.map { $0.isNull || $0.string != nil } ?? true }

  /// Whether it is a map of texts, or nothing.
  package static func areTexts(_ node: Node?) -> Bool {
    guard let node, !node.isNull else { return true }
    return node.mapping?.allSatisfy { isText($0.value) } ?? false
  }
}
