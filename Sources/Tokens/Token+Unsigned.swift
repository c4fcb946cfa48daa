/// Tokens that somebody vouches for.
extension Token {
  /// The text of a token with these claims (a JSON object) and a signature that no key has made.
  package static func unsigned(claims: [UInt8]) -> [UInt8] {
    let header = [UInt8](#"{"alg":"RS256","typ":"JWT"}"#.utf8)
    let dot = [UInt8(ascii: ".")]
    return Base64URL.encode(header) + dot + Base64URL.encode(claims) + dot + Base64URL.encode([UInt8]("unsigned".utf8))
  }

  /// The header's `alg` and `kid`.
  package var signingAlgorithm: String { algorithm.rawValue }
  package var signingKeyID: String { keyID }
}

extension Base64URL {
  /// Without padding.
  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var result: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        result.append(alphabet[Int(bits >> UInt32(count) & 63)])
      }
    }
    if count > 0 { result.append(alphabet[Int(bits << UInt32(6 - count) & 63)]) }
    return result
  }
}
