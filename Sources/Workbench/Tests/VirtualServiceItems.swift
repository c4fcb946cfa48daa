import MeshModel
import RoutingTests
import Translation

/// A rule and match that sent a request to a cluster.
struct TargetHit: Hashable {
  var rule: Origin
  var cluster: String
}

/// The rules, matches and targets of one VirtualService, and how often each was reached.
struct VirtualServiceItems {
  private(set) var items: [Coverage.Item] = []
  private let id: ObjectID
  private let hits: [Origin: Int]
  private let targets: [TargetHit: Int]

  init(_ service: VirtualService, _ id: ObjectID, _ hits: [Origin: Int], _ targets: [TargetHit: Int]) {
    self.id = id
    self.targets = targets.filter { $0.key.rule.object == id }
    self.hits = hits.filter { $0.key.object == id }
    for (place, rule) in service.http.enumerated() {
      add("spec.http[\(place)]", rule.match.count, rule.route.map { ($0.destination, $0.weight) })
    }
    for (place, rule) in service.tls.enumerated() {
      add("spec.tls[\(place)]", rule.match.count, rule.route.map { ($0.destination, $0.weight) })
    }
    for (place, rule) in service.tcp.enumerated() {
      add("spec.tcp[\(place)]", rule.match.count, rule.route.map { ($0.destination, $0.weight) })
    }
  }

  /// `spec.http[1]` of `spec.http[1].match[0]`.
  static func rule(of field: String) -> String {
    var dots = 0
    let end = field.utf8.firstIndex { byte in
      if byte == UInt8(ascii: ".") { dots += 1 }
      return dots == 2
    }
    return end.map { String(field[..<$0]) } ?? field
  }

  private mutating func add(_ rule: String, _ matches: Int, _ targets: [(Destination, Int)]) {
    let own = hits.filter { Self.rule(of: $0.key.field) == rule }
    append(.rule, rule, own.values.reduce(0, +))
    for match in 0..<matches {
      let field = "\(rule).match[\(match)]"
      append(.match, field, own.filter { $0.key.field == field }.values.reduce(0, +))
    }
    for (place, target) in targets.enumerated() where target.1 > 0 || targets.count == 1 {
      let found = self.targets.filter { entry in
        Self.rule(of: entry.key.rule.field) == rule && isTarget(target.0, entry.key.cluster)
      }
      append(.target, "\(rule).route[\(place)]", found.values.reduce(0, +))
    }
  }

  private func isTarget(_ destination: Destination, _ cluster: String) -> Bool {
    let parts = cluster.split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return false }
    let host = ShortName.host(destination.host, namespace: id.namespace)
    let isPort = destination.port.map { "\($0)" == parts[1] } ?? true
    return isPort && parts[2] == destination.subset && parts[3] == host
  }

  private mutating func append(_ kind: Coverage.Kind, _ field: String, _ count: Int) {
    items.append(Coverage.Item(kind: kind, origin: Origin(object: id, field: field), span: nil, hits: count))
  }
}
