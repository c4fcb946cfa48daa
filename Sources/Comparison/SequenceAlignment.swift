/// The longest common subsequence of two lists, as pairs of places; both rise.
enum SequenceAlignment {
  static func matches<Element: Hashable>(_ old: [Element], _ new: [Element]) -> [(old: Int, new: Int)] {
    var start = 0
    while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
    var end = 0
    while end < old.count - start, end < new.count - start, old[old.count - 1 - end] == new[new.count - 1 - end] {
      end += 1
    }
    var result = (0..<start).map { (old: $0, new: $0) }
    result += middle(old, start..<old.count - end, new, start..<new.count - end)
    result += (0..<end).map { (old: old.count - end + $0, new: new.count - end + $0) }
    return result
  }

  /// What only one side has cannot match, and leaving it out first keeps two quite different lists cheap.
  private static func middle<Element: Hashable>(
    _ old: [Element], _ oldRange: Range<Int>, _ new: [Element], _ newRange: Range<Int>
  ) -> [(old: Int, new: Int)] {
    guard !oldRange.isEmpty, !newRange.isEmpty else { return [] }
    let inOld = Set(old[oldRange])
    let inNew = Set(new[newRange])
    let a = oldRange.filter { inNew.contains(old[$0]) }
    let b = newRange.filter { inOld.contains(new[$0]) }
    let difference = b.map { new[$0] }.difference(from: a.map { old[$0] })
    var gone = Set<Int>()
    var come = Set<Int>()
    for change in difference {
      switch change {
      case .remove(let offset, _, _): gone.insert(offset)
      case .insert(let offset, _, _): come.insert(offset)
      }
    }
    let keptOld = a.indices.filter { !gone.contains($0) }.map { a[$0] }
    let keptNew = b.indices.filter { !come.contains($0) }.map { b[$0] }
    return Array(zip(keptOld, keptNew)).map { (old: $0.0, new: $0.1) }
  }
}
