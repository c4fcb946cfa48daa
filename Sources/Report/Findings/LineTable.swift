import Diagnostics

/// The lines of a text as people count them; a break is LF, CR LF or CR.
struct LineTable: Sendable {
  private let bytes: [UInt8]
  /// Where each line begins.
  private let starts: [Int]
  /// How many bytes before every `stride`-th one continue a character of UTF-8.
  private let continuations: [Int]

  private static let stride = 1024

  init(_ bytes: [UInt8]) {
    var starts = [0]
    var continuations: [Int] = []
    continuations.reserveCapacity(bytes.count / Self.stride + 1)
    var count = 0
    bytes.withUnsafeBufferPointer { bytes in
      for place in bytes.indices {
        if place % Self.stride == 0 { continuations.append(count) }
        if bytes[place] & 0xC0 == 0x80 { count += 1 }
        switch bytes[place] {
        case UInt8(ascii: "\n"): starts.append(place + 1)
        case UInt8(ascii: "\r"):
          if place + 1 == bytes.count || bytes[place + 1] != UInt8(ascii: "\n") { starts.append(place + 1) }
        default: break
        }
      }
    }
    self.bytes = bytes
    self.starts = starts
    self.continuations = continuations
  }

  /// The column of a place in characters, counted from 1; a column behind the line's end counts on in bytes.
  func characterColumn(_ place: SourcePosition) -> Int? {
    guard starts.indices.contains(place.line - 1), place.column > 0 else { return nil }
    let start = starts[place.line - 1]
    let end = min(start + place.column - 1, place.line < starts.count ? starts[place.line] : bytes.count)
    return place.column - (continued(before: end) - continued(before: start))
  }

  private func continued(before end: Int) -> Int {
    guard !continuations.isEmpty else { return 0 }
    let block = min(end / Self.stride, continuations.count - 1)
    return continuations[block] + bytes[block * Self.stride..<end].count { $0 & 0xC0 == 0x80 }
  }

  /// The line of a number from 1, without its break; nil where there is none.
  func line(_ number: Int) -> [UInt8]? {
    guard starts.indices.contains(number - 1) else { return nil }
    var end = number < starts.count ? starts[number] : bytes.count
    while end > starts[number - 1], bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") {
      end -= 1
    }
    return Array(bytes[starts[number - 1]..<end])
  }
}
