/// Damages a text: what editors, templates and hostile hands do to YAML.
struct TextNoise {
  private static let pieces: [String] = [
    "---\n", "...\n", "%YAML 1.1\n", "&a ", "*a", "*missing", "<<: *a\n", "!!int ", "!!binary ", "!x ", "? ", ": ",
    "- ",
    "|\n", ">-\n", "\t", "\r\n", "\r", "\u{feff}", "\u{2028}", "\u{85}", "e\u{301}", "\u{1f469}\u{200d}\u{1f680}",
    "\u{202e}", "\"", "'", "{", "}", "[", "]", ",", "#", " # drydock: allow DD1042\n", "# drydock: allow *\n", "~",
    "null",
    "\\u0000", "\\x", "%", "@", "`", "0x", "1e999", "-0", ".nan", "kind: List\nitems:\n", "{{ .Values.x }}",
  ]

  static func apply(_ text: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var text = text
    for _ in 0...random.below(4) { change(&text, &random) }
    return text
  }

  private static func change(_ text: inout [UInt8], _ random: inout SeededRandom) {
    let place = random.below(text.count + 1)
    switch random.below(9) {
    case 0:
      if place < text.count { text[place] = UInt8(random.below(256)) }
    case 1:
      text.insert(contentsOf: Array(random.pick(pieces).utf8), at: place)
    case 2:
      text.removeSubrange(place..<min(text.count, place + random.below(40)))
    case 3:
      let line = lineBounds(text, place)
      // Of a file of one long line 300 copies would fill the memory of this program, and not of the checked one.
      let copies = random.below(8) == 0 ? min(300, (1 << 20) / (line.count + 1) + 1) : 1
      let copied = Array(text[line])
      text.insert(contentsOf: (0..<copies).flatMap { _ in copied }, at: line.upperBound)
    case 4:
      let line = lineBounds(text, place)
      text.insert(contentsOf: [UInt8](repeating: 0x20, count: 1 + random.below(5)), at: line.lowerBound)
    case 5:
      let line = lineBounds(text, place)
      if text[line].prefix(2).elementsEqual("  ".utf8) {
        text.removeSubrange(line.lowerBound..<line.lowerBound + 2)
      }
    case 6:
      text.removeSubrange(place...)
    case 7:
      text.insert(contentsOf: (0..<random.below(12)).map { _ in UInt8(random.below(256)) }, at: place)
    default:
      let line = lineBounds(text, place)
      let moved = Array(text[line])
      text.removeSubrange(line)
      let other = lineBounds(text, random.below(text.count + 1))
      text.insert(contentsOf: moved, at: other.lowerBound)
    }
  }

  /// The line at a place with its break.
  private static func lineBounds(_ text: [UInt8], _ place: Int) -> Range<Int> {
    let start = text[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let end = text[place...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
    return start..<max(start, end)
  }

  /// Texts that grow when they are read.
  static func bomb(_ random: inout SeededRandom) -> [UInt8] {
    let size = 1 + random.below(200)
    var text = ""
    switch random.below(7) {
    case 0:
      text = "a0: &a0 [x, x, x, x, x, x, x, x]\n"
      for level in 1...(1 + random.below(12)) {
        let last = "*a\(level - 1)"
        text += "a\(level): &a\(level) [\(Array(repeating: last, count: 9).joined(separator: ", "))]\n"
      }
    case 1:
      text = String(repeating: "[", count: size * 100)
    case 2:
      text = String(repeating: "{a: ", count: size * 10) + String(repeating: "}", count: size * 10)
    case 3:
      for level in 0..<size { text += String(repeating: " ", count: level) + "a:\n" }
    case 4:
      text = String(repeating: "- ", count: size * 50) + "x\n"
    case 5:
      text = "kind: VirtualService\nspec: " + String(repeating: "x\u{301}", count: size * 5_000) + "\n"
    default:
      for _ in 0..<size * 20 { text += "---\nkind: Pod\n" }
    }
    return Array(text.utf8)
  }
}
