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

  /// Every rule that needs one of these targets, in the order of the objects and of their rules.
  package static func all(of targets: Set<Target>, in objects: [ObjectID: Value]) -> [RouteUse] {
    guard !targets.isEmpty else { return [] }
    var found: [RouteUse] = []
    for id in objects.keys.sorted() where id.kind == .virtualService {
      guard let value = objects[id] else { continue }
      visit(value["spec"] ?? .null, "spec") { field, destination in
        guard let host = destination["host"]?.text else { return }
        let full = ServiceHost.full(host, in: id.namespace)
        let subset = Target.subset(host: full, name: destination["subset"]?.text ?? "")
        for target in [subset, .service(host: full)] where targets.contains(target) {
          found.append(RouteUse(id: id, field: field, target: target))
        }
      }
    }
    return found
  }

  /// What the objects of a release offered and offer no more.
  package static func lost(from old: [ObjectID: Value], to new: [ObjectID: Value]) -> Set<Target> {
    offers(old).subtracting(offers(new))
  }

  private static func offers(_ objects: [ObjectID: Value]) -> Set<Target> {
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

  /// Every destination of a VirtualService: of rules and of mirrors.
  private static func visit(_ value: Value, _ field: String, _ body: (String, Value) -> Void) {
    switch value {
    case .object(let members):
      for member in members {
        let place = "\(field).\(member.key)"
        if member.key == "destination" || member.key == "mirror" { body(place, member.value) }
        visit(member.value, place, body)
      }
    case .array(let elements):
      for (place, element) in elements.enumerated() { visit(element, "\(field)[\(place)]", body) }
    case .null, .bool, .integer, .number, .string: break
    }
  }
}
