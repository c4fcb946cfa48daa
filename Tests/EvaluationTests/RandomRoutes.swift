import Evaluation
import ProxyModel
import SeededDraws

/// Route tables and requests in which near misses are common: few words, used over and over.
extension SeededRandom {
  private static let segments = ["a", "b", "ab", "A", "items", "v1", "x.y", "", "aa"]
  private static let words = ["", "a", "ab", "b", "A", "jason", "jas", "a,b"]
  private static let names = ["x-user", "x-team", "cookie", ":method", ":authority", ":path"]
  private static let hosts = ["web", "web.shop", "api.example.com", "a.b.example.com", "example.com", "WEB", "other"]
  private static let domains = [
    "web", "web.shop", "api.example.com", "*.example.com", "*.b.example.com", "*example.com", "web*", "w*", "*",
  ]

  mutating func configuration() -> RouteConfiguration {
    var free = Self.domains
    var hosts: [VirtualHost] = []
    for place in 0..<number(below: 5) + 1 where !free.isEmpty {
      var domains: [String] = []
      for _ in 0..<number(below: 2) + 1 where !free.isEmpty {
        domains.append(free.remove(at: number(below: free.count)))
      }
      let count = chance(1, in: 6) ? 120 : number(below: 12)
      let routes = (0..<count).map { _ in
        Route(match: routeMatch(), action: .respond(DirectResponse(status: 200)))
      }
      hosts.append(VirtualHost(name: "host\(place)", domains: domains, routes: routes))
    }
    return RouteConfiguration(name: "80", virtualHosts: hosts, ignoresPortInHost: !chance(1, in: 4))
  }

  mutating func path() -> String {
    (0..<number(below: 3) + 1).map { _ in "/" + pick(Self.segments) }.joined()
  }

  private mutating func routeMatch() -> RouteMatch {
    var match = RouteMatch(path: pathMatcher(), isCaseSensitive: !chance(1, in: 4))
    for _ in 0..<(chance(1, in: 2) ? 0 : number(below: 3)) { match.headers.append(header()) }
    for _ in 0..<(chance(3, in: 4) ? 0 : number(below: 3)) {
      match.queryParameters.append(QueryParameterMatcher(name: pick(["q", "v", ""]), rule: rule()))
    }
    return match
  }

  private mutating func pathMatcher() -> PathMatcher {
    switch number(below: 12) {
    case 0: .prefix("/")
    case 1: .prefix("")
    case 2: .exact("")
    case 3, 4: .regex(pick(["/a.*", ".*", "/(a|b)/?", "/items/[a-z]+", "/[^/]*", "(?i)/AB"]))
    case 5, 6: .segmentPrefix(pick(["/a", "/a/b", "/ab", "/A"]))
    case 7, 8, 9: .prefix(path())
    default: .exact(path())
    }
  }

  private mutating func header() -> HeaderMatcher {
    let isInverted = chance(1, in: 3)
    return HeaderMatcher(
      name: pick(Self.names), rule: rule(), isInverted: isInverted, treatsMissingAsEmpty: isInverted && chance(1, in: 2)
    )
  }

  private mutating func rule() -> HeaderMatcher.Rule {
    let ignoresCase = chance(1, in: 4)
    switch number(below: 6) {
    case 0: return .present
    case 1: return .string(StringMatcher(.regex(pick(["a.*", "", "[ab]+", "jas(on)?"]))))
    case 2: return .string(StringMatcher(.prefix(pick(Self.words)), ignoresCase: ignoresCase))
    case 3: return .string(StringMatcher(.suffix(pick(Self.words)), ignoresCase: ignoresCase))
    case 4: return .string(StringMatcher(.contains(pick(Self.words)), ignoresCase: ignoresCase))
    default: return .string(StringMatcher(.exact(pick(Self.words + ["GET", "web"])), ignoresCase: ignoresCase))
    }
  }

  mutating func request() -> HTTPRequest {
    var target = path()
    if chance(1, in: 2) {
      let pairs = (0..<number(below: 3)).map { _ in pick(["q", "v", "w", ""]) + pick(["", "=", "=a", "=ab", "=jason"]) }
      target += "?" + pairs.joined(separator: "&")
    }
    let headers = (0..<number(below: 4)).map { _ in
      HTTPHeader(name: Array(pick(["x-user", "x-team", "cookie"]).utf8), value: Array(pick(Self.words).utf8))
    }
    let authority = pick(Self.hosts) + pick(["", "", ":80", ":abc", ":"])
    return HTTPRequest(
      method: Array(pick(["GET", "POST"]).utf8), authority: Array(authority.utf8), path: Array(target.utf8),
      headers: headers)
  }
}
