import Glibc

/// The one writer to standard output: everything goes through its buffer.
final class Output {
  private var buffer: [UInt8] = []
  private let descriptor: Int32
  /// The reader has gone away; nothing is written any more.
  private(set) var isClosed = false

  init(descriptor: Int32 = STDOUT_FILENO) {
    self.descriptor = descriptor
    buffer.reserveCapacity(1 << 16)
  }

  func write(_ text: String) { write(Array(text.utf8)[...]) }

  func writeLine(_ text: String = "") {
    buffer.append(contentsOf: text.utf8)
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= 1 << 16 { flush() }
  }

  func write(_ bytes: ArraySlice<UInt8>) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 16 { flush() }
  }

  func flush() {
    var start = 0
    while start < buffer.count, !isClosed {
      let wrote = buffer[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if wrote >= 0 {
        start += wrote
      } else if errno != EINTR {
        isClosed = true
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
