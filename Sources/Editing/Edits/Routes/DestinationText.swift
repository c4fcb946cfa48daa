package import MeshModel

/// A destination as a word: `HOST[:PORT][/SUBSET][=NUMBER]`.
package struct DestinationText: Hashable, Sendable {
  package var host: String
  package var subset: String?
  package var port: Value?
  /// A weight, or a percentage.
  package var number: String?

  package init(_ text: String, _ field: String) throws(EditProblem) {
    let halves = text.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    if halves.count > 1 { number = String(Substring(halves[1])) }
    let parts = halves[0].split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let ends = parts[0].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    host = String(Substring(ends[0]))
    guard !host.isEmpty, parts.count <= 2, ends.count <= 2, parts.last?.isEmpty == false else {
      throw EditProblem(
        "DD0806", field: field, en: "\(field) is written HOST[:PORT][/SUBSET], not '\(text)'",
        zh: "\(field) 应写作 HOST[:PORT][/SUBSET]，而不是 '\(text)'")
    }
    if parts.count > 1 { subset = String(Substring(parts[1])) }
    if ends.count > 1 { port = try FieldWords.port(String(Substring(ends[1])), "\(field).port") }
  }

  var value: Value {
    let number: Value? = port.map { .object([Value.Member(key: "number", value: $0)]) }
    return .object(of: [("host", .string(host)), ("subset", subset.map { .string($0) }), ("port", number)])
  }

  func isSame(as destination: Value?) -> Bool {
    destination?.at(["host"])?.text == host && destination?.at(["subset"])?.text == subset
      && (port == nil || destination?.at(["port", "number"]) == port)
  }

  /// As people write it.
  package static func words(_ destination: Value?) -> String {
    var text = destination?.at(["host"])?.text ?? "?"
    if let port = destination?.at(["port", "number"])?.whole { text += ":\(port)" }
    if let subset = destination?.at(["subset"])?.text { text += "/" + subset }
    return text
  }
}

/// The destinations of one rule, as an edit leaves them.
enum RouteWeights {
  /// Puts other destinations in a rule; one that was there keeps what else is said of it.
  static func replace(_ texts: [String], in rule: inout Value, _ field: String) throws(EditProblem) {
    let old = rule.at(["route"])?.items ?? []
    var list: [Value] = []
    for text in texts {
      let destination = try DestinationText(text, "\(field).destination")
      var item = old.first { destination.isSame(as: $0.at(["destination"])) } ?? .emptyObject
      if item == .emptyObject { item.set(["destination"], to: destination.value) }
      let weight: Value? = if let number = destination.number { try weight(number, field) } else { nil }
      item.set(["weight"], to: weight)
      list.append(item)
    }
    rule.set(["route"], to: .array(list))
    try check(rule, field)
  }

  /// `NAME=WEIGHT`: NAME is a subset, a host, or both.
  static func change(_ texts: [String], in rule: inout Value, _ field: String) throws(EditProblem) {
    var list = rule.at(["route"])?.items ?? []
    for text in texts {
      let (name, number) = try FieldWords.fullPair(text, "\(field).weight")
      let found = list.indices.filter { place in
        let destination = list[place].at(["destination"])
        let (host, subset) = (destination?.at(["host"])?.text, destination?.at(["subset"])?.text)
        return name == subset || name == host || name == DestinationText.words(destination)
      }
      guard found.count == 1 else {
        let known = list.map { DestinationText.words($0.at(["destination"])) }.joined(separator: ", ")
        let isNone = found.isEmpty
        throw EditProblem(
          "DD0807", field: "\(field).route",
          en: isNone
            ? "no destination of the route is '\(name)'; there are: \(known)"
            : "\(found.count) destinations of the route are '\(name)'; say which: \(known)",
          zh: isNone ? "路由中没有目标 '\(name)'；已有：\(known)" : "路由中有 \(found.count) 个目标是 '\(name)'；请指明：\(known)")
      }
      list[found[0]].set(["weight"], to: try weight(number, field))
    }
    rule.set(["route"], to: .array(list))
    try check(rule, field)
  }

  private static func weight(_ text: String, _ field: String) throws(EditProblem) -> Value {
    try FieldWords.whole(text, "\(field).weight", 0...Int64(Int32.max))
  }

  /// Several destinations share all of the requests.
  static func check(_ rule: Value, _ field: String) throws(EditProblem) {
    let weights = (rule.at(["route"])?.items ?? []).map { $0.at(["weight"])?.whole }
    let total = weights.reduce(0) { $0 + ($1 ?? 0) }
    if weights.count == 1 {
      guard let weight = weights[0], weight != 100 else { return }
    } else if weights.isEmpty {
      return
    } else if weights.allSatisfy({ $0 == nil }) {
      throw EditProblem(
        "DD0808", field: "\(field).route", en: "each of \(weights.count) destinations needs a weight",
        zh: "\(weights.count) 个目标都需要权重", hint: nil)
    }
    guard total != 100 else { return }
    throw EditProblem(
      "DD0809", field: "\(field).route", en: "weights of a route add up to 100, these make \(total)",
      zh: "一条路由的权重之和应为 100，现为 \(total)")
  }
}
