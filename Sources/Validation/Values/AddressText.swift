/// IP addresses and blocks as Go's `net/netip` reads them.
package enum AddressText {
  enum Family {
    case v4, v6
  }

  /// S-10; an IPv6 address may have a zone.
  package static func isAddress(_ text: String) -> Bool { family(text, zones: true) != nil }

  /// `address/bits`.
  package static func isBlock(_ text: String) -> Bool {
    guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")),
      let family = family(String(text[..<slash]), zones: false)
    else { return false }
    let digits = text[text.utf8.index(after: slash)...].utf8
    guard (1...3).contains(digits.count), digits.allSatisfy(Names.isDigit),
      digits.count == 1 || digits.first != UInt8(ascii: "0"), let bits = Int(Substring(digits))
    else { return false }
    switch family {
    case .v4: return bits <= 32
    case .v6: return bits <= 128
    }
  }

  /// S-11.
  package static func isAddressOrBlock(_ text: String) -> Bool {
    text.utf8.count { $0 == UInt8(ascii: "/") } == 1 ? isBlock(text) : isAddress(text)
  }

  private static func family(_ text: String, zones: Bool) -> Family? {
    for byte in text.utf8 {
      if byte == UInt8(ascii: ".") { return isV4(Array(text.utf8)[...]) ? .v4 : nil }
      if byte == UInt8(ascii: ":") { return isV6(Array(text.utf8), zones: zones) ? .v6 : nil }
      if byte == UInt8(ascii: "%") { return nil }
    }
    return nil
  }

  private static func isV4(_ bytes: ArraySlice<UInt8>) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        guard (1...3).contains(part.count), part.allSatisfy(Names.isDigit) else { return false }
        if part.count > 1, part.first == UInt8(ascii: "0") { return false }
        return part.reduce(0) { $0 * 10 + Int($1 - 48) } <= 255
      }
  }

  private static func isV6(_ given: [UInt8], zones: Bool) -> Bool {
    var bytes = given[...]
    if let percent = bytes.firstIndex(of: UInt8(ascii: "%")) {
      guard zones, percent + 1 < bytes.endIndex else { return false }
      bytes = bytes[..<percent]
    }
    var groups = 0
    var hasGap = false
    if bytes.starts(with: "::".utf8) {
      hasGap = true
      bytes = bytes.dropFirst(2)
      if bytes.isEmpty { return true }
    }
    while groups < 8 {
      let digits = bytes.prefix { Names.isDigit($0) || ($0 | 32 >= 97 && $0 | 32 <= 102) }
      let rest = bytes.dropFirst(digits.count)
      if rest.first == UInt8(ascii: ".") {
        guard groups == 6 || (hasGap && groups < 6), isV4(bytes) else { return false }
        groups += 2
        bytes = []
        break
      }
      guard (1...4).contains(digits.count) else { return false }
      groups += 1
      bytes = rest
      if bytes.isEmpty { break }
      guard bytes.first == UInt8(ascii: ":"), bytes.count > 1 else { return false }
      bytes = bytes.dropFirst()
      if bytes.first == UInt8(ascii: ":") {
        guard !hasGap else { return false }
        hasGap = true
        bytes = bytes.dropFirst()
        if bytes.isEmpty { break }
      }
    }
    guard bytes.isEmpty else { return false }
    return groups == 8 ? !hasGap : hasGap
  }
}
