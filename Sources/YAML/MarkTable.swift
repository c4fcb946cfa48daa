import CYAML

/// Turns libyaml's marks, which count characters, into lines and bytes.
struct MarkTable {
  private struct Line {
    var offset: Int
    /// The line as editors count: libyaml also breaks at U+0085, U+2028 and U+2029.
    var number: Int32
    /// Bytes of that line before `offset`.
    var prefix: Int32
  }

  private let text: UnsafeBufferPointer<UInt8>
  private let firstLine: Int32
  /// Empty while all text is ASCII, when a character is a byte.
  private var lines: [Line] = []
  /// The character asked for last and its byte; the next one asked for is near.
  private var lastCharacter = 0
  private var lastOffset = 0

  init(text: UnsafeBufferPointer<UInt8>, firstLine: Int32) {
    self.text = text
    self.firstLine = firstLine
    if !UTF8Check.isASCII(text) { lines = Self.lines(of: text, firstLine: firstLine) }
  }

  mutating func mark(_ mark: yaml_mark_t) -> Mark {
    if lines.isEmpty {
      let line = firstLine + Int32(truncatingIfNeeded: mark.line)
      return Mark(line: line, column: Int32(truncatingIfNeeded: mark.column) + 1)
    }
    let line = lines[min(mark.line, lines.count - 1)]
    let offset = byteOffset(mark)
    return Mark(line: line.number, column: line.prefix + Int32(truncatingIfNeeded: offset - line.offset) + 1)
  }

  mutating func byteOffset(_ mark: yaml_mark_t) -> Int {
    if lines.isEmpty { return mark.index }
    while lastCharacter < mark.index, lastOffset < text.count {
      lastOffset += 1
      while lastOffset < text.count, text[lastOffset] & 0xC0 == 0x80 { lastOffset += 1 }
      lastCharacter += 1
    }
    while lastCharacter > mark.index, lastOffset > 0 {
      lastOffset -= 1
      while lastOffset > 0, text[lastOffset] & 0xC0 == 0x80 { lastOffset -= 1 }
      lastCharacter -= 1
    }
    return lastOffset
  }

  func mark(ofByte offset: Int) -> Mark {
    var mark = UTF8Check.mark(of: min(offset, text.count), in: text)
    mark.line += firstLine - 1
    return mark
  }

  private static func lines(of text: UnsafeBufferPointer<UInt8>, firstLine: Int32) -> [Line] {
    var lines = [Line(offset: 0, number: firstLine, prefix: 0)]
    var number = firstLine
    var lineStart = 0
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      var isBreak = false
      if byte == UInt8(ascii: "\n") {
        isBreak = true
      } else if byte == UInt8(ascii: "\r") {
        if index < text.count, text[index] == UInt8(ascii: "\n") { index += 1 }
        isBreak = true
      } else if let length = exoticBreak(text, after: index - 1) {
        index += length - 1
        lines.append(Line(offset: index, number: number, prefix: Int32(truncatingIfNeeded: index - lineStart)))
      }
      if isBreak {
        number += 1
        lineStart = index
        lines.append(Line(offset: index, number: number, prefix: 0))
      }
    }
    return lines
  }

  /// The length of a break that only YAML 1.1 knows.
  private static func exoticBreak(_ text: UnsafeBufferPointer<UInt8>, after index: Int) -> Int? {
    if text[index] == 0xC2, text[index + 1] == 0x85 { return 2 }
    if text[index] == 0xE2, text[index + 1] == 0x80, text[index + 2] == 0xA8 || text[index + 2] == 0xA9 { return 3 }
    return nil
  }
}
