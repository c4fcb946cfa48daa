package import MeshModel

/// The rules and matches that a VirtualService writes, as origins name them.
package enum RuleList {
  /// In the order written; a rule without matches stands for itself, one that delegates for nothing.
  package static func origins(of service: VirtualService, _ id: ObjectID) -> [Origin] {
    var result: [Origin] = []
    func add(_ list: String, _ place: Int, _ matches: Int) {
      let rule = "spec.\(list)[\(place)]"
      if matches == 0 { result.append(Origin(object: id, field: rule)) }
      for match in 0..<matches { result.append(Origin(object: id, field: "\(rule).match[\(match)]")) }
    }
    for (place, rule) in service.http.enumerated() where rule.delegate == nil { add("http", place, rule.match.count) }
    for (place, rule) in service.tls.enumerated() { add("tls", place, rule.match.count) }
    for (place, rule) in service.tcp.enumerated() { add("tcp", place, rule.match.count) }
    return result
  }

  /// The first http rule that takes everything; what stands behind it is never sent to a proxy (HR-6).
  static func catchAll(of service: VirtualService, _ id: ObjectID) -> Origin? {
    let place = service.http.firstIndex { $0.match.isEmpty && $0.delegate == nil }
    return place.map { Origin(object: id, field: "spec.http[\($0)]") }
  }

  /// Whether an http rule stands behind another one of its object.
  static func isBehind(_ rule: Origin, _ other: Origin) -> Bool {
    guard rule.object == other.object, let first = place(rule.field, in: "http"),
      let second = place(other.field, in: "http")
    else {
      return false
    }
    return first > second
  }

  /// 2 for `spec.http[2].match[0]` in `http`.
  static func place(_ field: String, in list: String) -> Int? {
    let start = "spec.\(list)["
    guard field.utf8.starts(with: start.utf8) else { return nil }
    return Int(Substring(field.utf8.dropFirst(start.utf8.count).prefix { $0 != UInt8(ascii: "]") }))
  }

  static func order(of snapshot: Snapshot) -> [Origin: Int] {
    var order: [Origin: Int] = [:]
    for object in snapshot.objects(of: .virtualService) {
      guard case .virtualService(let service) = object.content else { continue }
      for rule in origins(of: service, object.id) { order[rule] = order.count }
    }
    return order
  }
}
