import Diagnostics
package import Validation
package import YAML

/// An object that others may refer to, with what is said of it.
package final class Resource {
  package let object: ManifestObject
  /// With the spec as Istio decodes it, where it is one of Istio's.
  package let root: Part
  package let spec: Part
  package private(set) lazy var labels: [String: String] = root["metadata"]["labels"].texts
  package private(set) lazy var annotations: [String: String] = root["metadata"]["annotations"].texts
  package let log: FindingLog

  package init(_ object: ManifestObject, decoded: Node?) {
    self.object = object
    root = Part(root: decoded ?? object.node)
    spec = root["spec"]
    log = FindingLog(object)
  }

  /// A pod that another object would make; what is said of it is lost.
  init(templateOf owner: Resource) {
    object = owner.object
    root = owner.spec["template"]
    spec = root["spec"]
    log = FindingLog(owner.object)
  }

  package var kind: String { object.subject.kind }
  package var namespace: String { object.subject.namespace }
  package var name: String { object.subject.name }
  package var fullName: FullName { FullName(namespace, name) }

  package func report(_ rule: Rule, _ part: Part, _ values: String...) { log.report(rule, at: part, values: values) }
}

/// `namespace/name`; objects of the whole cluster have an empty namespace.
package struct FullName: Hashable, Comparable, Sendable {
  package var namespace: String
  package var name: String

  package init(_ namespace: String, _ name: String) {
    self.namespace = namespace
    self.name = name
  }

  /// `name` or `namespace/name`.
  package init(_ text: String, near namespace: String) {
    if let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) {
      self.init(String(text[..<slash]), String(text[text.utf8.index(after: slash)...]))
    } else {
      self.init(namespace, text)
    }
  }

  package var text: String { namespace.utf8.isEmpty ? name : "\(namespace)/\(name)" }

  package static func < (a: FullName, b: FullName) -> Bool {
    a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }
}

extension Part {
  /// The members of a map of texts.
  package var texts: [String: String] {
    Dictionary(members.map { ($0.key, $0.value.text) }) { $1 }
  }
}
