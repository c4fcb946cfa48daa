import MeshModel

/// Pairs elements that are not equal but share much of what they say, or stand alone in each other's place, keeping
/// their order.
enum Resemblance {
  /// Longer gaps are paired place by place: a person reads no difference of that size field by field.
  static let largestTable = 40_000
  /// The share of leaves two elements must have in common to be taken for one, in percent.
  static let threshold = 40

  enum Manner {
    /// Much of what they say is the same.
    case alike
    case alikeOrInPlace
  }

  static func matches(_ old: [Value], _ new: [Value], _ manner: Manner) -> [(old: Int, new: Int)] {
    guard !old.isEmpty, !new.isEmpty else { return [] }
    guard old.count * new.count <= largestTable else {
      return (0..<min(old.count, new.count)).map { (old: $0, new: $0) }
    }
    let a = old.map(leaves)
    let b = new.map(leaves)
    var score = [Int](repeating: 0, count: old.count * new.count)
    for i in old.indices {
      for j in new.indices { score[i * new.count + j] = percent(a[i], b[j]) }
    }
    let pairs = best(score, old.count, new.count)
    switch manner {
    case .alike: return pairs
    case .alikeOrInPlace: return inPlace(pairs, old, new)
    }
  }

  /// Where as many elements came as went between two pairs, and they say the same sort of thing, each took the
  /// place of one: `exact: jason` became `exact: bob`.
  private static func inPlace(_ pairs: [(old: Int, new: Int)], _ old: [Value], _ new: [Value]) -> [(old: Int, new: Int)]
  {
    var result: [(old: Int, new: Int)] = []
    var a = 0
    var b = 0
    for pair in pairs + [(old: old.count, new: new.count)] {
      let count = pair.old - a
      if count == pair.new - b, (0..<count).allSatisfy({ isSameSort(old[a + $0], new[b + $0]) }) {
        for offset in 0..<count { result.append((old: a + offset, new: b + offset)) }
      }
      if pair.old < old.count { result.append(pair) }
      a = pair.old + 1
      b = pair.new + 1
    }
    return result
  }

  /// Both are scalars, or they have a leaf in the same place.
  private static func isSameSort(_ a: Value, _ b: Value) -> Bool {
    let places = Set(leaves(a).keys.map(\.keys))
    return leaves(b).keys.contains { places.contains($0.keys) }
  }

  /// The pairing with the highest sum of scores; both sides rise.
  private static func best(_ score: [Int], _ rows: Int, _ columns: Int) -> [(old: Int, new: Int)] {
    let width = columns + 1
    var table = [Int](repeating: 0, count: (rows + 1) * width)
    for i in stride(from: rows - 1, through: 0, by: -1) {
      for j in stride(from: columns - 1, through: 0, by: -1) {
        let skip = max(table[(i + 1) * width + j], table[i * width + j + 1])
        let gain = score[i * columns + j]
        let pair = gain >= threshold ? gain + table[(i + 1) * width + j + 1] : 0
        table[i * width + j] = max(skip, pair)
      }
    }
    var result: [(old: Int, new: Int)] = []
    var i = 0
    var j = 0
    while i < rows, j < columns {
      let gain = score[i * columns + j]
      if gain >= threshold, table[i * width + j] == gain + table[(i + 1) * width + j + 1] {
        result.append((old: i, new: j))
        i += 1
        j += 1
      } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return result
  }

  /// Every scalar of a value with the keys that lead to it, and how often it occurs.
  private static func leaves(_ value: Value) -> [Leaf: Int] {
    var found: [Leaf: Int] = [:]
    collect(value, [], &found)
    return found
  }

  private struct Leaf: Hashable {
    var keys: [String]
    var value: Value
  }

  private static func collect(_ value: Value, _ keys: [String], _ found: inout [Leaf: Int]) {
    switch value {
    case .object(let members) where !members.isEmpty:
      for member in members { collect(member.value, keys + [member.key], &found) }
    case .array(let elements) where !elements.isEmpty:
      for element in elements { collect(element, keys + ["[]"], &found) }
    case .null, .bool, .integer, .number, .string, .object, .array:
      found[Leaf(keys: keys, value: value), default: 0] += 1
    }
  }

  private static func percent(_ a: [Leaf: Int], _ b: [Leaf: Int]) -> Int {
    var shared = 0
    for (leaf, count) in a { shared += min(count, b[leaf] ?? 0) }
    let total = a.values.reduce(0, +) + b.values.reduce(0, +)
    return total == 0 ? 0 : 200 * shared / total
  }
}
