import Evaluation
import Patterns
import ProxyModel

/// Route choice as the specification tells it, one route after the other: what the indexed search is held against.
struct LinearScan {
  let configuration: RouteConfiguration

  func route(for request: HTTPRequest, scheme: String) -> Int? {
    guard let authority = request.authority, let host = host(of: authority) else { return nil }
    return host.routes.firstIndex { holds($0.match, request, scheme) }
  }

  /// VH-2, VH-3.
  private func host(of authority: [UInt8]) -> VirtualHost? {
    var name = String(decoding: authority, as: UTF8.self).lowercased()
    if configuration.ignoresPortInHost, let colon = name.lastIndex(of: ":"), !name[colon...].contains("]") {
      name = String(name[..<colon])
    }
    var best: (rank: Int, host: VirtualHost)?
    for host in configuration.virtualHosts {
      for domain in host.domains {
        guard let rank = rank(of: domain, for: name), rank > best?.rank ?? -1 else { continue }
        best = (rank, host)
      }
    }
    return best?.host
  }

  /// Exact before suffix before prefix before `*`, each the longest; a wildcard stands for one byte or more (VH-4).
  private func rank(of domain: String, for name: String) -> Int? {
    if domain == "*" { return 0 }
    if domain == name { return 3_000_000 }
    guard name.utf8.count >= domain.utf8.count else { return nil }
    if domain.utf8.first == UInt8(ascii: "*"), name.utf8.reversed().starts(with: domain.utf8.dropFirst().reversed()) {
      return 2_000_000 + domain.utf8.count
    }
    if domain.utf8.last == UInt8(ascii: "*"), name.utf8.starts(with: domain.utf8.dropLast()) {
      return 1_000_000 + domain.utf8.count
    }
    return nil
  }

  private func holds(_ match: RouteMatch, _ request: HTTPRequest, _ scheme: String) -> Bool {
    let text = String(decoding: request.path, as: UTF8.self)
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    return holds(match.path, String(parts[0]), isCaseSensitive: match.isCaseSensitive)
      && match.headers.allSatisfy { holds($0, values(of: $0.name, request, scheme)) }
      && match.queryParameters.allSatisfy { holds($0, parts.count > 1 ? String(parts[1]) : "") }
  }

  /// PM-1 to PM-6.
  private func holds(_ matcher: PathMatcher, _ path: String, isCaseSensitive: Bool) -> Bool {
    func fold(_ text: String) -> String { isCaseSensitive ? text : text.lowercased() }
    let folded = fold(path)
    switch matcher {
    case .prefix(let text): return folded.utf8.starts(with: fold(text).utf8)
    case .exact(let text): return folded == fold(text)
    case .segmentPrefix(let text): return folded == fold(text) || folded.utf8.starts(with: (fold(text) + "/").utf8)
    case .regex(let text): return matches(text, path)
    }
  }

  private func values(of name: String, _ request: HTTPRequest, _ scheme: String) -> [String] {
    switch name {
    case ":method": return [String(decoding: request.method, as: UTF8.self)]
    case ":authority", "host": return [String(decoding: request.authority ?? [], as: UTF8.self)]
    case ":scheme": return [scheme]
    case ":path": return [String(decoding: request.path, as: UTF8.self)]
    default:
      return request.headers.filter { $0.name == Array(name.utf8) }.map { String(decoding: $0.value, as: UTF8.self) }
    }
  }

  /// HM-2, HM-5 to HM-7: each line by itself.
  private func holds(_ matcher: HeaderMatcher, _ found: [String]) -> Bool {
    if found.isEmpty, !matcher.treatsMissingAsEmpty { return matcher.rule == .present && matcher.isInverted }
    let tested = found.isEmpty ? [""] : found
    return tested.contains { holds(matcher.rule, $0) } != matcher.isInverted
  }

  /// QM-1 to QM-3: the first of a name.
  private func holds(_ matcher: QueryParameterMatcher, _ query: String) -> Bool {
    for pair in query.split(separator: "&", omittingEmptySubsequences: false) {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if !pair.isEmpty, parts[0] == matcher.name { return holds(matcher.rule, parts.count > 1 ? String(parts[1]) : "") }
    }
    return false
  }

  private func holds(_ rule: HeaderMatcher.Rule, _ value: String) -> Bool {
    guard case .string(let matcher) = rule else { return true }
    func fold(_ text: String) -> String { matcher.ignoresCase ? text.lowercased() : text }
    switch matcher.kind {
    case .exact(let text): return fold(value) == fold(text)
    case .prefix(let text): return fold(value).utf8.starts(with: fold(text).utf8)
    case .suffix(let text): return fold(value).utf8.reversed().starts(with: fold(text).utf8.reversed())
    case .contains(let text): return fold(value).contains(fold(text))
    case .regex(let text): return matches(text, value)
    }
  }

  private func matches(_ pattern: String, _ text: String) -> Bool {
    (try? Pattern(pattern))?.matches(Array(text.utf8)) ?? false
  }
}
