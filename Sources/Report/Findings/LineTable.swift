/// The lines of a text as people count them; a break is LF, CR LF or CR.
struct LineTable: Sendable {
  private let bytes: [UInt8]
  /// Where each line begins.
  private let starts: [Int]

  init(_ bytes: [UInt8]) {
    var starts = [0]
    bytes.withUnsafeBufferPointer { bytes in
      for place in bytes.indices {
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
