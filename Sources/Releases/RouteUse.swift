package import MeshModel

/// A place that sends requests to a subset or to a Service.
package struct RouteUse: Hashable, Sendable {
  package var id: ObjectID
  /// Of the destination, such as `spec.http[0].route[1].destination`.
  package var field: String
  package var target: Target

  /// What can be taken away from under a rule.
  package enum Target: Hashable, Sendable {
    case subset(host: String, name: String)
    case service(host: String)
  }

  /// Whether objects of a kind send requests anywhere.
  package static func isRouting(_ kind: ObjectKind) -> Bool {
    kind == .virtualService || kind.group == "gateway.networking.k8s.io" || kind == ingress
  }

  private static let ingress = ObjectKind(group: "networking.k8s.io", kind: "Ingress")

  /// Every rule that needs one of these targets, in the order of the objects and of their rules.
  package static func all(of targets: Set<Target>, in objects: [ObjectID: Value]) -> [RouteUse] {
    guard !targets.isEmpty else { return [] }
    var found: [RouteUse] = []
    for id in objects.keys.sorted() where isRouting(id.kind) {
      visit(objects[id]?["spec"] ?? .null, "spec", "") { field, key, value in
        for target in needed(key, value, id) where targets.contains(target) {
          found.append(RouteUse(id: id, field: field, target: target))
        }
      }
    }
    return found
  }

  /// What a member called `key` sends requests to.
  private static func needed(_ key: String, _ value: Value, _ id: ObjectID) -> [Target] {
    if id.kind == .virtualService {
      guard key == "destination" || key == "mirror", let host = value["host"]?.text else { return [] }
      let full = ServiceHost.full(host, in: id.namespace)
      return [.subset(host: full, name: value["subset"]?.text ?? ""), .service(host: full)]
    }
    let names = id.kind == ingress ? ["service"] : ["backendRefs", "backendRef"]
    guard names.contains(key), value["kind"]?.text ?? "Service" == "Service", let name = value["name"]?.text else {
      return []
    }
    return [.service(host: ServiceHost.full(name, in: value["namespace"]?.text ?? id.namespace))]
  }

  /// What these objects offer to rules.
  package static func offers(_ objects: [ObjectID: Value]) -> Set<Target> {
    var result: Set<Target> = []
    for (id, value) in objects {
      if id.kind == .service { result.insert(.service(host: ServiceHost.full(id.name, in: id.namespace))) }
      guard id.kind == .destinationRule, let host = value["spec"]?["host"]?.text else { continue }
      for subset in value["spec"]?["subsets"]?.items ?? [] {
        guard let name = subset["name"]?.text else { continue }
        result.insert(.subset(host: ServiceHost.full(host, in: id.namespace), name: name))
      }
    }
    return result
  }

  /// Every member with the key it stands under, also as an element of a list.
  private static func visit(
    _ value: Value, _ field: String, _ key: String, _ body: (String, String, Value) -> Void
  ) {
    switch value {
    case .object(let members):
      body(field, key, value)
      for member in members { visit(member.value, "\(field).\(member.key)", member.key, body) }
    case .array(let elements):
      for (place, element) in elements.enumerated() { visit(element, "\(field)[\(place)]", key, body) }
    case .null, .bool, .integer, .number, .string: break
    }
  }
}
