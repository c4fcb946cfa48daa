import Patterns

/// Texts that a regular expression matches as a whole, the shortest first.
package enum PatternExamples {
  /// At most this many are made up; each is tried on the pattern itself.
  private static let most = 24

  package static func texts(for pattern: String) -> [[UInt8]] {
    guard let tree = PatternReader.read(pattern), let compiled = try? Pattern(pattern) else { return [] }
    return examples(of: tree).filter { compiled.matches($0) }
  }

  /// The same for paths, which begin with a slash: `.*` and `.*[.]png` match such texts too.
  static func paths(for pattern: String) -> [[UInt8]] {
    guard let tree = PatternReader.read(pattern), let compiled = try? Pattern(pattern) else { return [] }
    let slash = UInt8(ascii: "/")
    let texts = examples(of: tree).flatMap { $0.first == slash ? [$0] : [[slash] + $0, [slash] + $0.dropFirst()] }
    return shortest(texts.filter { compiled.matches($0) })
  }

  static func matches(_ pattern: String, _ text: [UInt8]) -> Bool {
    (try? Pattern(pattern))?.matches(text) ?? false
  }

  private static func examples(of tree: PatternTree) -> [[UInt8]] {
    switch tree {
    case .text(let bytes): return [bytes]
    case .set(let ranges): return members(of: ranges)
    case .choice(let branches):
      // The first of every branch comes before the second of any.
      let lists = branches.map { examples(of: $0) }
      let longest = lists.map(\.count).max() ?? 0
      return shortest((0..<longest).flatMap { place in lists.filter { place < $0.count }.map { $0[place] } })
    case .sequence(let pieces):
      var texts: [[UInt8]] = [[]]
      for piece in pieces {
        let endings = examples(of: piece)
        texts = shortest(texts.flatMap { start in endings.map { start + $0 } })
      }
      return texts
    case .repetition(let piece, let least, let most):
      let inner = examples(of: piece)
      var texts: [[UInt8]] = []
      for count in least...(least + 2) where count <= most ?? Int.max {
        if count == 0 {
          texts.append([])
        } else {
          texts += inner.map { one in (0..<min(count, 2000)).flatMap { _ in one } }
        }
      }
      return shortest(texts)
    }
  }

  /// Characters that read well in a path or a header come first.
  private static func members(of ranges: [ClosedRange<UInt32>]) -> [[UInt8]] {
    let liked: [UInt8] = Array("ax01AZ-_./z9".utf8)
    var result = liked.filter { byte in ranges.contains { $0.contains(UInt32(byte)) } }.map { [$0] }
    if result.isEmpty {
      result = ranges.compactMap { Unicode.Scalar($0.lowerBound) }.map { Array(String($0).utf8) }
    }
    return Array(result.prefix(8))
  }

  /// Each once, by length, in the order given otherwise.
  private static func shortest(_ texts: [[UInt8]]) -> [[UInt8]] {
    var seen: Set<[UInt8]> = []
    let unique = texts.filter { seen.insert($0).inserted }
    let ordered = unique.enumerated().sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }
    return ordered.prefix(most).map(\.element)
  }
}
