package import MeshModel
import YAML

/// An object without what a cluster writes into it, and with its namespace said: the form that is compared, digested
/// and exported. Two manifests of the same object have the same form, whether a person or an API server wrote them.
package struct NormalForm {
  private let node: Node

  package init(_ object: MeshObject) {
    let (documents, _) = parseYAML(object.source.text, file: object.source.file)
    node = documents.first.map { Self.cleaned($0.node, object.id) } ?? .null
  }

  /// JSON with sorted members.
  package var canonical: [UInt8] { JSONText.bytes(of: node, order: .sorted) }

  package var yaml: [UInt8] { YAMLText.bytes(of: node) }

  package var value: Value { Value(json: canonical) }

  /// What the API server keeps for itself.
  private static let serverFields: Set<String> = [
    "managedFields", "resourceVersion", "uid", "generation", "selfLink",
  ]
  private static let repeatedObject = "kubectl.kubernetes.io/last-applied-configuration"

  /// Kinds whose status changes an answer: health checks, addresses that were handed out.
  private static let kindsWithStatus: Set<ObjectKind> = [.workloadEntry, .serviceEntry]

  private static func cleaned(_ root: Node, _ id: ObjectID) -> Node {
    guard let members = root.mapping else { return root }
    var entries: [(name: String, value: Node)] = []
    for entry in members {
      switch entry.name {
      case "metadata": entries.append((entry.name, metadata(entry.value, id)))
      case "status" where id.kind.sort == .managed && !kindsWithStatus.contains(id.kind): continue
      default: entries.append((entry.name, entry.value))
      }
    }
    return .mapping(entries)
  }

  private static func metadata(_ node: Node, _ id: ObjectID) -> Node {
    guard let members = node.mapping else { return node }
    var entries: [(name: String, value: Node)] = []
    for entry in members where !serverFields.contains(entry.name) {
      switch entry.name {
      case "annotations":
        let kept = (entry.value.mapping ?? []).filter { $0.name != repeatedObject }
        if !kept.isEmpty { entries.append((entry.name, .mapping(kept.map { ($0.name, $0.value) }))) }
      case "namespace": continue
      default: entries.append((entry.name, entry.value))
      }
      if entry.name == "name", !id.namespace.isEmpty { entries.append(("namespace", .string(id.namespace))) }
    }
    return .mapping(entries)
  }
}
