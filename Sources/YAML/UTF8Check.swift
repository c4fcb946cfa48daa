/// Finds the first byte that is not UTF-8, before any reader relies on it.
enum UTF8Check {
  static func firstInvalidByte(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index < text.count {
      index = skipASCII(text, from: index)
      guard index < text.count else { return nil }
      guard let length = sequenceLength(text, at: index) else { return index }
      index += length
    }
    return nil
  }

  static func isASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool { skipASCII(text, from: 0) == text.count }

  static func mark(of offset: Int, in text: UnsafeBufferPointer<UInt8>) -> Mark {
    var mark = Mark(line: 1, column: 1)
    for index in 0..<offset {
      let isLone = text[index] == UInt8(ascii: "\r") && text[index + 1] != UInt8(ascii: "\n")
      if text[index] == UInt8(ascii: "\n") || isLone {
        mark.line += 1
        mark.column = 1
      } else {
        mark.column += 1
      }
    }
    return mark
  }

  private static func skipASCII(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(text)
    var index = start
    while index + 8 <= raw.count {
      if raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { break }
      index += 8
    }
    while index < text.count, text[index] < 0x80 { index += 1 }
    return index
  }

  /// The length of the well-formed sequence at that lead byte; nil for overlong forms, surrogates and the like.
  private static func sequenceLength(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    let lead = text[index]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: length = 4
    default: return nil
    }
    guard index + length <= text.count, second.contains(text[index + 1]) else { return nil }
    for follower in (index + 2)..<(index + length) where text[follower] & 0xC0 != 0x80 { return nil }
    return length
  }
}
