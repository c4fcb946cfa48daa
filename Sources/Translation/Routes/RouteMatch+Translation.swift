import MeshModel
import ProxyModel

extension RouteMatch {
  /// MT-1 to MT-12.
  init(translating match: HTTPMatchRequest) {
    self.init(path: Self.path(match.uri), isCaseSensitive: !match.ignoreUriCase)
    for entry in match.headers {
      add(entry, field: "headers[\(entry.name)]", isInverted: false)
    }
    for entry in match.withoutHeaders {
      add(entry, field: "withoutHeaders[\(entry.name)]", isInverted: true)
    }
    headers.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    addPseudoHeader(":method", match.method, field: "method")
    addPseudoHeader(":authority", match.authority, field: "authority")
    addPseudoHeader(":scheme", match.scheme, field: "scheme")
    queryParameters = match.queryParams.map {
      QueryParameterMatcher(
        name: $0.name, rule: HeaderMatcher.Rule(translating: $0.condition), field: "queryParams[\($0.name)]")
    }
  }

  /// HR-9.
  var isCatchAll: Bool {
    guard headers.isEmpty, queryParameters.isEmpty, claims.isEmpty else { return false }
    switch path {
    case .prefix(let text), .segmentPrefix(let text): return text.utf8.elementsEqual("/".utf8)
    case .regex(let text): return text.utf8.elementsEqual(".*".utf8)
    case .exact: return false
    }
  }

  /// MT-1, MT-2.
  private static func path(_ uri: MatchCondition?) -> PathMatcher {
    guard case .string(let match)? = uri else { return .prefix("/") }
    switch match {
    case .exact(let text): return .exact(text)
    case .prefix(let text): return .prefix(text)
    case .regex(let text): return .regex(text)
    }
  }

  private mutating func add(_ entry: NamedMatch, field: String, isInverted: Bool) {
    let rule = HeaderMatcher.Rule(translating: entry.condition)
    if let path = ClaimPath.parse(entry.name) {  // MT-9
      claims.append(ClaimMatcher(path: path, rule: rule, isInverted: isInverted, field: field))
      return
    }
    // MT-8: a missing header counts as empty, but for a test of presence.
    headers.append(
      HeaderMatcher(
        name: entry.name.lowercased(), rule: rule, isInverted: isInverted,
        treatsMissingAsEmpty: isInverted && rule != .present, field: field))
  }

  private mutating func addPseudoHeader(_ name: String, _ condition: MatchCondition?, field: String) {
    guard let condition, condition != .null else { return }
    headers.append(HeaderMatcher(name: name, rule: HeaderMatcher.Rule(translating: condition), field: field))
  }
}

extension HeaderMatcher.Rule {
  /// MT-6, MT-11: nothing named, or the token `*` as a regex, asks for presence; an empty exact text does not (MT-12).
  init(translating condition: MatchCondition) {
    guard case .string(let match) = condition, match != .regex("*") else {
      self = .present
      return
    }
    self = .string(StringMatcher(translating: match))
  }
}

extension StringMatcher {
  init(translating match: StringMatch) {
    switch match {
    case .exact(let text): self.init(.exact(text))
    case .prefix(let text): self.init(.prefix(text))
    case .regex(let text): self.init(.regex(text))
    }
  }
}

/// MT-9: header names that stand for claims of a token.
package enum ClaimPath {
  private static let prefix = Array("@request.auth.claims".utf8)

  /// `@request.auth.claims.a.b` and `@request.auth.claims[a][b]`; nil for ordinary header names.
  package static func parse(_ name: String) -> [String]? {
    let bytes = name.utf8
    guard bytes.count > prefix.count, zip(bytes, prefix).allSatisfy({ lowered($0) == $1 }) else { return nil }
    let rest = String(Substring(bytes.dropFirst(prefix.count)))
    guard rest.utf8.count > 1 else { return nil }
    if rest.utf8.first == UInt8(ascii: ".") {
      return rest.dropFirst().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }
    guard rest.utf8.first == UInt8(ascii: "["), rest.utf8.last == UInt8(ascii: "]"), rest.utf8.count > 2 else {
      return nil
    }
    return rest.dropFirst().dropLast().split(separator: "][", omittingEmptySubsequences: false).map(String.init)
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (65...90).contains(byte) ? byte + 32 : byte
  }
}
