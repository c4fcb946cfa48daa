import MeshModel

/// A claim as the value of a header (RA-6): lists and objects as base64 of their JSON, floats with six places.
enum ClaimText {
  static func text(_ value: Value) -> [UInt8]? {
    switch value {
    case .null: return nil
    case .bool(let flag): return flag ? [UInt8]("true") : [UInt8]("false")
    case .string(let text): return Array(text.utf8)
    case .integer(let number): return Array((number < 0 ? fixed(Double(number)) : String(number)).utf8)
    case .number(let number):
      let isWhole = number >= 0 && number < 1.8446744073709552e19 && number.rounded(.towardZero) == number
      return Array((isWhole ? String(UInt64(number)) : fixed(number)).utf8)
    case .array, .object: return base64(Array(json(value).utf8))
    }
  }

  /// As C's `%f`.
  private static func fixed(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 9_000_000_000_000 else { return String(number) }
    let scaled = Int64((abs(number) * 1_000_000).rounded())
    let digits = String(scaled % 1_000_000)
    let padded = String(repeating: "0", count: 6 - digits.utf8.count) + digits
    return (number < 0 ? "-" : "") + "\(scaled / 1_000_000)." + padded
  }

  private static func json(_ value: Value) -> String {
    switch value {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .integer(let number): return String(number)
    case .number(let number): return number.rounded() == number ? String(Int64(number)) : String(number)
    case .string(let text): return quoted(text)
    case .array(let elements): return "[" + elements.map(json).joined(separator: ",") + "]"
    case .object(let members):
      return "{" + members.map { quoted($0.key) + ":" + json($0.value) }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 32 || scalar == "<" || scalar == ">" {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  private static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      let chunk = bytes[place..<min(place + 3, bytes.count)]
      var word: UInt32 = 0
      for offset in 0..<3 { word = word << 8 | UInt32(offset < chunk.count ? chunk[chunk.startIndex + offset] : 0) }
      for offset in 0..<4 {
        let isPadding = offset > chunk.count
        result.append(isPadding ? UInt8(ascii: "=") : alphabet[Int(word >> UInt32(18 - 6 * offset)) & 63])
      }
      place += 3
    }
    return result
  }
}
