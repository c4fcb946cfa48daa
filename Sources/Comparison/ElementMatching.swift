package import MeshModel

/// Which element of an old list became which of a new one.
package struct ElementMatching {
  package struct Pair {
    package var element: FieldPath.Element
    /// Set where a neighbour overtook the element.
    package var isMoved = false
  }

  /// In the order of the new list; a removed element stands behind the last kept one before it.
  package private(set) var pairs: [Pair] = []

  package init(_ old: [Value], _ new: [Value]) {
    if let (a, b) = Self.identities(old, new) {
      matchByName(a, b, Self.renamed(a, b, old, new))
    } else {
      matchByContent(old, new)
    }
  }

  /// The paths that the API names list elements by, the most telling first.
  private static let identityPaths: [[[String]]] = [
    [["name"]], [["destination", "host"], ["destination", "subset"], ["destination", "port", "number"]], [["host"]],
    [["port", "name"]], [["port", "number"]], [["number"]], [["address"]], [["ip"]], [["uid"]], [["issuer"]],
    [["from"]],
  ]

  /// Names for every element of both lists, when one way of naming gives all of them different ones.
  private static func identities(_ old: [Value], _ new: [Value]) -> ([String], [String])? {
    for paths in identityPaths {
      guard let a = names(old, paths), let b = names(new, paths) else { continue }
      return (a, b)
    }
    return nil
  }

  private static func names(_ values: [Value], _ paths: [[String]]) -> [String]? {
    var names: [String] = []
    for value in values {
      guard let name = name(value, paths) else { return nil }
      names.append(name)
    }
    return Set(names).count == names.count ? names : nil
  }

  /// The first path must lead to a text or a number; later ones add to it where they are there.
  private static func name(_ value: Value, _ paths: [[String]]) -> String? {
    var parts: [String] = []
    for (index, path) in paths.enumerated() {
      var here: Value? = value
      for key in path { here = here?[key] }
      switch here {
      case .string(let text) where !text.isEmpty: parts.append(text)
      case .integer(let number): parts.append(String(number))
      case .string, .null, .bool, .number, .array, .object, nil:
        if index == 0 { return nil }
      }
    }
    return parts.joined(separator: "/")
  }

  /// Elements under another name that otherwise say much the same, by their new places: both stand between the same
  /// neighbours.
  private static func renamed(_ a: [String], _ b: [String], _ old: [Value], _ new: [Value]) -> [Int: Int] {
    let (before, after) = (Set(a), Set(b))
    var found: [Int: Int] = [:]
    var fromOld = 0
    var fromNew = 0
    for match in SequenceAlignment.matches(a, b) + [(old: a.count, new: b.count)] {
      let gone = (fromOld..<match.old).filter { !after.contains(a[$0]) }
      let come = (fromNew..<match.new).filter { !before.contains(b[$0]) }
      for pair in Resemblance.matches(gone.map { old[$0] }, come.map { new[$0] }, .alike) {
        found[come[pair.new]] = gone[pair.old]
      }
      fromOld = match.old + 1
      fromNew = match.new + 1
    }
    return found
  }

  private mutating func matchByName(_ old: [String], _ new: [String], _ renamed: [Int: Int]) {
    var places: [String: Int] = [:]
    for (place, name) in old.enumerated() { places[name] = place }
    let kept = Set(SequenceAlignment.matches(old, new).map(\.new))
    let names = Set(new)
    let paired = Set(renamed.values)
    var removed = old.indices.filter { !names.contains(old[$0]) && !paired.contains($0) }[...]
    for (place, name) in new.enumerated() {
      let from = places[name]
      if let from, kept.contains(place) {
        while let gone = removed.first, gone < from {
          pairs.append(Pair(element: .init(old: gone, new: nil, name: old[gone])))
          removed.removeFirst()
        }
      }
      if from == nil, let was = renamed[place] {
        // Neither name fits both.
        pairs.append(Pair(element: .init(old: was, new: place, name: nil)))
        continue
      }
      let isMoved = from != nil && !kept.contains(place)
      pairs.append(Pair(element: .init(old: from, new: place, name: name), isMoved: isMoved))
    }
    for gone in removed { pairs.append(Pair(element: .init(old: gone, new: nil, name: old[gone]))) }
  }

  /// Equal elements match as the longest common subsequence; between them, those that resemble each other.
  private mutating func matchByContent(_ old: [Value], _ new: [Value]) {
    var fromOld = 0
    var fromNew = 0
    for match in SequenceAlignment.matches(old, new) + [(old: old.count, new: new.count)] {
      matchGap(old, fromOld..<match.old, new, fromNew..<match.new)
      if match.old < old.count { pairs.append(Pair(element: .init(old: match.old, new: match.new, name: nil))) }
      fromOld = match.old + 1
      fromNew = match.new + 1
    }
  }

  private mutating func matchGap(_ old: [Value], _ oldRange: Range<Int>, _ new: [Value], _ newRange: Range<Int>) {
    let alike = Resemblance.matches(Array(old[oldRange]), Array(new[newRange]), .alikeOrInPlace)
    var a = oldRange.lowerBound
    var b = newRange.lowerBound
    for match in alike + [(old: oldRange.count, new: newRange.count)] {
      while a < oldRange.lowerBound + match.old {
        pairs.append(Pair(element: .init(old: a, new: nil, name: nil)))
        a += 1
      }
      while b < newRange.lowerBound + match.new {
        pairs.append(Pair(element: .init(old: nil, new: b, name: nil)))
        b += 1
      }
      guard a < oldRange.upperBound, b < newRange.upperBound else { continue }
      pairs.append(Pair(element: .init(old: a, new: b, name: nil)))
      a += 1
      b += 1
    }
  }
}
