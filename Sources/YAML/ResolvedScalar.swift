/// What a scalar means to kubectl, whose reader is YAML 1.1 (go-yaml 2) followed by JSON.
package enum ResolvedScalar: Hashable, Sendable {
  case null
  case bool(Bool)
  /// Also `1e3` and `8080.0`: the JSON in between has no way to tell them from 1000 and 8080.
  case int(Int64)
  /// Also whole numbers beyond 64 bits. Infinities and NaN exist here but not in JSON: kubectl refuses them.
  case float(Double)
  case string(String)

  /// Byte equality, and NaN is itself.
  package func isSame(as other: ResolvedScalar) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.float(let a), .float(let b)): a == b || (a.isNaN && b.isNaN)
    case (.string(let a), .string(let b)): sameBytes(a, b)
    case (.null, _), (.bool, _), (.int, _), (.float, _), (.string, _): false
    }
  }
}

extension Node.Scalar {
  /// The meaning of the text; anything quoted or in a block is a string unless a tag says otherwise.
  package var resolved: ResolvedScalar {
    switch tag {
    case .none:
      style == .plain ? Self.resolvePlain(text) : .string(text)
    case .string, .timestamp:
      .string(text)
    case .int, .float, .bool, .null:
      Self.resolvePlain(text)
    }
  }

  static func resolvePlain(_ text: String) -> ResolvedScalar {
    guard text.utf8.first.map(mayBeginMeaning) ?? true else { return .string(text) }
    var copy = text
    guard let meaning = copy.withUTF8({ plainMeaning($0) }) else { return .string(text) }
    // A whole number is an integer once Go has written it to JSON.
    if case .float(let value) = meaning, abs(value) < 0x1p63, Double(Int64(value)) == value {
      return .int(Int64(value))
    }
    return meaning
  }

  /// Most words can be seen to be no number and none of YAML's own words.
  private static func mayBeginMeaning(_ first: UInt8) -> Bool {
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "~"):
      true
    default:
      switch first | 0x20 {
      case UInt8(ascii: "y"), UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "o"): true
      default: false
      }
    }
  }

  /// Nil when the bytes are a string to YAML 1.1 as go-yaml 2 has it.
  static func plainMeaning(_ bytes: UnsafeBufferPointer<UInt8>) -> ResolvedScalar? {
    guard let first = bytes.first else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      return specialFloat(bytes) ?? number(bytes)
    case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"),
      UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "o"), UInt8(ascii: "O"), UInt8(ascii: "~"):
      return word(bytes)
    default:
      return nil
    }
  }

  private static func word(_ bytes: UnsafeBufferPointer<UInt8>) -> ResolvedScalar? {
    guard bytes.count <= 5 else { return nil }
    switch String(decoding: bytes, as: UTF8.self) {
    case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": return .bool(true)
    case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": return .bool(false)
    case "~", "null", "Null", "NULL": return .null
    default: return nil
    }
  }

  private static func specialFloat(_ bytes: UnsafeBufferPointer<UInt8>) -> ResolvedScalar? {
    guard bytes.count == 4 || bytes.count == 5, bytes[bytes.count - 4] == UInt8(ascii: ".") else { return nil }
    switch String(decoding: bytes, as: UTF8.self) {
    case ".nan", ".NaN", ".NAN": return .float(.nan)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
    default: return nil
    }
  }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> ResolvedScalar? {
    if bytes[0] == UInt8(ascii: ".") {
      // This one go-yaml hands to Go as it is, and Go wants a digit on either side of an underscore.
      for index in bytes.indices where bytes[index] == UInt8(ascii: "_") {
        guard index + 1 < bytes.count, isDigit(bytes[index - 1]), isDigit(bytes[index + 1]) else { return nil }
      }
      return withoutUnderscores(bytes) { isDecimalFloat($0) ? float($0) : nil }
    }
    return withoutUnderscores(bytes, signedNumber)
  }

  private static func withoutUnderscores(
    _ bytes: UnsafeBufferPointer<UInt8>, _ read: (UnsafeBufferPointer<UInt8>) -> ResolvedScalar?
  ) -> ResolvedScalar? {
    guard bytes.contains(UInt8(ascii: "_")) else { return read(bytes) }
    return bytes.filter { $0 != UInt8(ascii: "_") }.withUnsafeBufferPointer(read)
  }

  private static func signedNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> ResolvedScalar? {
    if let integer = GoInteger.parse(bytes) {
      return integer
    }
    if isDecimalFloat(bytes) { return float(bytes) }
    // go-yaml reads what follows 0b a second time, now with a sign allowed.
    guard bytes.count > 3, bytes[0] == UInt8(ascii: "0"), bytes[1] == UInt8(ascii: "b") else { return nil }
    let digits = UnsafeBufferPointer(rebasing: bytes[2...])
    guard digits[0] == UInt8(ascii: "-") || digits[0] == UInt8(ascii: "+") else { return nil }
    return Int64(String(decoding: digits, as: UTF8.self), radix: 2).map(ResolvedScalar.int)
  }

  /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
  private static func isDecimalFloat(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    func digits() -> Int {
      let start = index
      while index < bytes.count, isDigit(bytes[index]) { index += 1 }
      return index - start
    }
    func skip(_ a: UInt8, _ b: UInt8) -> Bool {
      guard index < bytes.count, bytes[index] == a || bytes[index] == b else { return false }
      index += 1
      return true
    }
    let dot = UInt8(ascii: ".")
    _ = skip(UInt8(ascii: "+"), UInt8(ascii: "-"))
    let whole = digits()
    let fraction = skip(dot, dot) ? digits() : 0
    guard whole + fraction > 0 else { return false }
    if skip(UInt8(ascii: "e"), UInt8(ascii: "E")) {
      _ = skip(UInt8(ascii: "+"), UInt8(ascii: "-"))
      guard digits() > 0 else { return false }
    }
    return index == bytes.count
  }

  private static func float(_ bytes: UnsafeBufferPointer<UInt8>) -> ResolvedScalar? {
    var text = String(decoding: bytes, as: UTF8.self)
    // Swift wants a digit behind the point and before an exponent.
    if let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) {
      let next = text.utf8.index(after: point)
      if next == text.endIndex || !isDigit(text.utf8[next]) { text.insert("0", at: next) }
    }
    guard let value = Double(text), value.isFinite else { return nil }
    return .float(value)
  }
}

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

/// Integers as Go's `strconv.ParseInt` with base 0 reads them: 0x, 0b, 0o and a leading 0 choose the base.
private enum GoInteger {
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> ResolvedScalar? {
    var index = 0
    var isNegative = false
    var isSigned = false
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      isSigned = true
      index = 1
    }
    var base: UInt64 = 10
    if bytes.count - index > 1, bytes[index] == UInt8(ascii: "0") {
      base = 8
      index += 1
      if bytes.count - index > 1, let prefixed = prefixBase(bytes[index]) {
        base = prefixed
        index += 1
      }
    }
    guard index < bytes.count else { return nil }
    var magnitude: UInt64 = 0
    while index < bytes.count {
      guard let digit = digitValue(bytes[index]), digit < base else { return nil }
      let (product, wrapped) = magnitude.multipliedReportingOverflow(by: base)
      let (sum, carried) = product.addingReportingOverflow(digit)
      if wrapped || carried { return nil }
      magnitude = sum
      index += 1
    }
    if isNegative {
      return magnitude <= UInt64(Int64.max) + 1 ? .int(Int64(truncatingIfNeeded: 0 &- magnitude)) : nil
    }
    if magnitude <= UInt64(Int64.max) { return .int(Int64(magnitude)) }
    // ParseUint takes no sign.
    return isSigned ? nil : .float(Double(magnitude))
  }

  private static func prefixBase(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "x"), UInt8(ascii: "X"): 16
    case UInt8(ascii: "o"), UInt8(ascii: "O"): 8
    case UInt8(ascii: "b"), UInt8(ascii: "B"): 2
    default: nil
    }
  }

  private static func digitValue(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
