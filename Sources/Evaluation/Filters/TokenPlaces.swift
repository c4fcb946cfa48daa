import MeshModel
import ProxyModel

/// Where a provider's tokens are looked for (JW-2), in Envoy's order: headers, parameters, cookies, each by name.
struct TokenPlaces {
  struct Found {
    var text: [UInt8]
    fileprivate var place: Place

    /// JW-6: what is not forwarded; tokens in cookies stay.
    func remove(from exchange: inout Exchange) {
      switch place {
      case .header(let name): exchange.headers.remove(name)
      case .parameter(let name): exchange.path = QueryParameters.removing(name, from: exchange.path)
      case .cookie: break
      }
    }
  }

  fileprivate enum Place {
    case header([UInt8])
    case parameter([UInt8])
    case cookie
  }

  private struct HeaderPlace {
    var name: [UInt8]
    var prefix: [UInt8]
  }

  private var headers: [HeaderPlace]
  private var parameters: [[UInt8]]
  private let cookies: [[UInt8]]

  init(_ provider: JWTAuthentication.Provider) {
    headers = provider.headers.map {
      HeaderPlace(name: ASCII.lowered(Array($0.name.utf8)), prefix: Array($0.prefix.utf8))
    }
    parameters = provider.parameters.map { Array($0.utf8) }
    cookies = Set(provider.cookies.map { Array($0.utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
    if provider.headers.isEmpty, provider.parameters.isEmpty, provider.cookies.isEmpty {
      headers = [HeaderPlace(name: HeaderName.authorization, prefix: [UInt8]("Bearer "))]
      parameters = [[UInt8]("access_token")]
    }
    headers.sort { ($0.name + $0.prefix).lexicographicallyPrecedes($1.name + $1.prefix) }
    parameters = Set(parameters).sorted { $0.lexicographicallyPrecedes($1) }
  }

  func tokens(in exchange: Exchange) -> [Found] {
    var result: [Found] = []
    for place in headers {
      for value in exchange.headers.all(place.name) {
        guard !place.prefix.isEmpty else {
          result.append(Found(text: value, place: .header(place.name)))
          continue
        }
        guard let start = value.firstIndex(ofSequence: place.prefix, from: 0) else { continue }
        let rest = value[(start + place.prefix.count)...]
        let token = rest.firstIndex(where: Self.isTokenByte).map { Array(rest[$0...]) } ?? value
        result.append(Found(text: token, place: .header(place.name)))
      }
    }
    for name in parameters {
      if let value = QueryParameters.first(name, in: exchange.path) {
        result.append(Found(text: value, place: .parameter(name)))
      }
    }
    for name in cookies {
      if let value = Self.cookie(name, exchange.headers.all(HeaderName.cookie)) {
        result.append(Found(text: value, place: .cookie))
      }
    }
    return result
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: ".")
  }

  private static func cookie(_ name: [UInt8], _ lines: [[UInt8]]) -> [UInt8]? {
    for line in lines {
      for part in line.split(separator: UInt8(ascii: ";")) {
        let pair = ASCII.trimmed(part)
        guard let equals = pair.firstIndex(of: UInt8(ascii: "=")), Array(pair[..<equals]) == name else { continue }
        var value = pair[(equals + 1)...]
        if value.count >= 2, value.first == UInt8(ascii: "\""), value.last == UInt8(ascii: "\"") {
          value = value.dropFirst().dropLast()
        }
        return Array(value)
      }
    }
    return nil
  }
}

/// A query with percent escapes undone.
enum QueryParameters {
  static func first(_ name: [UInt8], in target: [UInt8]) -> [UInt8]? {
    for part in parts(target) {
      let (key, value) = pair(part)
      if decoded(key) == name { return decoded(value) }
    }
    return nil
  }

  /// The target without the parameter; without any parameter left the question mark goes too.
  static func removing(_ name: [UInt8], from target: [UInt8]) -> [UInt8] {
    guard let mark = target.firstIndex(of: UInt8(ascii: "?")) else { return target }
    let kept = parts(target).filter { decoded(pair($0).key) != name }
    if kept.isEmpty { return Array(target[..<mark]) }
    let query = kept.map { part -> [UInt8] in
      let (key, value) = pair(part)
      return Array(key) + [UInt8(ascii: "=")] + Array(value)
    }
    return Array(target[...mark]) + query.joined(separator: [UInt8(ascii: "&")])
  }

  private static func parts(_ target: [UInt8]) -> [ArraySlice<UInt8>] {
    guard let mark = target.firstIndex(of: UInt8(ascii: "?")) else { return [] }
    return target[(mark + 1)...].split(separator: UInt8(ascii: "&"))
  }

  private static func pair(_ part: ArraySlice<UInt8>) -> (key: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
    guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { return (part, part.suffix(0)) }
    return (part[..<equals], part[(equals + 1)...])
  }

  private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var place = text.startIndex
    while place < text.endIndex {
      if text[place] == UInt8(ascii: "%"), place + 2 < text.endIndex,
        let value = UInt8(String(decoding: text[(place + 1)...(place + 2)], as: UTF8.self), radix: 16)
      {
        result.append(value)
        place += 3
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return result
  }
}
