import Patterns
import ProxyModel

extension RouteMatch {
  /// The path with the matched part replaced, query kept (PATHRW-1); slashes are not mended (PATHRW-2).
  func replacingMatched(in target: [UInt8], with replacement: String) -> [UInt8] {
    let end = target.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
    let matched: Int
    switch path {
    case .prefix(let text), .segmentPrefix(let text): matched = min(text.utf8.count, end)
    case .exact, .regex: matched = end
    }
    return Array(replacement.utf8) + target[matched...]
  }
}

extension Exchange {
  /// HOSTRW-1, HOSTRW-2.
  mutating func rewriteHost(_ host: String, appendsForwardedHost: Bool) {
    guard !host.isEmpty else { return }
    headers.set(HeaderName.originalHost, authority)
    if appendsForwardedHost {
      let before = headers.all(HeaderName.forwardedHost)
      let last = before.last?.split(separator: UInt8(ascii: ",")).last.map { Array(ASCII.trimmed($0)) }
      if last != authority {
        let joined = (before + [authority]).joined(separator: [UInt8(ascii: ",")])
        headers.set(HeaderName.forwardedHost, Array(joined))
      }
    }
    authority = Array(host.utf8)
  }

  /// PATHRW-1 to PATHRW-3.
  mutating func rewritePath(_ rewrite: PathRewrite, _ match: RouteMatch, _ patterns: PatternCache) {
    let rewritten: [UInt8]
    switch rewrite {
    case .matched(let replacement):
      guard !replacement.isEmpty else { return }
      rewritten = match.replacingMatched(in: path, with: replacement)
    case .regex(let pattern, let substitution):
      guard let compiled = patterns.pattern(pattern) else { return }
      let bare = compiled.replacingAll(in: pathWithoutQuery, with: substitution)
      guard !bare.isEmpty else { return }
      rewritten = bare + query
    }
    headers.set(HeaderName.originalPath, path)
    path = rewritten
  }
}

extension Redirect {
  /// RD-2 to RD-6.
  func location(for exchange: Exchange, _ match: RouteMatch) -> [UInt8] {
    let newScheme = scheme.map { Array($0.utf8) } ?? exchange.scheme
    var result = newScheme + [UInt8]("://")
    if let host {
      result += Array(host.utf8)
    } else {
      result += requestHost(exchange, newScheme)
    }
    if let port { result += Array(":\(port)".utf8) }
    var newPath: [UInt8]
    switch path {
    case .whole(let text):
      newPath = Array(text.utf8)
      if !newPath.contains(UInt8(ascii: "?")) { newPath += exchange.query }
    case .matched(let replacement): newPath = match.replacingMatched(in: exchange.path, with: replacement)
    case nil: newPath = exchange.path
    }
    if newPath.first != UInt8(ascii: "/") { result.append(UInt8(ascii: "/")) }
    return result + newPath
  }

  /// RD-4.
  private func requestHost(_ exchange: Exchange, _ newScheme: [UInt8]) -> [UInt8] {
    let authority = exchange.authority
    guard let colon = Authority.portStart(authority) else { return authority }
    let told = exchange.headers.first(HeaderName.forwardedProto) ?? []
    let asked = Array(authority[(colon + 1)...])
    var drops = port != nil
    if newScheme != told {
      drops = drops || told == [UInt8]("https") && asked == [UInt8]("443")
      drops = drops || told == [UInt8]("http") && asked == [UInt8]("80")
    }
    return drops ? Array(authority[..<colon]) : authority
  }
}
