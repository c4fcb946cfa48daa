package import MeshModel

/// One rule while flags change it.
package struct RuleDraft: Sendable {
  package let kind: RouteKind
  package private(set) var rule: Value
  /// As messages name the rule: `http[2]`.
  package let field: String
  /// The match that flags about matches change.
  var match: Value
  private let matchPlace: Int
  private var touchesMatch = false
  /// One of several matches shall go.
  private var dropsMatch = false

  /// Which of a rule's matches is meant.
  package enum MatchChoice: Hashable, Sendable {
    /// The only one.
    case only
    case place(Int)
    /// One more, besides those there are.
    case another
  }

  package init(_ rule: Value, kind: RouteKind, field: String, choice: MatchChoice) throws(EditProblem) {
    self.kind = kind
    self.rule = rule
    self.field = field
    let matches = rule.at(["match"])?.items ?? []
    isAmbiguous = choice == .only && matches.count > 1
    if choice == .another, matches.isEmpty, rule.at(["route"]) != nil {
      throw EditProblem(
        "DD0819", field: "\(field).match",
        en: "\(field) takes everything, and one more match would narrow it; leave --or away if that is meant",
        zh: "\(field) 匹配全部请求，再加匹配条件会缩小范围；如确有此意请去掉 --or")
    }
    switch choice {
    case .only: matchPlace = 0
    case .another: matchPlace = matches.count
    case .place(let place):
      guard matches.indices.contains(place) else {
        throw EditProblem(
          "DD0814", field: "\(field).match",
          en: matches.isEmpty
            ? "\(field) has no matches" : "there is no \(field).match[\(place)]; places are 0 to \(matches.count - 1)",
          zh: matches.isEmpty ? "\(field) 没有匹配条件" : "没有 \(field).match[\(place)]；位置为 0 到 \(matches.count - 1)")
      }
      matchPlace = place
    }
    match = matches.indices.contains(matchPlace) ? matches[matchPlace] : .emptyObject
  }

  private let isAmbiguous: Bool

  package mutating func set(_ path: [String], to value: Value?) { rule.set(path, to: value) }

  mutating func change(_ body: (inout Value, String) throws(EditProblem) -> Void) throws(EditProblem) {
    try body(&rule, field)
  }

  mutating func setMatch(_ path: [String], to value: Value?) throws(EditProblem) {
    if isAmbiguous {
      let count = rule.at(["match"])?.items.count ?? 0
      throw EditProblem(
        "DD0815", field: "\(field).match",
        en: "\(field) has \(count) matches; say which with --match 0 to \(count - 1), or add one with --or",
        zh: "\(field) 有 \(count) 个匹配条件；请用 --match 0 到 \(count - 1) 指明，或用 --or 新增")
    }
    match.set(path, to: value)
    touchesMatch = true
  }

  /// A path such as `timeout` or `match.headers.end-user`.
  package mutating func unset(_ path: String) throws(EditProblem) {
    let keys = path.utf8.split(separator: UInt8(ascii: ".")).map { String(Substring($0)) }
    guard let first = keys.first else { return }
    if first == "match", keys.count > 1 {
      let inner = Array(keys.dropFirst())
      guard match.at(inner) != nil else { throw missing(path) }
      try setMatch(inner, to: nil)
    } else if first == "match", (rule.at(["match"])?.items.count ?? 0) > 1 {
      // One of several.
      for key in match.members.map(\.key) { try setMatch([key], to: nil) }
      dropsMatch = true
    } else {
      guard rule.at(keys) != nil else { throw missing(path) }
      rule.set(keys, to: nil)
      if first == "match" { match = .emptyObject }
    }
  }

  private func missing(_ path: String) -> EditProblem {
    let known = rule.members.map(\.key).joined(separator: ", ")
    return EditProblem(
      "DD0816", field: field, en: "\(field) has no '\(path)'; it has: \(known)", zh: "\(field) 没有 '\(path)'；已有：\(known)"
    )
  }

  /// Takes everything.
  package mutating func takeEverything() {
    rule.set(["match"], to: nil)
    match = .emptyObject
    touchesMatch = false
  }

  /// The rule with its match put back.
  package var finished: Value {
    get throws(EditProblem) {
      guard touchesMatch else { return rule }
      var matches = rule.at(["match"])?.items ?? []
      if match == .emptyObject {
        guard dropsMatch else { throw unconditional }
        matches.remove(at: matchPlace)
      } else if matches.indices.contains(matchPlace) {
        matches[matchPlace] = match
      } else {
        matches.append(match)
      }
      var result = rule
      if rule.at(["match"]) == nil {
        // Where people look for it: behind the name, before everything else.
        var members = rule.members
        let place = members.first?.key == "name" ? 1 : 0
        members.insert(Value.Member(key: "match", value: .array(matches)), at: place)
        return .object(members)
      }
      result.set(["match"], to: .array(matches))
      return result
    }
  }

  /// A match that lost its last condition matches everything, which nobody asked for.
  private var unconditional: EditProblem {
    let name = "\(field).match[\(matchPlace)]"
    return EditProblem(
      "DD0820", field: name,
      en: "\(name) would have no condition left and take everything; say --any, or --unset match, if that is meant",
      zh: "\(name) 将不再有条件而匹配全部请求；如确有此意请用 --any 或 --unset match")
  }

  /// The rule as it stands, refused where it contradicts itself.
  package var checked: Value {
    get throws(EditProblem) {
      try RouteWeights.check(rule, field)
      return try finished
    }
  }
}
