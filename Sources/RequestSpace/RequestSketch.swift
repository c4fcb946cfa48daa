/// An HTTP request under construction.
package struct RequestSketch: Hashable, Sendable {
  package var method = "GET"
  package var authority: String
  package var path: [UInt8] = [UInt8(ascii: "/")]
  package var query: [Pair] = []
  package var headers: [Pair] = []

  package struct Pair: Hashable, Sendable {
    package var name: String
    package var value: [UInt8]
  }

  package init(authority: String) {
    self.authority = authority
  }

  /// Path and query as they travel.
  package var target: [UInt8] {
    guard !query.isEmpty else { return path }
    let pairs = query.map { Array($0.name.utf8) + [UInt8(ascii: "=")] + $0.value }
    return path + [UInt8(ascii: "?")] + pairs.joined(separator: [UInt8(ascii: "&")])
  }

  /// How much there is to read; a request that is sent most simply costs least.
  var cost: Int {
    let pairs = (query + headers).map { $0.name.utf8.count + $0.value.count + 8 }
    return (method == "GET" ? 0 : 8) + path.count + pairs.reduce(0, +)
  }

  mutating func setHeader(_ name: String, _ value: [UInt8]?) {
    Self.set(&headers, name, value)
  }

  mutating func setQuery(_ name: String, _ value: [UInt8]?) {
    Self.set(&query, name, value)
  }

  private static func set(_ pairs: inout [Pair], _ name: String, _ value: [UInt8]?) {
    pairs.removeAll { $0.name == name }
    guard let value else { return }
    pairs.append(Pair(name: name, value: value))
    pairs.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}
