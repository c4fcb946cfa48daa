import MeshModel

/// Other orders of the rules of a list: the first that matches is taken.
extension RouteRules {
  /// These first, in this order; all others behind them as they were.
  package mutating func sort(_ places: [Int]) {
    let old = rules
    let rest = old.indices.filter { !places.contains($0) }
    rules = (places + rest).map { old[$0] }
  }

  /// One rule to before or behind another.
  package mutating func move(_ place: Int, _ side: Side, _ other: Int) {
    guard place != other else { return }
    var order = Array(rules.indices)
    order.removeAll { $0 == place }
    let target = order.firstIndex(of: other) ?? 0
    order.insert(place, at: side == .before ? target : target + 1)
    sort(order)
  }

  package enum Side: Sendable { case before, after }

  /// The most particular first: exact paths, long prefixes, patterns, then whatever asks for more besides.
  ///
  /// Rules that are alike in this keep their order, so sorting twice is sorting once.
  package mutating func sortByParticularity() {
    let ranks = rules.map(Self.rank)
    sort(rules.indices.sorted { a, b in ranks[a] == ranks[b] ? a < b : ranks[b].lexicographicallyPrecedes(ranks[a]) })
  }

  /// Higher is more particular; of several matches the least particular counts.
  private static func rank(_ rule: Value) -> [Int] {
    let matches = rule.at(["match"])?.items ?? []
    let ranks = matches.map { match -> [Int] in
      var path = [0, 0]
      if match.at(["uri", "exact"]) != nil { path = [3, 0] }
      if let prefix = match.at(["uri", "prefix"])?.text { path = [prefix == "/" ? 0 : 2, prefix.utf8.count] }
      if match.at(["uri", "regex"]) != nil { path = [1, 0] }
      let names = match.at(["sniHosts"])?.items.compactMap(\.text) ?? []
      if let wild = names.map({ $0.utf8.first == UInt8(ascii: "*") ? $0.utf8.count : 1_000 }).min() {
        path = [2, wild]
      }
      return path + [conditions(match)]
    }
    return ranks.min { $0.lexicographicallyPrecedes($1) } ?? [-1, 0, 0]
  }

  private static func conditions(_ match: Value) -> Int {
    var count = 0
    for member in match.members where !["uri", "name", "sniHosts", "ignoreUriCase", "statPrefix"].contains(member.key) {
      count += max(1, max(member.value.members.count, member.value.items.count))
    }
    return count
  }
}
