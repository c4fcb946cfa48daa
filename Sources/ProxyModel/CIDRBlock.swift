/// An IPv4 or IPv6 network; host bits are cleared.
package struct CIDRBlock: Hashable, Sendable {
  /// 4 or 16 bytes.
  package let bytes: [UInt8]
  package let length: Int

  /// Reads `10.0.0.0/8`, `10.0.0.1`, `2001:db8::/32`; nil for anything else.
  package init?(_ text: String) {
    var address = Substring(text)
    var given: Int?
    if let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) {
      address = text[..<slash]
      let digits = text[text.utf8.index(after: slash)...]
      guard !digits.isEmpty, digits.utf8.count <= 3, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
        return nil
      }
      given = Int(digits)
    }
    guard let parsed = IPAddress(String(address)) else { return nil }
    let bits = parsed.bytes.count * 8
    let length = given ?? bits
    guard length <= bits else { return nil }
    var masked = parsed.bytes
    for place in masked.indices {
      let kept = max(0, min(8, length - place * 8))
      masked[place] &= kept == 0 ? 0 : UInt8(truncatingIfNeeded: 0xFF << (8 - kept))
    }
    self.bytes = masked
    self.length = length
  }

  package func contains(_ address: IPAddress) -> Bool {
    guard address.bytes.count == bytes.count else { return false }
    for place in bytes.indices {
      let kept = max(0, min(8, length - place * 8))
      if kept == 0 { return true }
      let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - kept))
      if address.bytes[place] & mask != bytes[place] { return false }
    }
    return true
  }
}
