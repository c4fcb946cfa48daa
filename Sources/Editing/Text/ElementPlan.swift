import Comparison
import MeshModel

/// What becomes of the elements of a mapping or list, in the order they will be written.
struct ElementPlan {
  enum Step {
    case keep(old: Int, Value)
    case drop(old: Int)
    /// `replacing` is the element whose place it takes, when that goes.
    case add(key: String?, Value, replacing: Int?)
  }

  private(set) var steps: [Step] = []

  /// Members keep the order they are written in; a new one goes behind the member it follows in the new content.
  init(keys: [String], to new: [Value.Member]) {
    var added: [Int?: [Value.Member]] = [:]
    var previous: Int?
    for member in new {
      if let old = keys.firstIndex(where: { $0.utf8.elementsEqual(member.key.utf8) }) {
        previous = old
      } else {
        added[previous, default: []].append(member)
      }
    }
    append(added[nil])
    for (old, key) in keys.enumerated() {
      if let value = new.member(key) { steps.append(.keep(old: old, value)) } else { steps.append(.drop(old: old)) }
      append(added[old])
    }
    pairReplacement()
  }

  init(items old: [Value], to new: [Value]) {
    var sources = [Int?](repeating: nil, count: new.count)
    var gone: [Int] = []
    // Removed elements by the new place they stood before.
    var order: [(new: Int?, old: Int?)] = []
    for pair in ElementMatching(old, new).pairs {
      order.append((pair.element.new, pair.element.old))
      if let place = pair.element.new {
        sources[place] = pair.element.old
      } else if let was = pair.element.old {
        gone.append(was)
      }
    }
    // What is the same elsewhere was moved.
    for (place, source) in sources.enumerated() where source == nil {
      guard let found = gone.firstIndex(where: { old[$0].saysTheSame(as: new[place]) }) else { continue }
      sources[place] = gone.remove(at: found)
    }
    let dropped = Set(gone)
    for (place, was) in order {
      if let place {
        if let source = sources[place] {
          steps.append(.keep(old: source, new[place]))
        } else {
          steps.append(.add(key: nil, new[place], replacing: nil))
        }
      } else if let was, dropped.contains(was) {
        steps.append(.drop(old: was))
      }
    }
    pairNeighbours(old)
  }

  private mutating func append(_ members: [Value.Member]?) {
    for member in members ?? [] { steps.append(.add(key: member.key, member.value, replacing: nil)) }
  }

  /// The only member went and another came: `exact` became `prefix`.
  private mutating func pairReplacement() {
    guard steps.count == 2, case .add(let key, let value, nil) = steps[0], case .drop(let old) = steps[1] else {
      return
    }
    steps = [.add(key: key, value, replacing: old)]
  }

  /// An item that went and one that came in its place, about the same thing: `uri: {exact: …}` and `uri: {prefix: …}`.
  private mutating func pairNeighbours(_ old: [Value]) {
    for place in steps.indices.dropFirst().reversed() {
      guard steps.indices.contains(place) else { continue }
      let pair: (old: Int, new: Value)
      switch (steps[place - 1], steps[place]) {
      case (.drop(let gone), .add(_, let value, _)), (.add(_, let value, _), .drop(let gone)): pair = (gone, value)
      case (.keep, _), (.drop, _), (.add, _): continue
      }
      guard Self.shareAnObject(old[pair.old], pair.new) else { continue }
      steps[place - 1] = .keep(old: pair.old, pair.new)
      steps.remove(at: place)
    }
  }

  private static func shareAnObject(_ a: Value, _ b: Value) -> Bool {
    guard case .object(let members) = a, case .object(let others) = b else { return false }
    return members.contains { member in
      guard case .object = member.value, case .object = others.member(member.key) else { return false }
      return true
    }
  }
}
