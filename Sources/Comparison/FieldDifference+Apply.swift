package import MeshModel

extension FieldDifference {
  /// The newer value from the older one and what differs; nil when the differences belong to another value.
  package static func apply(_ differences: [FieldDifference], to value: Value) -> Value? {
    apply(differences.map { Remaining(steps: $0.path.steps[...], change: $0.change) }, to: value)
  }

  private struct Remaining {
    var steps: ArraySlice<FieldPath.Step>
    var change: Change
  }

  private static func apply(_ differences: [Remaining], to value: Value) -> Value? {
    guard let first = differences.first else { return value }
    if first.steps.isEmpty {
      guard differences.count == 1, case .changed(let from, let to) = first.change, from == value else { return nil }
      return to
    }
    switch value {
    case .object(let members): return apply(differences, toMembers: members)
    case .array(let elements): return apply(differences, toElements: elements)
    case .null, .bool, .integer, .number, .string: return nil
    }
  }

  private static func apply(_ differences: [Remaining], toMembers members: [Value.Member]) -> Value? {
    var groups: [String: [Remaining]] = [:]
    var order: [String] = []
    for difference in differences {
      guard case .member(let key) = difference.steps.first else { return nil }
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(Remaining(steps: difference.steps.dropFirst(), change: difference.change))
    }
    var result: [Value.Member] = []
    for member in members {
      guard let group = groups.removeValue(forKey: member.key) else {
        result.append(member)
        continue
      }
      if group.count == 1, group[0].steps.isEmpty, case .removed(let old) = group[0].change {
        guard old == member.value else { return nil }
        continue
      }
      guard let value = apply(group, to: member.value) else { return nil }
      result.append(Value.Member(key: member.key, value: value))
    }
    for key in order {
      guard let group = groups[key] else { continue }
      guard group.count == 1, group[0].steps.isEmpty, case .added(let value) = group[0].change else { return nil }
      result.append(Value.Member(key: key, value: value))
    }
    return .object(result)
  }

  private static func apply(_ differences: [Remaining], toElements elements: [Value]) -> Value? {
    var removed: Set<Int> = []
    var placed: [Int: Value] = [:]
    var groups: [FieldPath.Element: [Remaining]] = [:]
    var order: [FieldPath.Element] = []
    for difference in differences {
      guard case .element(let element) = difference.steps.first else { return nil }
      if groups[element] == nil { order.append(element) }
      groups[element, default: []].append(Remaining(steps: difference.steps.dropFirst(), change: difference.change))
    }
    var taken: Set<Int> = []
    for element in order {
      let group = groups[element] ?? []
      switch (element.old, element.new) {
      case (let old?, nil):
        guard elements.indices.contains(old) else { return nil }
        removed.insert(old)
      case (nil, let new?):
        guard case .added(let value) = group.first?.change else { return nil }
        placed[new] = value
      case (let old?, let new?):
        guard elements.indices.contains(old) else { return nil }
        let inner = group.filter { !($0.steps.isEmpty && $0.change == .moved) }
        guard let value = apply(inner, to: elements[old]) else { return nil }
        taken.insert(old)
        placed[new] = value
      case (nil, nil): return nil
      }
    }
    // What nothing was said of keeps its order in the places that are left.
    let rest = elements.indices.filter { !removed.contains($0) && !taken.contains($0) }
    var next = rest.makeIterator()
    var result: [Value] = []
    for place in 0..<(rest.count + placed.count) {
      if let value = placed[place] {
        result.append(value)
      } else {
        guard let old = next.next() else { return nil }
        result.append(elements[old])
      }
    }
    return .array(result)
  }
}
