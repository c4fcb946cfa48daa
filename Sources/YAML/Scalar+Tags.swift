extension Node.Scalar {
  enum TagOutcome {
    case applied
    /// The value is read as a string.
    case unknown(String)
    case doesNotFit(String)
  }

  static let coreTags = "tag:yaml.org,2002:"

  /// Gives the scalar the type its tag names, as go-yaml 2 does; a foreign tag makes it a string.
  mutating func apply(tag long: String) -> TagOutcome {
    guard long.utf8.starts(with: Self.coreTags.utf8) else {
      tag = .string
      return .unknown(long)
    }
    let short = "!!" + String(Substring(long.utf8.dropFirst(Self.coreTags.utf8.count)))
    switch short {
    case "!!str": tag = .string
    case "!!int": tag = .int
    case "!!float": tag = .float
    case "!!bool": tag = .bool
    case "!!null": tag = .null
    case "!!timestamp": tag = .timestamp
    case "!!merge": return .applied
    case "!!binary":
      tag = .string
      guard let decoded = Base64.text(text) else { return .doesNotFit(short) }
      text = decoded
    default:
      tag = .string
      return .unknown(short)
    }
    return fitsTag ? .applied : .doesNotFit(short)
  }

  /// kubectl refuses `!!int "x"`.
  private var fitsTag: Bool {
    switch (tag, resolved) {
    case (.none, _), (.string, _): true
    case (.timestamp, _): looksLikeDate
    case (.null, .null), (.bool, .bool), (.int, .int), (.float, .int), (.float, .float): true
    // 2^64 - 1 is an integer to Go, though none here.
    case (.int, .float): text.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "_") }
    case (.null, _), (.bool, _), (.int, _), (.float, _): false
    }
  }

  /// Enough of a date to be meant as one; it stays a string either way.
  private var looksLikeDate: Bool {
    let head = Array(text.utf8.prefix(6))
    return head.count == 6 && head[..<4].allSatisfy(isDigit) && head[4] == UInt8(ascii: "-") && isDigit(head[5])
  }
}

/// The text of `!!binary`, when it is one.
private enum Base64 {
  static func text(_ encoded: String) -> String? {
    var bytes: [UInt8] = []
    var buffer: UInt32 = 0
    var bits = 0
    var padding = 0
    var count = 0
    for byte in encoded.utf8 where !isBreak(byte) {
      count += 1
      if byte == UInt8(ascii: "=") {
        padding += 1
        continue
      }
      guard padding == 0, let digit = value(of: byte) else { return nil }
      buffer = (buffer << 6 | digit) & 0xFFFFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
      }
    }
    guard count % 4 == 0, padding <= 2 else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func value(of byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a") + 26)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0") + 52)
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}

extension Node.Scalar {
  /// The JSON string that this becomes as a key, as sigs.k8s.io/yaml has it; nil for null.
  var keyName: String? {
    switch tag {
    case .none where style != .plain: return text
    case .string, .timestamp: return text
    case .none, .int, .float, .bool, .null: break
    }
    var copy = text
    guard let meaning = copy.withUTF8({ Self.plainMeaning($0) }) else { return text }
    switch meaning {
    case .null: return nil
    case .bool(let value): return value ? "true" : "false"
    case .int(let value): return String(value)
    case .float(let value): return GoFloat.key(value)
    case .string(let text): return text
    }
  }
}
