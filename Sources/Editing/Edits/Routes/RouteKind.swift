package import MeshModel

/// One of the three lists of rules that a VirtualService has.
package enum RouteKind: String, Hashable, Sendable, CaseIterable {
  case http, tls, tcp
}

/// The rules of one list of a VirtualService, and the object around them.
package struct RouteRules: Sendable {
  package let kind: RouteKind
  /// The whole object.
  package private(set) var object: Value

  package init(_ object: Value, _ kind: RouteKind) {
    self.object = object
    self.kind = kind
  }

  package var rules: [Value] {
    get { object.at(["spec", kind.rawValue])?.items ?? [] }
    set {
      // An empty list says no more than none.
      object.set(["spec", kind.rawValue], to: newValue.isEmpty ? nil : .array(newValue))
      if object.at(["spec"]) == nil { object.set(["spec"], to: .emptyObject) }
    }
  }

  /// Whether no list of the object has a rule.
  package var isEmpty: Bool {
    RouteKind.allCases.allSatisfy { RouteRules(object, $0).rules.isEmpty }
  }

  /// As messages name it: `http[2]`.
  package func field(_ place: Int) -> String { "\(kind.rawValue)[\(place)]" }

  /// Sets a list of texts of the VirtualService itself; an empty one removes it.
  package mutating func set(_ name: String, to texts: [String]) {
    let list = Value.array(texts.map { .string($0) })
    var members = object.at(["spec"])?.members ?? []
    if !texts.isEmpty, members.member(name) == nil {
      // In front of the rules, where people look for them.
      let place = members.firstIndex { RouteKind(rawValue: $0.key) != nil } ?? members.count
      members.insert(Value.Member(key: name, value: list), at: place)
      object.set(["spec"], to: .object(members))
    } else {
      object.set(["spec", name], to: texts.isEmpty ? nil : list)
    }
  }

  /// Where a new rule belongs: before the first that takes everything, unless it takes everything itself.
  package func usualPlace(for rule: Value) -> Int {
    guard Self.isConditional(rule) else { return rules.count }
    return rules.firstIndex { !Self.isConditional($0) } ?? rules.count
  }

  static func isConditional(_ rule: Value) -> Bool { !(rule.at(["match"])?.items.isEmpty ?? true) }

  package mutating func insert(_ rule: Value, at place: Int) throws(EditProblem) {
    try refuseSecond(named: rule.at(["name"])?.text, besides: nil)
    rules.insert(rule, at: place)
  }

  package mutating func replace(_ place: Int, with rule: Value) throws(EditProblem) {
    let name = rule.at(["name"])?.text
    // Rules that share a name already may be edited one by one.
    if name != rules[place].at(["name"])?.text { try refuseSecond(named: name, besides: place) }
    rules[place] = rule
  }

  package mutating func remove(_ places: [Int]) {
    let gone = Set(places)
    rules = rules.enumerated().filter { !gone.contains($0.offset) }.map(\.element)
  }

  private func refuseSecond(named name: String?, besides place: Int?) throws(EditProblem) {
    guard let name, let other = rules.indices.first(where: { $0 != place && rules[$0].at(["name"])?.text == name })
    else { return }
    throw EditProblem(
      "DD0810", field: "\(kind.rawValue).name", en: "\(field(other)) is named '\(name)' already; update it instead",
      zh: "\(field(other)) 已命名为 '\(name)'；请改用 update")
  }

  // MARK: Finding

  /// The place of a rule by its name, its place (`2` or `http[2]`), the name it serves (tls) or its port (`:3306`).
  package func place(of word: String) throws(EditProblem) -> Int {
    let named = rules.indices.filter { names(rules[$0], word) }
    if named.count == 1 { return named[0] }
    if named.count > 1 {
      let places = named.map { field($0) }.joined(separator: ", ")
      throw EditProblem(
        "DD0811", en: "\(named.count) rules are '\(word)'; say the place: \(places)",
        zh: "有 \(named.count) 条规则是 '\(word)'；请用位置指明：\(places)")
    }
    if let place = Self.number(word, kind) {
      if rules.indices.contains(place) { return place }
      throw EditProblem(
        "DD0812",
        en: rules.isEmpty
          ? "there is no \(field(place)): the object has no \(kind.rawValue) rules"
          : "there is no \(field(place)); places are 0 to \(rules.count - 1)",
        zh: rules.isEmpty
          ? "没有 \(field(place))：该对象没有 \(kind.rawValue) 规则" : "没有 \(field(place))；位置为 0 到 \(rules.count - 1)")
    }
    let known = rules.indices.map { shortName(of: $0) }.joined(separator: ", ")
    throw EditProblem(
      "DD0813", en: "no \(kind.rawValue) rule is '\(word)'; there are: \(known.isEmpty ? "none" : known)",
      zh: "没有名为 '\(word)' 的 \(kind.rawValue) 规则；已有：\(known.isEmpty ? "无" : known)")
  }

  /// The rule's name, or its place.
  package func shortName(of place: Int) -> String { rules[place].at(["name"])?.text ?? "\(place)" }

  private func names(_ rule: Value, _ word: String) -> Bool {
    let matches = rule.at(["match"])?.items ?? []
    switch kind {
    case .http: return rule.at(["name"])?.text == word
    case .tls: return matches.contains { $0.at(["sniHosts"])?.items.contains(.string(word)) ?? false }
    case .tcp:
      guard word.utf8.first == UInt8(ascii: ":"), let port = Int64(word.dropFirst()) else { return false }
      return matches.contains { $0.at(["port"])?.whole == port }
    }
  }

  private static func number(_ word: String, _ kind: RouteKind) -> Int? {
    let start = "\(kind.rawValue)["
    let isPath = word.utf8.starts(with: start.utf8) && word.utf8.last == UInt8(ascii: "]")
    let digits = isPath ? String(word.dropFirst(start.count).dropLast()) : word
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int(digits)
  }
}
