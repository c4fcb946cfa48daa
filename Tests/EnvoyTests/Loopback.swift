import Foundation
import Glibc

/// Sockets on loopback, as plain descriptors.
enum Loopback {
  /// A listening socket on a port that the kernel chose.
  static func listen() -> (descriptor: Int32, port: UInt16)? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    guard bound == 0, Glibc.listen(descriptor, 128) == 0 else {
      close(descriptor)
      return nil
    }
    return (descriptor, localPort(of: descriptor))
  }

  /// This end's port.
  static func localPort(of descriptor: Int32) -> UInt16 {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    return UInt16(bigEndian: address.sin_port)
  }

  /// A port that was free a moment ago.
  static func freePort() -> UInt16? {
    guard let (descriptor, port) = listen() else { return nil }
    close(descriptor)
    return port
  }

  /// Reads give up after a few seconds.
  static func connect(port: UInt16) -> Int32? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else {
      close(descriptor)
      return nil
    }
    var limit = timeval(tv_sec: 4, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    return descriptor
  }

  static func send(_ bytes: [UInt8], to descriptor: Int32) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return }
      sent += count
    }
  }

  /// What there is to read now; nil when the other side is done or the time is over.
  static func receive(from descriptor: Int32) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
    return count > 0 ? Array(buffer[..<count]) : nil
  }
}

/// Requests, answers and records hold a scalar for each byte.
enum Latin1 {
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    for byte in bytes { text.unicodeScalars.append(Unicode.Scalar(byte)) }
    return text
  }

  /// Scalars beyond a byte become `?`.
  static func bytes(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8(exactly: $0.value) ?? UInt8(ascii: "?") }
  }
}

/// A parsed HTTP/1.1 message.
struct HTTPMessage {
  var firstLine: String
  var headers: [(name: String, value: String)]
  var body: [UInt8]

  /// Reads one message; nil when the connection ends before its head is complete.
  init?(startingWith first: [UInt8] = [], hasBody: Bool = true, receive: () -> [UInt8]?) {
    var bytes = first
    var headEnd = Self.endOfHead(bytes)
    while headEnd == nil {
      guard let more = receive() else { return nil }
      bytes += more
      headEnd = Self.endOfHead(bytes)
    }
    guard let end = headEnd else { return nil }
    let lines = Latin1.text(bytes[..<end]).components(separatedBy: "\r\n")
    firstLine = lines[0]
    headers = lines.dropFirst().compactMap { line in
      // A pseudo header never stands here, so the first colon ends the name.
      guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      let value = line[line.utf8.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      return (line[..<colon].lowercased(), value)
    }
    var rest = Array(bytes[(end + 4)...])
    let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
    while hasBody, rest.count < length, let more = receive() { rest += more }
    body = rest
  }

  private static func endOfHead(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for place in 0...(bytes.count - 4) where bytes[place] == 13 {
      if bytes[place + 1] == 10, bytes[place + 2] == 13, bytes[place + 3] == 10 { return place }
    }
    return nil
  }
}
