import YAML

/// Values from a seed, with texts that tempt a writer into mistakes.
struct SeededRandom {
  var state: UInt64

  mutating func next(below bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }

  mutating func node(depth: Int) -> Node {
    switch next(below: depth > 0 ? 10 : 6) {
    case 0: return .null
    case 1: return .bool(next(below: 2) == 0)
    case 2: return .int(Int64(bitPattern: state) >> Int64(next(below: 64)))
    case 3: return .float(Double(Int64(bitPattern: state)) / Double(1 << next(below: 50)))
    case 4, 5: return .string(text())
    case 6, 7: return .sequence((0..<next(below: 4)).map { _ in node(depth: depth - 1) })
    default:
      var names: [String] = []
      for _ in 0..<next(below: 5) {
        let name = text()
        if !names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { names.append(name) }
      }
      return .mapping(names.map { ($0, node(depth: depth - 1)) })
    }
  }

  private static let pieces = [
    "a", "b", " ", "  ", "\n", "\n\n", ": ", " #", "- ", ":", "-", "'", "\"", "\\", "\t", "{", "}", "[", "]", ",", "&",
    "*", "!", "|",
    ">", "%", "@", "`", "?", "~", "yes", "null", "0", "1", "07", "0x", "1e3", ".", "...", "---", "_", "<<", "=", "é",
    "e\u{301}",
    "日", "😀", "\u{0}", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}", "\u{FEFF}", "\u{FFFE}", "\r", "\r\n", "\u{1B}",
    "\u{10FFFF}", "2001-12-14", "x y", "/",
  ]

  mutating func text() -> String {
    if next(below: 40) == 0 { return String(repeating: Self.pieces[next(below: Self.pieces.count)], count: 1500) }
    return (0..<next(below: 6)).map { _ in Self.pieces[next(below: Self.pieces.count)] }.joined()
  }
}
