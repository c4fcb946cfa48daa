import Evaluation
import Patterns
import ProxyModel

/// Routes of one host, and requests for them.
struct GeneratedRoutes {
  enum Paths { case exactAndPrefix, regex }

  let configuration: RouteConfiguration
  private let paths: [String]

  static let host = "shop.example.com"
  private static let names = ["end-user", "x-version", "x-tenant", "x-canary"]
  private static let others = ["accept", "user-agent", "x-request-id", "cookie", "referer", "accept-language", "x-b3"]
  private static let values = ["jason", "v1", "v2", "blue", "green", "acme", "true", "*/*", "curl/8.0"]

  /// Of ten routes three are exact and seven prefixes; a third has a condition on one header.
  init(_ count: Int, _ kind: Paths, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var routes: [Route] = []
    var paths: [String] = []
    for number in 0..<count {
      let path = Self.path(number, &random)
      paths.append(path)
      let matcher: PathMatcher =
        switch kind {
        case .regex: .regex("\(path)/[a-z0-9]+/item[0-9]+")
        case .exactAndPrefix: number % 10 < 3 ? .exact(path) : .prefix(path)
        }
      var match = RouteMatch(path: matcher)
      if number % 3 == 0 {
        let value = StringMatcher(.exact(random.pick(Self.values)))
        match.headers = [HeaderMatcher(name: random.pick(Self.names), rule: .string(value))]
      }
      let target = ClusterTarget.cluster("outbound|80||shop.default.svc.cluster.local")
      routes.append(Route(name: "r\(number)", match: match, action: .forward(Forward(target: target))))
    }
    self.paths = paths
    let host = VirtualHost(name: "\(Self.host):80", domains: [Self.host, "\(Self.host):80"], routes: routes)
    configuration = RouteConfiguration(name: "80", virtualHosts: [host])
  }

  private static func path(_ number: Int, _ random: inout SeededRandom) -> String {
    let words = ["api", "v1", "v2", "shop", "cart", "orders", "users", "static", "img", "search", "reviews", "ratings"]
    var path = ""
    for _ in 0..<(1 + random.below(3)) { path += "/" + random.pick(words) }
    return path + "/\(random.pick(words))\(number)"
  }

  /// Paths of routes, with something behind them or not, and one in ten that no route has; 256 sets of headers.
  func requests(_ count: Int, seed: UInt64) -> [HTTPRequest] {
    var random = SeededRandom(seed: seed)
    let sets = (0..<256).map { _ in
      (0..<(2 + random.below(7))).map { place in
        let name = random.pick(place % 2 == 0 ? Self.others : Self.names)
        return HTTPHeader(name: Array(name.utf8), value: Array(random.pick(Self.values).utf8))
      }
    }
    let authority = Array("\(Self.host):80".utf8)
    let method = Array("GET".utf8)
    return (0..<count).map { _ in
      var path = random.pick(paths)
      if random.below(10) == 0 { path = "/none" + path }
      if random.below(3) > 0 { path += "/x\(random.below(1000))/item\(random.below(100_000))" }
      return HTTPRequest(method: method, authority: authority, path: Array(path.utf8), headers: random.pick(sets))
    }
  }
}

/// The naive way: the rules in order, each compared byte by byte until one holds.
struct RouteScan {
  private struct Rule {
    var path: [UInt8]
    var isPrefix: Bool
    var pattern: Pattern?
    var header: HTTPHeader?
  }

  private let rules: [Rule]

  init(_ host: VirtualHost) throws {
    rules = try host.routes.map { route in
      var rule = Rule(path: [], isPrefix: false, pattern: nil, header: nil)
      switch route.match.path {
      case .exact(let text): rule.path = Array(text.utf8)
      case .prefix(let text), .segmentPrefix(let text): (rule.path, rule.isPrefix) = (Array(text.utf8), true)
      case .regex(let text): rule.pattern = try Pattern(text)
      }
      if let header = route.match.headers.first, case .string(let matcher) = header.rule,
        case .exact(let value) = matcher.kind
      {
        rule.header = HTTPHeader(name: Array(header.name.utf8), value: Array(value.utf8))
      }
      return rule
    }
  }

  func route(for request: HTTPRequest) -> Int? {
    for place in rules.indices where holds(rules[place], request) { return place }
    return nil
  }

  private func holds(_ rule: Rule, _ request: HTTPRequest) -> Bool {
    if let pattern = rule.pattern {
      guard pattern.matches(request.path) else { return false }
    } else if rule.isPrefix {
      guard request.path.starts(with: rule.path) else { return false }
    } else {
      guard request.path == rule.path else { return false }
    }
    guard let header = rule.header else { return true }
    return request.headers.contains { $0.name == header.name && $0.value == header.value }
  }
}
