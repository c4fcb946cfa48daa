/// Byte strings behind each other in one allocation.
struct ByteArena: Sendable {
  private(set) var bytes: ContiguousArray<UInt8> = []

  struct Range: Sendable {
    var start: UInt32 = 0
    var count: UInt32 = 0
  }

  mutating func store(_ text: some Sequence<UInt8>) -> Range {
    let start = bytes.count
    bytes.append(contentsOf: text)
    return Range(start: UInt32(start), count: UInt32(bytes.count - start))
  }

  func slice(_ range: Range) -> ContiguousArray<UInt8>.SubSequence {
    bytes[Int(range.start)..<Int(range.start + range.count)]
  }
}

/// Comparisons of borrowed bytes.
enum Bytes {
  typealias Buffer = UnsafeBufferPointer<UInt8>

  @inline(__always)
  static func equal(_ a: Buffer, _ b: Buffer) -> Bool {
    a.count == b.count && startsEqual(a, b, a.count)
  }

  /// Both have at least that many bytes.
  @inline(__always)
  static func startsEqual(_ a: Buffer, _ b: Buffer, _ count: Int) -> Bool {
    var place = 0
    while place < count {
      if a[place] != b[place] { return false }
      place += 1
    }
    return true
  }

  @inline(__always)
  static func startsEqualIgnoringCase(_ a: Buffer, _ b: Buffer, _ count: Int) -> Bool {
    var place = 0
    while place < count {
      if ASCII.lower(a[place]) != ASCII.lower(b[place]) { return false }
      place += 1
    }
    return true
  }

  @inline(__always)
  static func slice(_ a: Buffer, _ start: Int, _ count: Int) -> Buffer {
    Buffer(rebasing: a[start..<(start + count)])
  }
}
