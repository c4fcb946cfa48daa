/// Base64 as Go's standard encoding reads it.
enum Base64Text {
  static func isValid(_ text: String) -> Bool {
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
}
