/// How far a misspelt word is from a good one.
package enum Similarity {
  /// Insertions, deletions, replacements and swaps of neighbours that turn one into the other, by bytes.
  package static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a.utf8)
    let b = Array(b.utf8)
    guard a.count <= 256, b.count <= 256 else { return Int.max }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for (row, byte) in a.enumerated() {
      var current = [row + 1]
      for (column, other) in b.enumerated() {
        var best = min(last[column + 1] + 1, current[column] + 1, last[column] + (byte == other ? 0 : 1))
        if row > 0, column > 0, byte == b[column - 1], a[row - 1] == other {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[b.count]
  }

  /// The word that was most likely meant: at most a third of its letters differ. Ties go to the earlier one.
  package static func closest(to word: String, among words: [String]) -> String? {
    var best: (word: String, distance: Int)?
    for candidate in words {
      let distance = distance(word, candidate)
      if distance <= max(1, candidate.utf8.count / 3), distance < best?.distance ?? Int.max {
        best = (candidate, distance)
      }
    }
    return best?.word
  }
}
