/// Base64 as Go's standard encoding reads it.
package enum Base64Text {
  package static func isValid(_ text: String) -> Bool {
    let bytes = text.utf8.filter { $0 != 0x0A && $0 != 0x0D }
    guard bytes.count % 4 == 0 else { return false }
    let padding = bytes.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2 else { return false }
    return bytes.dropLast(padding).allSatisfy { byte in
      (byte >= 48 && byte <= 57) || (byte | 32 >= 97 && byte | 32 <= 122) || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: "/")
    }
  }

  /// How many bytes the text stands for.
  static func decodedCount(_ text: String) -> Int {
    let bytes = text.utf8.filter { $0 != 0x0A && $0 != 0x0D && $0 != UInt8(ascii: "=") }
    return bytes.count * 3 / 4
  }

  /// The alphabet of tokens and keys, with or without padding.
  static func isURLSafe(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      (byte >= 48 && byte <= 57) || (byte | 32 >= 97 && byte | 32 <= 122) || "-_+/=".utf8.contains(byte)
    }
  }

  /// nil when the text is no base64.
  package static func decode(_ text: String) -> [UInt8]? {
    guard isValid(text) else { return nil }
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in text.utf8 {
      guard let digit = digit(byte) else { continue }
      bits = bits << 6 | UInt32(digit)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
