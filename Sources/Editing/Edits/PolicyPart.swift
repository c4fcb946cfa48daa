package import Diagnostics
package import MeshModel

/// A part of a traffic policy that is edited as one thing.
package enum PolicyPart: Hashable, Sendable {
  case breaker, balancer

  /// The members of a traffic policy that belong to it.
  package var members: [String] {
    switch self {
    case .breaker: ["connectionPool", "outlierDetection"]
    case .balancer: ["loadBalancer"]
    }
  }

  package var fields: [EditableField] {
    switch self {
    case .breaker: EditableField.breaker
    case .balancer: EditableField.balancer
    }
  }

  package var name: LocalizedText {
    switch self {
    case .breaker: LocalizedText(en: "circuit breaker", zh: "熔断器")
    case .balancer: LocalizedText(en: "load balancing", zh: "负载均衡")
    }
  }
}

/// Where in a DestinationRule a policy stands: for the host, one subset, one port, or one port of a subset.
package struct PolicyPlace: Hashable, Sendable {
  package var subset: String?
  package var port: Int64?

  package init(subset: String? = nil, port: Int64? = nil) {
    self.subset = subset
    self.port = port
  }

  package var text: LocalizedText {
    var en: [String] = []
    var zh: [String] = []
    if let subset {
      en.append("subset '\(subset)'")
      zh.append("子集 '\(subset)'")
    }
    if let port {
      en.append("port \(port)")
      zh.append("端口 \(port)")
    }
    if en.isEmpty { return LocalizedText(en: "the rule itself", zh: "规则本身") }
    return LocalizedText(en: en.joined(separator: ", "), zh: zh.joined(separator: "、"))
  }
}

/// Where among its neighbours something new goes.
package enum ListPlace<Name: Hashable & Sendable>: Hashable, Sendable {
  case end
  case before(Name)
  case after(Name)
}

/// Reads and changes one part of the policies of a DestinationRule.
package struct PolicyEdit: Hashable, Sendable {
  package private(set) var rule: Value
  private let part: PolicyPart

  package init(_ rule: Value, _ part: PolicyPart) {
    self.rule = rule
    self.part = part
  }

  /// A rule for a host that has none yet.
  package static func newRule(host: String, _ id: ObjectID) -> Value {
    .newObject(id, apiVersion: "networking.istio.io/v1", spec: .object(of: [("host", .string(host))]))
  }

  package var subsetNames: [String] {
    (rule.at(["spec", "subsets"])?.items ?? []).compactMap { $0["name"]?.scalarText }
  }

  /// Every place that has the part, with what it says there.
  package var entries: [(place: PolicyPlace, value: Value)] {
    var found: [(place: PolicyPlace, value: Value)] = []
    func look(_ policy: Value?, _ subset: String?) {
      guard let policy else { return }
      if let value = content(of: policy) { found.append((PolicyPlace(subset: subset), value)) }
      for entry in policy["portLevelSettings"]?.items ?? [] {
        guard case .integer(let port) = entry.at(["port", "number"]), let value = content(of: entry) else {
          continue
        }
        found.append((PolicyPlace(subset: subset, port: port), value))
      }
    }
    look(rule.at(["spec", "trafficPolicy"]), nil)
    for subset in rule.at(["spec", "subsets"])?.items ?? [] {
      look(subset["trafficPolicy"], subset["name"]?.scalarText ?? "")
    }
    return found
  }

  /// What the part says at a place; nil where it says nothing.
  package func value(at place: PolicyPlace) -> Value? { entries.first { $0.place == place }?.value }

  /// Only the members of the part; nil when there is none.
  private func content(of policy: Value) -> Value? {
    guard case .object(let members) = policy else { return nil }
    let own = members.filter { part.members.contains($0.key) }
    return own.isEmpty ? nil : .object(own)
  }

  /// The part as it shall be at a place; nil takes it away, and with it what is empty then.
  package mutating func set(
    _ value: Value?, at place: PolicyPlace, among neighbours: ListPlace<Int64> = .end, labels: [Value.Member] = []
  ) throws(EditProblem) {
    let value = value.flatMap { $0.isEmptyCollection ? nil : $0 }
    guard let name = place.subset else {
      rule = try changed(rule, ["spec", "trafficPolicy"], value, place, neighbours)
      return
    }
    var subsets = rule.at(["spec", "subsets"])?.items ?? []
    if !subsets.contains(where: { $0["name"] == .string(name) }) {
      guard !labels.isEmpty else { throw .unknownSubset(name, defined: subsetNames) }
      subsets.append(
        .object([.init(key: "name", value: .string(name)), .init(key: "labels", value: .object(labels))]))
    }
    for (index, subset) in subsets.enumerated() where subset["name"] == .string(name) {
      subsets[index] = try changed(subset, ["trafficPolicy"], value, place, neighbours)
    }
    rule = rule.setting(["spec", "subsets"], to: .array(subsets))
  }

  private func changed(
    _ owner: Value, _ path: [String], _ value: Value?, _ place: PolicyPlace, _ neighbours: ListPlace<Int64>
  ) throws(EditProblem) -> Value {
    let policy = owner.at(path) ?? .emptyObject
    let new: Value
    if let port = place.port {
      new = try with(value, port: port, in: policy, neighbours)
    } else {
      new = with(value, in: policy)
    }
    return new.isEmptyCollection ? owner.removing(path) : owner.setting(path, to: new)
  }

  private func with(_ value: Value?, in policy: Value) -> Value {
    var result = policy
    for key in part.members {
      if let member = value?[key], !member.isEmptyCollection {
        result = result.setting([key], to: member)
      } else {
        result = result.removing([key])
      }
    }
    return result
  }

  private func with(
    _ value: Value?, port: Int64, in policy: Value, _ neighbours: ListPlace<Int64>
  ) throws(EditProblem) -> Value {
    var list = policy["portLevelSettings"]?.items ?? []
    func index(_ port: Int64) -> Int? { list.firstIndex { $0.at(["port", "number"]) == .integer(port) } }
    if let found = index(port) {
      let entry = with(value, in: list[found])
      let says = entry.removing(["port"])
      if says.isEmptyCollection { list.remove(at: found) } else { list[found] = entry }
    } else if let value {
      let number = Value.object([.init(key: "number", value: .integer(port))])
      let entry = with(value, in: .object([.init(key: "port", value: number)]))
      let there = list.compactMap { $0.at(["port", "number"])?.scalarText }
      switch neighbours {
      case .end: list.append(entry)
      case .before(let other):
        guard let place = index(other) else {
          throw .noSuchElement("\(other)", list: "portLevelSettings", there: there)
        }
        list.insert(entry, at: place)
      case .after(let other):
        guard let place = index(other) else {
          throw .noSuchElement("\(other)", list: "portLevelSettings", there: there)
        }
        list.insert(entry, at: place + 1)
      }
    }
    return list.isEmpty
      ? policy.removing(["portLevelSettings"]) : policy.setting(["portLevelSettings"], to: .array(list))
  }

  /// Whether the rule does nothing: it names a host and says no more of it.
  package var isEmpty: Bool {
    guard case .object(let members) = rule["spec"] else { return true }
    return members.allSatisfy { $0.key == "host" || $0.value.isEmptyCollection || $0.value == .null }
  }

  /// What at the port's place no longer holds there because a port's settings replace the whole policy (PO-1), and
  /// what at a subset's place replaces the rule's own.
  package func displaced(by place: PolicyPlace) -> [String] {
    guard place.port != nil else { return [] }
    let owner: Value?
    if let name = place.subset {
      owner = rule.at(["spec", "subsets"])?.items.first { $0["name"] == .string(name) }?["trafficPolicy"]
    } else {
      owner = rule.at(["spec", "trafficPolicy"])
    }
    guard let owner else { return [] }
    let entry = owner["portLevelSettings"]?.items.first {
      $0.at(["port", "number"]) == place.port.map { .integer($0) }
    }
    let composed = ["loadBalancer", "connectionPool", "outlierDetection", "tls"]
    return composed.filter { owner[$0] != nil && entry?[$0] == nil }
  }
}
