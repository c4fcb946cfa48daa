/// `host:port` as Go's `net.SplitHostPort` takes it apart.
package struct HostPort {
  package var host: String
  package var port: String

  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    var hostBytes = bytes[..<colon]
    let rest = bytes[(colon + 1)...]
    if hostBytes.first == UInt8(ascii: "[") {
      guard let end = bytes.firstIndex(of: UInt8(ascii: "]")), end + 1 == colon else { return nil }
      hostBytes = bytes[1..<end]
    } else if hostBytes.contains(UInt8(ascii: ":")) {
      return nil
    }
    let isStray = { (byte: UInt8) in byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") }
    guard !hostBytes.contains(where: isStray), !rest.contains(where: isStray) else { return nil }
    host = String(decoding: hostBytes, as: UTF8.self)
    port = String(decoding: rest, as: UTF8.self)
  }
}

/// Whole numbers as Go's `strconv` reads them.
package enum GoNumber {
  /// `Atoi`: a sign is fine.
  package static func integer(_ text: String) -> Int64? { Int64(text) }

  /// `ParseUint`: digits only.
  package static func unsigned(_ text: String) -> UInt64? {
    !text.utf8.isEmpty && text.utf8.allSatisfy(Names.isDigit) ? UInt64(text) : nil
  }
}
