package import MeshModel

/// One field that differs between two objects.
package struct FieldDifference: Hashable, Sendable {
  package var path: FieldPath
  package var change: Change

  package enum Change: Hashable, Sendable {
    case added(Value)
    case removed(Value)
    case changed(from: Value, to: Value)
    /// The element stands in another order among its neighbours; its fields are told of on their own.
    case moved
  }

  package init(path: FieldPath, change: Change) {
    self.path = path
    self.change = change
  }

  package var from: Value? {
    switch change {
    case .removed(let value), .changed(let value, _): value
    case .added, .moved: nil
    }
  }

  package var to: Value? {
    switch change {
    case .added(let value), .changed(_, let value): value
    case .removed, .moved: nil
    }
  }

  /// What differs between two values, in the order of the newer one. The order of an object's members is no
  /// difference; the order of a list's elements is one.
  package static func between(_ old: Value, _ new: Value) -> [FieldDifference] {
    var found: [FieldDifference] = []
    compare(old, new, FieldPath(), &found)
    return found
  }

  private static func compare(_ old: Value, _ new: Value, _ path: FieldPath, _ found: inout [FieldDifference]) {
    switch (old, new) {
    case (.object(let a), .object(let b)):
      compareMembers(a, b, path, &found)
    case (.array(let a), .array(let b)):
      compareElements(a, b, path, &found)
    case (.null, _), (.bool, _), (.integer, _), (.number, _), (.string, _), (.array, _), (.object, _):
      guard old != new else { return }
      found.append(FieldDifference(path: path, change: .changed(from: old, to: new)))
    }
  }

  private static func compareMembers(
    _ old: [Value.Member], _ new: [Value.Member], _ path: FieldPath, _ found: inout [FieldDifference]
  ) {
    var left: [String: Value] = [:]
    for member in old { left[member.key] = member.value }
    for member in new {
      let place = path.member(member.key)
      guard let value = left.removeValue(forKey: member.key) else {
        found.append(FieldDifference(path: place, change: .added(member.value)))
        continue
      }
      compare(value, member.value, place, &found)
    }
    for member in old where left[member.key] != nil {
      found.append(FieldDifference(path: path.member(member.key), change: .removed(member.value)))
    }
  }

  private static func compareElements(
    _ old: [Value], _ new: [Value], _ path: FieldPath, _ found: inout [FieldDifference]
  ) {
    guard old != new else { return }
    let matching = ElementMatching(old, new)
    for pair in matching.pairs {
      let place = path.element(pair.element)
      switch (pair.element.old, pair.element.new) {
      case (let a?, let b?):
        if pair.isMoved { found.append(FieldDifference(path: place, change: .moved)) }
        compare(old[a], new[b], place, &found)
      case (let a?, nil): found.append(FieldDifference(path: place, change: .removed(old[a])))
      case (nil, let b?): found.append(FieldDifference(path: place, change: .added(new[b])))
      case (nil, nil): break
      }
    }
  }
}
