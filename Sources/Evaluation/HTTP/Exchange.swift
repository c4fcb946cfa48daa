import MeshModel
import ProxyModel

/// One request on its way through a proxy.
struct Exchange {
  let sent: HTTPRequest
  /// As received: lower-case names, before anything was changed.
  let received: HeaderList
  /// The URI names of the client's certificate; empty without one.
  let peers: [String]
  let connection: Connection
  /// Whether TLS ends at this proxy.
  let isEncrypted: Bool
  var method: [UInt8]
  var authority: [UInt8]
  /// With the query.
  var path: [UInt8]
  var scheme: [UInt8]
  var headers: HeaderList
  /// The client as X-Forwarded-For tells it (XFF-4); nil when it is not known.
  var client: IPAddress?
  /// The payload of the validated token.
  var claims: Value?

  var isGRPC: Bool { GRPC.isGRPC(headers.first(HeaderName.contentType)) }
  /// What decides the form of replies made here (GR-2).
  var arrivedAsGRPC: Bool { GRPC.isGRPC(received.first(HeaderName.contentType)) }
  var isConnect: Bool { method == RequestTarget.connect }
  var isHead: Bool { method == [UInt8]("HEAD") }
  var isOptions: Bool { method == [UInt8]("OPTIONS") }

  /// CO-3.
  var isPreflight: Bool {
    isOptions && !(headers.first(HeaderName.origin) ?? []).isEmpty
      && !(headers.first(HeaderName.requestMethod) ?? []).isEmpty
  }

  var pathWithoutQuery: [UInt8] {
    guard let end = path.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) else { return path }
    return Array(path[..<end])
  }

  /// The query with its question mark; empty without one.
  var query: [UInt8] {
    guard let start = path.firstIndex(of: UInt8(ascii: "?")) else { return [] }
    return Array(path[start...])
  }

  /// HM-1: pseudo headers have one value, other names all of theirs.
  func values(_ name: String) -> [[UInt8]] {
    switch name {
    case ":method": [method]
    case ":path": [path]
    case ":authority", "host": [authority]
    case ":scheme": [scheme]
    default: headers.all(Array(name.utf8))
    }
  }
}

/// Section 16 of the Envoy rules.
enum GRPC {
  private static let plain = [UInt8]("application/grpc")

  /// QM-5.
  static func isGRPC(_ contentType: [UInt8]?) -> Bool {
    guard let contentType, contentType.starts(with: plain) else { return false }
    return contentType.count == plain.count || contentType[plain.count] == UInt8(ascii: "+")
  }

  /// GR-3.
  static func status(ofHTTP status: UInt32) -> UInt32 {
    switch status {
    case 400: 13
    case 401: 16
    case 403: 7
    case 404: 12
    case 429, 502, 503, 504: 14
    default: 2
    }
  }

  /// TO-16, in milliseconds; nil when it is not readable.
  static func timeout(_ value: [UInt8]) -> Int64? {
    guard let unit = value.last, value.count <= 9, let amount = ASCII.decimal(value.dropLast()) else { return nil }
    let number = Int64(amount)
    switch unit {
    case UInt8(ascii: "H"): return number * 3_600_000
    case UInt8(ascii: "M"): return number * 60_000
    case UInt8(ascii: "S"): return number * 1000
    case UInt8(ascii: "m"): return number
    case UInt8(ascii: "u"): return (number + 999) / 1000
    case UInt8(ascii: "n"): return (number + 999_999) / 1_000_000
    default: return nil
    }
  }

  /// At most eight digits, in the smallest unit from milliseconds on.
  static func timeoutText(_ milliseconds: Int64) -> [UInt8] {
    var amount = milliseconds
    for (unit, next) in [("m", Int64(1000)), ("S", 60), ("M", 60)] {
      if amount <= 99_999_999 { return Array("\(amount)\(unit)".utf8) }
      amount /= next
    }
    return Array("\(min(amount, 99_999_999))H".utf8)
  }

  /// GR-2: printable ASCII but the percent sign stands for itself.
  static func encodedMessage(_ text: [UInt8]) -> [UInt8] {
    let digits = [UInt8]("0123456789ABCDEF")
    var result: [UInt8] = []
    for byte in text {
      if byte < 32 || byte > 126 || byte == UInt8(ascii: "%") {
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        result.append(byte)
      }
    }
    return result
  }
}
