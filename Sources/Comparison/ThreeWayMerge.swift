package import MeshModel

/// Two changes of one value put together: what only one side changed is taken from it, what both changed alike is
/// taken once, and what they changed differently is told. Nothing is guessed.
package enum ThreeWayMerge {
  package enum Outcome: Hashable, Sendable {
    /// nil: the value is gone.
    case merged(Value?)
    /// Never empty.
    case conflicts([Conflict])
  }

  /// A place where both sides changed something and cannot both have their way.
  package struct Conflict: Hashable, Sendable {
    /// Places count in the base and in theirs.
    package var path: FieldPath
    package var reason: Reason
    /// nil: not there.
    package var base: Value?
    package var ours: Value?
    package var theirs: Value?

    package enum Reason: String, Hashable, Sendable, CaseIterable {
      /// Both have another value there, or one has none any more.
      case values
      /// Both put elements into one place of a list whose order counts.
      case place
      /// Both put the list into another order.
      case order
    }
  }

  /// `nil` stands for "not there". Elements of a list that have a member called `mark`, in the base and in ours, are
  /// the same ones where its values are: whoever made both knows better than their resemblance. It is no content.
  package static func merge(base: Value?, ours: Value?, theirs: Value?, mark: String? = nil) -> Outcome {
    var merge = Merge(mark: mark)
    let result = merge.combine(base, ours, theirs, FieldPath())
    guard merge.conflicts.isEmpty else {
      return .conflicts(
        merge.conflicts.map { conflict in
          var conflict = conflict
          conflict.base = merge.bare(conflict.base)
          conflict.ours = merge.bare(conflict.ours)
          return conflict
        })
    }
    return .merged(merge.bare(result))
  }

  /// Whether two values say the same: the order of members does not count.
  package static func isSame(_ a: Value?, _ b: Value?) -> Bool {
    switch (a, b) {
    case (nil, nil): return true
    case (.object(let a)?, .object(let b)?):
      guard a.count == b.count else { return false }
      if a == b { return true }
      var left: [String: Value] = [:]
      for member in a { left[member.key] = member.value }
      return b.allSatisfy { left[$0.key] != nil && isSame(left[$0.key], $0.value) }
    case (.array(let a)?, .array(let b)?):
      return a.count == b.count && zip(a, b).allSatisfy { isSame($0, $1) }
    case (let a, let b): return a == b
    }
  }
}

/// One merge under way.
private struct Merge {
  let mark: String?
  var conflicts: [ThreeWayMerge.Conflict] = []

  init(mark: String?) { self.mark = mark }

  /// The value without marks.
  func bare(_ value: Value?) -> Value? {
    guard let mark, let value else { return value }
    return Self.bare(value, mark)
  }

  private static func bare(_ value: Value, _ mark: String) -> Value {
    switch value {
    case .object(let members):
      .object(members.filter { $0.key != mark }.map { .init(key: $0.key, value: bare($0.value, mark)) })
    case .array(let elements): .array(elements.map { bare($0, mark) })
    case .null, .bool, .integer, .number, .string: value
    }
  }

  private func isSame(_ a: Value?, _ b: Value?) -> Bool { ThreeWayMerge.isSame(bare(a), bare(b)) }

  mutating func combine(_ base: Value?, _ ours: Value?, _ theirs: Value?, _ path: FieldPath) -> Value? {
    if isSame(base, ours) { return theirs }
    if isSame(base, theirs) || isSame(ours, theirs) { return ours }
    switch (base, ours, theirs) {
    case (.object(let base)?, .object(let ours)?, .object(let theirs)?):
      return members(base, ours, theirs, path)
    case (nil, .object(let ours)?, .object(let theirs)?):
      return members([], ours, theirs, path)
    case (.array(let base)?, .array(let ours)?, .array(let theirs)?):
      return elements(base, ours, theirs, path)
    case (_, _, _):
      report(.values, path, base, ours, theirs)
      return theirs
    }
  }

  private mutating func report(
    _ reason: ThreeWayMerge.Conflict.Reason, _ path: FieldPath, _ base: Value?, _ ours: Value?, _ theirs: Value?
  ) {
    conflicts.append(.init(path: path, reason: reason, base: base, ours: ours, theirs: theirs))
  }

  /// In their order, and behind them what only we have.
  private mutating func members(
    _ base: [Value.Member], _ ours: [Value.Member], _ theirs: [Value.Member], _ path: FieldPath
  ) -> Value {
    let (old, mine, other) = (Value.object(base), Value.object(ours), Value.object(theirs))
    var result: [Value.Member] = []
    var keys = theirs.map(\.key)
    var known = Set(keys)
    for member in ours + base where known.insert(member.key).inserted { keys.append(member.key) }
    for key in keys {
      guard let value = combine(old[key], mine[key], other[key], path.member(key)) else { continue }
      result.append(.init(key: key, value: value))
    }
    return .object(result)
  }
}

// Lists.
extension Merge {
  /// One side's list as changes of the base: what became of each old element, and what came after which.
  private struct Side {
    var values: [Value]
    /// Places of the base's elements in the list.
    var places: [Int: Int] = [:]
    var names: [Int: String] = [:]
    var added: [Int: String?] = [:]

    init(_ base: [Value], _ values: [Value], mark: String?) {
      self.values = values
      if let mark, let old = Self.marks(base, mark), let new = Self.marks(values, mark) {
        for (place, value) in new.enumerated() {
          if let from = old.firstIndex(of: value) { places[from] = place } else { added[place] = .some(nil) }
        }
        return
      }
      for pair in ElementMatching(base, values).pairs {
        switch (pair.element.old, pair.element.new) {
        case (let old?, let new?):
          places[old] = new
          names[old] = pair.element.name
        case (nil, let new?): added[new] = .some(pair.element.name)
        case (let old?, nil): names[old] = pair.element.name
        case (nil, nil): break
        }
      }
    }

    /// nil unless every element has a mark.
    private static func marks(_ values: [Value], _ mark: String) -> [Value]? {
      let marks = values.compactMap { $0[mark] }
      return marks.count == values.count ? marks : nil
    }

    func order(of kept: [Int]) -> [Int] { kept.sorted { (places[$0] ?? 0) < (places[$1] ?? 0) } }

    /// What was added, by the kept element that it stands behind; -1 stands for the front.
    func additions(behind kept: [Int]) -> [Int: [Int]] {
      var owners: [Int: Int] = [:]
      for old in kept { if let place = places[old] { owners[place] = old } }
      var last = -1
      var result: [Int: [Int]] = [:]
      for place in values.indices {
        if let owner = owners[place] { last = owner }
        if added[place] != nil { result[last, default: []].append(place) }
      }
      return result
    }
  }

  /// Lists whose elements' order says nothing.
  private static let unordered: Set<String> = [
    "subsets", "hosts", "gateways", "exportTo", "servers", "ports", "addresses", "endpoints", "sniHosts",
  ]

  private mutating func elements(
    _ base: [Value], _ ours: [Value], _ theirs: [Value], _ path: FieldPath
  ) -> Value {
    let mine = Side(base, ours, mark: mark)
    let other = Side(base.compactMap { bare($0) }, theirs, mark: nil)
    var isOrdered = true
    if case .member(let key) = path.steps.last { isOrdered = !Self.unordered.contains(key) }

    var merged: [Int: Value] = [:]
    for place in base.indices {
      let name = other.names[place] ?? mine.names[place]
      let element = FieldPath.Element(old: place, new: other.places[place], name: name)
      let value = combine(
        base[place], mine.places[place].map { ours[$0] }, other.places[place].map { theirs[$0] }, path.element(element))
      if let value { merged[place] = value }
    }
    // Elements that both sides still have.
    let common = base.indices.filter { mine.places[$0] != nil && other.places[$0] != nil }
    let (ourOrder, theirOrder) = (mine.order(of: common), other.order(of: common))
    let isOursMoved = ourOrder != common
    if isOursMoved, theirOrder != common, ourOrder != theirOrder, isOrdered {
      report(.order, path, .array(base), .array(ours), .array(theirs))
    }
    let order = isOursMoved ? ourOrder : theirOrder
    let ourAdditions = mine.additions(behind: common)
    let theirAdditions = other.additions(behind: common)

    var result: [Value] = []
    var taken: Set<Int> = []
    for owner in [-1] + order {
      if owner >= 0, let value = merged[owner] { result.append(value) }
      let a = ourAdditions[owner] ?? []
      let b = theirAdditions[owner] ?? []
      for place in b {
        guard let twin = twin(of: place, other, in: mine, taken) else {
          result.append(theirs[place])
          continue
        }
        taken.insert(twin)
        let element = FieldPath.Element(old: nil, new: place, name: other.added[place] ?? nil)
        let isSamePlace = !isOrdered || a.contains(twin)
        if !isSamePlace { report(.place, path.element(element), nil, ours[twin], theirs[place]) }
        if let value = combine(nil, ours[twin], theirs[place], path.element(element)) { result.append(value) }
      }
      let rest = a.filter { twinInTheirs(of: $0, mine, other) == nil }
      if isOrdered, !rest.isEmpty, b.contains(where: { twin(of: $0, other, in: mine, []) == nil }) {
        report(.place, path, nil, .array(a.map { ours[$0] }), .array(b.map { theirs[$0] }))
      }
      result += rest.map { ours[$0] }
    }
    return .array(result)
  }

  /// The element that the other side added under the same name, or saying the same.
  private func twin(of place: Int, _ side: Side, in other: Side, _ taken: Set<Int>) -> Int? {
    for candidate in other.added.keys.sorted() where !taken.contains(candidate) {
      if let name = side.added[place] ?? nil, let its = other.added[candidate] ?? nil {
        if name == its { return candidate }
      } else if isSame(side.values[place], other.values[candidate]) {
        return candidate
      }
    }
    return nil
  }

  private func twinInTheirs(of place: Int, _ ours: Side, _ theirs: Side) -> Int? {
    twin(of: place, ours, in: theirs, [])
  }
}
