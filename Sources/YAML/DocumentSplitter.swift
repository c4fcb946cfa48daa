/// Cuts a stream at its `---` and `...` lines, which can be nothing else at the start of a line.
///
/// Every part is read on its own, so a syntax error in one document does not hide the next.
struct DocumentSplitter: Sequence, IteratorProtocol {
  struct Part {
    var range: Range<Int>
    /// The line the part begins on, counted from 1.
    var line: Int32
    /// Whether there is anything but comments.
    var hasContent: Bool
  }

  private let text: UnsafeBufferPointer<UInt8>
  private var position: Int
  private var line: Int32 = 1
  private var isFirst = true

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    // A byte order mark is no content.
    position = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  mutating func next() -> Part? {
    guard position < text.count else { return nil }
    var start = position
    var startLine = line
    // What the part has so far: comments belong to the first document even before its `---`, directives to any.
    var holds = Holding.nothing
    while position < text.count {
      let lineStart = position
      let lineNumber = line
      let marker = marker(at: lineStart)
      switch marker {
      case .none:
        holds = Swift.max(holds, holding(at: lineStart))
        skipLine()
      case .end:
        skipLine()
        isFirst = false
        return Part(range: start..<lineStart, line: startLine, hasContent: holds == .content)
      case .begin(let isAlone):
        let joins = holds == .directives || (isFirst && holds == .comments)
        if lineStart > start, !joins {
          isFirst = false
          return Part(range: start..<lineStart, line: startLine, hasContent: holds == .content)
        }
        skipLine()
        isFirst = false
        if joins {
          holds = .content
        } else {
          start = isAlone ? position : lineStart
          startLine = isAlone ? line : lineNumber
          holds = isAlone ? .nothing : .content
        }
      }
    }
    guard start < text.count else { return nil }
    return Part(range: start..<text.count, line: startLine, hasContent: holds == .content)
  }

  private enum Holding: Int, Comparable {
    case nothing, comments, directives, content
    static func < (a: Holding, b: Holding) -> Bool { a.rawValue < b.rawValue }
  }

  private enum Marker {
    case none, end
    case begin(isAlone: Bool)
  }

  private func marker(at index: Int) -> Marker {
    guard index + 3 <= text.count else { return .none }
    let first = text[index]
    guard first == UInt8(ascii: "-") || first == UInt8(ascii: "."), text[index + 1] == first, text[index + 2] == first
    else { return .none }
    var rest = index + 3
    if rest < text.count, !isBlank(text[rest]), !isBreak(text[rest]) { return .none }
    if first == UInt8(ascii: ".") { return .end }
    while rest < text.count, isBlank(text[rest]) { rest += 1 }
    return .begin(isAlone: rest == text.count || isBreak(text[rest]))
  }

  private func holding(at index: Int) -> Holding {
    if text[index] == UInt8(ascii: "%") { return .directives }
    var index = index
    while index < text.count, isBlank(text[index]) { index += 1 }
    if index == text.count || isBreak(text[index]) { return .nothing }
    return text[index] == UInt8(ascii: "#") ? .comments : .content
  }

  /// Moves to the start of the next line; a break is LF, CR LF or CR.
  private mutating func skipLine() {
    while position < text.count {
      let byte = text[position]
      position += 1
      if byte == UInt8(ascii: "\n") {
        line += 1
        return
      }
      if byte == UInt8(ascii: "\r"), position == text.count || text[position] != UInt8(ascii: "\n") {
        line += 1
        return
      }
    }
  }
}

func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

func isBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

func isJSONSpace(_ byte: UInt8) -> Bool { isBlank(byte) || isBreak(byte) }
