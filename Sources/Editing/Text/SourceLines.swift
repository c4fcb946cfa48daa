import YAML

/// The text of one document by lines, and where the marks of its nodes are in it.
struct SourceLines {
  let text: [UInt8]
  private let starts: [Int]

  init(_ text: [UInt8]) {
    self.text = text
    var starts = [0]
    for index in text.indices {
      let byte = text[index]
      let isLoneReturn =
        byte == UInt8(ascii: "\r") && (index + 1 == text.count || text[index + 1] != UInt8(ascii: "\n"))
      if byte == UInt8(ascii: "\n") || isLoneReturn { starts.append(index + 1) }
    }
    self.starts = starts
  }

  /// nil when the mark is of no place in this text.
  func offset(_ mark: Mark) -> Int? {
    let line = Int(mark.line) - 1
    guard starts.indices.contains(line), mark.column > 0 else { return nil }
    let offset = starts[line] + Int(mark.column) - 1
    return offset <= text.count ? offset : nil
  }

  private func line(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  func lineStart(of offset: Int) -> Int { starts[line(of: offset)] }

  /// Just behind the line break of the line that `offset` is on.
  func lineEnd(of offset: Int) -> Int {
    let line = line(of: offset)
    return line + 1 < starts.count ? starts[line + 1] : text.count
  }

  func column(of offset: Int) -> Int { offset - lineStart(of: offset) }

  /// The lines that begin in a range, which begins and ends with lines.
  func lines(_ range: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = Swift.min(lineEnd(of: start), range.upperBound)
      found.append(start..<end)
      start = end
    }
    return found
  }

  enum LineKind: Equatable {
    case blank
    case comment(column: Int)
    case content(column: Int)
  }

  /// What a line is outside of text blocks and quotes.
  func kind(_ line: Range<Int>) -> LineKind {
    guard let first = line.first(where: { !isSpace(text[$0]) }) else { return .blank }
    let column = first - line.lowerBound
    return text[first] == UInt8(ascii: "#") ? .comment(column: column) : .content(column: column)
  }

  /// The next byte that is neither space nor comment, starting at the end of a token.
  func skipSpace(_ offset: Int) -> Int {
    var index = offset
    while index < text.count {
      if isSpace(text[index]) {
        index += 1
      } else if text[index] == UInt8(ascii: "#"), index == 0 || isSpace(text[index - 1]) {
        index = lineEnd(of: index)
      } else {
        break
      }
    }
    return index
  }

  /// Whether a range holds a comment, outside of content.
  func hasComment(_ range: Range<Int>) -> Bool { range.contains { text[$0] == UInt8(ascii: "#") } }

  /// Behind anchors and tags in front of a value.
  func skipProperties(_ offset: Int) -> Int {
    var index = offset
    while index < text.count, text[index] == UInt8(ascii: "&") || text[index] == UInt8(ascii: "!") {
      while index < text.count, !isSpace(text[index]) { index += 1 }
      index = skipSpace(index)
    }
    return index
  }
}

func isSpace(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\t")
}
