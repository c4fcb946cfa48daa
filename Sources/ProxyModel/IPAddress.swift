/// One IPv4 or IPv6 address.
package struct IPAddress: Hashable, Sendable, Comparable {
  /// 4 or 16 bytes.
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) {
    precondition(bytes.count == 4 || bytes.count == 16)
    self.bytes = bytes
  }

  /// Reads dotted IPv4 (no leading zeros) and IPv6 with `::` and a dotted tail; no brackets, no zone.
  package init?(_ text: String) {
    let utf8 = Array(text.utf8)
    if utf8.contains(UInt8(ascii: ":")) {
      guard let parsed = Self.parseIPv6(utf8) else { return nil }
      bytes = parsed
    } else {
      guard let parsed = Self.parseIPv4(utf8[...]) else { return nil }
      bytes = parsed
    }
  }

  package var isIPv4: Bool { bytes.count == 4 }

  package static func < (a: IPAddress, b: IPAddress) -> Bool {
    if a.bytes.count != b.bytes.count { return a.bytes.count < b.bytes.count }
    return a.bytes.lexicographicallyPrecedes(b.bytes)
  }

  private static func parseIPv4(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard (1...3).contains(part.count), part.allSatisfy({ (48...57).contains($0) }) else { return nil }
      if part.count > 1, part.first == 48 { return nil }
      let value = part.reduce(0) { $0 * 10 + Int($1 - 48) }
      guard value <= 255 else { return nil }
      bytes.append(UInt8(value))
    }
    return bytes
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
        guard after.isEmpty, let dotted = parseIPv4(group) else { return nil }
        pair = dotted
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
