/// Numbers in the digits Go writes, so that canonical forms and keys agree with kubectl's.
enum GoFloat {
  /// As Go's encoding/json: plain digits from 1e-6 up to 1e21, an exponent outside.
  static func json(_ value: Double) -> String {
    let magnitude = abs(value)
    let (digits, point) = shortest(magnitude.description)
    let sign = value.sign == .minus ? "-" : ""
    if magnitude != 0, magnitude < 1e-6 || magnitude >= 1e21 {
      // encoding/json drops the zero of e-09.
      return sign + exponential(digits, point: point, padding: point - 1 < 0 ? 1 : 2)
    }
    return sign + positional(digits, point: point)
  }

  /// As `strconv.FormatFloat(x, 'g', -1, 32)`, which makes a float key a JSON string.
  static func key(_ value: Double) -> String {
    if value.isNaN { return ".nan" }
    let narrow = Float(value)
    if narrow.isInfinite { return value < 0 ? "-.inf" : ".inf" }
    let (digits, point) = shortest(narrow.magnitude.description)
    let sign = value.sign == .minus ? "-" : ""
    let exponent = point - 1
    if narrow != 0, exponent < -4 || exponent >= 6 {
      return sign + exponential(digits, point: point, padding: 2)
    }
    return sign + positional(digits, point: point)
  }

  /// The significant digits of Swift's shortest form and where the decimal point stands in them.
  private static func shortest(_ description: String) -> (digits: [UInt8], point: Int) {
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    for (offset, byte) in description.utf8.enumerated() {
      if byte == UInt8(ascii: ".") {
        point = digits.count
      } else if byte == UInt8(ascii: "e") {
        exponent =
          Int(description.utf8.dropFirst(offset + 1).reduce(into: "") { $0.unicodeScalars.append(.init($1)) }) ?? 0
        break
      } else {
        digits.append(byte)
      }
    }
    var position = (point ?? digits.count) + exponent
    let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(leading)
    position -= leading
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return digits.isEmpty ? ([UInt8(ascii: "0")], 1) : (digits, position)
  }

  private static func positional(_ digits: [UInt8], point: Int) -> String {
    var bytes: [UInt8] = []
    if point <= 0 {
      bytes += Array("0.".utf8) + Array(repeating: UInt8(ascii: "0"), count: -point) + digits
    } else if point >= digits.count {
      bytes += digits + Array(repeating: UInt8(ascii: "0"), count: point - digits.count)
    } else {
      bytes += digits[..<point] + [UInt8(ascii: ".")] + digits[point...]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func exponential(_ digits: [UInt8], point: Int, padding: Int) -> String {
    var bytes = [digits[0]]
    if digits.count > 1 { bytes += [UInt8(ascii: ".")] + digits[1...] }
    let exponent = point - 1
    let size = String(abs(exponent))
    let zeros = String(repeating: "0", count: max(0, padding - size.utf8.count))
    return String(decoding: bytes, as: UTF8.self) + (exponent < 0 ? "e-" : "e+") + zeros + size
  }
}
