/// Web addresses as Go's `net/url` reads them, as far as rules ask.
package struct GoURL {
  package var scheme = ""
  package var authority: String?
  package var port = ""

  package enum Form {
    /// Any reference.
    case reference
    /// What stands in a request: absolute, or a path that begins with a slash.
    case request
  }

  /// nil when Go says that the text is no address.
  package init?(_ text: String, _ form: Form = .reference) {
    let bytes = Array(text.utf8)
    if bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return nil }
    if bytes.isEmpty {
      if form == .request { return nil }
      return
    }
    var rest = bytes[...]
    if form == .reference, let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
      guard Self.escapesAreGood(rest[(hash + 1)...]) else { return nil }
      rest = rest[..<hash]
    }
    if rest.elementsEqual("*".utf8) { return }
    guard let colon = Self.schemeEnd(rest) else { return nil }
    if colon > rest.startIndex {
      scheme = String(decoding: rest[..<colon], as: UTF8.self).lowercased()
      rest = rest[(colon + 1)...]
    }
    if let question = rest.firstIndex(of: UInt8(ascii: "?")) { rest = rest[..<question] }
    if rest.first != UInt8(ascii: "/") {
      // `mailto:someone` has no path to look at.
      if !scheme.isEmpty { return }
      if form == .request { return nil }
      let segment = rest.prefix { $0 != UInt8(ascii: "/") }
      if segment.contains(UInt8(ascii: ":")) { return nil }
    }
    let isThreeSlashes = rest.starts(with: "///".utf8)
    if rest.starts(with: "//".utf8), !scheme.isEmpty || (form == .reference && !isThreeSlashes) {
      let host = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
      rest = rest.dropFirst(2 + host.count)
      guard readAuthority(host) else { return nil }
    }
    guard Self.escapesAreGood(rest) else { return nil }
  }

  /// Where the scheme ends; the start when there is none; nil when the text begins with a colon.
  private static func schemeEnd(_ bytes: ArraySlice<UInt8>) -> Int? {
    for place in bytes.indices {
      let byte = bytes[place]
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
        continue
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
        if place == bytes.startIndex { return bytes.startIndex }
      case UInt8(ascii: ":"):
        return place == bytes.startIndex ? nil : place
      default:
        return bytes.startIndex
      }
    }
    return bytes.startIndex
  }

  private mutating func readAuthority(_ given: ArraySlice<UInt8>) -> Bool {
    var host = given
    if let at = host.lastIndex(of: UInt8(ascii: "@")) {
      let user = host[..<at]
      let isGood = user.allSatisfy { byte in
        Self.isAlphanumeric(byte) || "-._:~!$&'()*+,;=%@".utf8.contains(byte)
      }
      guard isGood, Self.escapesAreGood(user) else { return false }
      host = host[(at + 1)...]
    }
    authority = String(decoding: host, as: UTF8.self)
    if host.first == UInt8(ascii: "[") {
      guard let close = host.lastIndex(of: UInt8(ascii: "]")) else { return false }
      guard readPort(host[(close + 1)...]) else { return false }
      host = host[...close]
    } else if let colon = host.lastIndex(of: UInt8(ascii: ":")) {
      guard readPort(host[colon...]) else { return false }
      host = host[..<colon]
    }
    var place = host.startIndex
    while place < host.endIndex {
      let byte = host[place]
      if byte == UInt8(ascii: "%") {
        guard let value = Self.escape(host, place) else { return false }
        // In a host, only bytes beyond ASCII may be written so.
        guard value >= 0x80 || host.first == UInt8(ascii: "[") else { return false }
        place += 3
        continue
      }
      let isGood =
        byte >= 0x80 || Self.isAlphanumeric(byte) || "-_.~!$&'()*+,;=:[]<>\"".utf8.contains(byte)
      guard isGood else { return false }
      place += 1
    }
    return true
  }

  private mutating func readPort(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first else { return true }
    guard first == UInt8(ascii: ":"), text.dropFirst().allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return false }
    port = String(decoding: text.dropFirst(), as: UTF8.self)
    return true
  }

  private static func escapesAreGood(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.indices.allSatisfy { bytes[$0] != UInt8(ascii: "%") || escape(bytes, $0) != nil }
  }

  private static func escape(_ bytes: ArraySlice<UInt8>, _ place: Int) -> UInt8? {
    guard place + 2 < bytes.endIndex else { return nil }
    return UInt8(String(decoding: bytes[(place + 1)...(place + 2)], as: UTF8.self), radix: 16)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (byte >= 48 && byte <= 57) || (byte | 32 >= 97 && byte | 32 <= 122)
  }
}
