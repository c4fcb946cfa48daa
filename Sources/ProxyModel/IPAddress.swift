/// One IPv4 or IPv6 address.
package struct IPAddress: Hashable, Sendable, Comparable {
  package let isIPv4: Bool
  /// The first eight bytes of IPv6.
  private let high: UInt64
  /// The last eight bytes of IPv6, or the four of IPv4.
  private let low: UInt64

  package init(bytes: [UInt8]) {
    precondition(bytes.count == 4 || bytes.count == 16)
    isIPv4 = bytes.count == 4
    high = bytes.dropLast(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  private init(ipv4: UInt32) {
    isIPv4 = true
    high = 0
    low = UInt64(ipv4)
  }

  /// 4 or 16 bytes.
  package var bytes: [UInt8] {
    if isIPv4 { return (0..<4).map { UInt8(truncatingIfNeeded: low >> (24 - 8 * $0)) } }
    return (0..<16).map { UInt8(truncatingIfNeeded: ($0 < 8 ? high : low) >> (56 - 8 * ($0 % 8))) }
  }

  /// Reads dotted IPv4 (no leading zeros) and IPv6 with `::` and a dotted tail; no brackets, no zone.
  package init?(_ text: String) {
    if let last = text.utf8.last, (48...57).contains(last), let address = Self.dotted(text.utf8) {
      self.init(ipv4: address)
      return
    }
    guard text.utf8.contains(UInt8(ascii: ":")), let parsed = Self.parseIPv6(Array(text.utf8)) else { return nil }
    self.init(bytes: parsed)
  }

  /// Four numbers up to 255 without leading zeros.
  private static func dotted(_ text: some Collection<UInt8>) -> UInt32? {
    var address: UInt32 = 0
    var part: UInt32 = 0
    var digits = 0
    var dots = 0
    for byte in text {
      switch byte {
      case 48...57:
        guard digits == 0 || part > 0 else { return nil }
        part = part * 10 + UInt32(byte - 48)
        digits += 1
        guard part <= 255 else { return nil }
      case UInt8(ascii: "."):
        guard digits > 0, dots < 3 else { return nil }
        address = address << 8 | part
        (part, digits, dots) = (0, 0, dots + 1)
      default: return nil
      }
    }
    return dots == 3 && digits > 0 ? address << 8 | part : nil
  }

  package static func < (a: IPAddress, b: IPAddress) -> Bool {
    if a.isIPv4 != b.isIPv4 { return a.isIPv4 }
    return a.high == b.high ? a.low < b.low : a.high < b.high
  }

  private static func parseIPv6(_ text: [UInt8]) -> [UInt8]? {
    let colon = UInt8(ascii: ":")
    var head: [UInt8] = []
    var tail: [UInt8] = []
    var sawGap = false
    var rest = text[...]
    if rest.first == colon {
      guard rest.dropFirst().first == colon else { return nil }
      sawGap = true
      rest = rest.dropFirst(2)
    }
    while !rest.isEmpty {
      let group = rest.prefix { $0 != colon }
      let after = rest[group.endIndex...]
      var pair: [UInt8]
      if group.contains(UInt8(ascii: ".")) {
        guard after.isEmpty, let dotted = dotted(group) else { return nil }
        pair = IPAddress(ipv4: dotted).bytes
      } else {
        guard (1...4).contains(group.count), let value = hexadecimal(group) else { return nil }
        pair = [UInt8(value >> 8), UInt8(value & 0xFF)]
      }
      if sawGap { tail += pair } else { head += pair }
      if after.isEmpty { break }
      rest = after.dropFirst()
      if rest.first == colon {
        guard !sawGap else { return nil }
        sawGap = true
        rest = rest.dropFirst()
      } else if rest.isEmpty {
        return nil
      }
    }
    let known = head.count + tail.count
    guard sawGap ? known <= 14 : known == 16 else { return nil }
    return head + [UInt8](repeating: 0, count: 16 - known) + tail
  }

  private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      switch digit {
      case 48...57: value = value * 16 + Int(digit - 48)
      case 65...70: value = value * 16 + Int(digit - 55)
      case 97...102: value = value * 16 + Int(digit - 87)
      default: return nil
      }
    }
    return value
  }
}

extension IPAddress: CustomStringConvertible {
  /// Dotted IPv4; IPv6 in groups, the longest run of zero groups as `::`.
  package var description: String {
    if isIPv4 { return bytes.map { String($0) }.joined(separator: ".") }
    let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    var best = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(1, best.count) { best = start..<end }
      start = max(end, start + 1)
    }
    let texts = groups.map { String($0, radix: 16) }
    if best.isEmpty { return texts.joined(separator: ":") }
    return texts[..<best.lowerBound].joined(separator: ":") + "::" + texts[best.upperBound...].joined(separator: ":")
  }
}
