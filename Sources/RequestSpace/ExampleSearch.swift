package import ProxyModel

/// Looks for the smallest request that one route of a virtual host takes and no earlier one.
package struct ExampleSearch {
  private let routes: [Route]
  /// Requests tried before a search gives up.
  private static let budget = 160

  package init(_ routes: [Route]) {
    self.routes = routes
  }

  package enum Result: Hashable, Sendable {
    case found(RequestSketch)
    /// Every request that was tried goes to an earlier route.
    case shadowed(by: Int)
    /// A claim is asked for, and no token is at hand.
    case needsToken
    case notFound
  }

  /// `judge` tells which route of the virtual host takes a request; nil: none, or another virtual host's.
  package func example(
    for place: Int, authorities: [String], judge: (RequestSketch) -> Int?
  ) -> Result {
    let match = routes[place].match
    guard !match.claims.contains(where: { !$0.isInverted }) else { return .needsToken }
    var frontier = starts(match, authorities)
    var seen = Set(frontier)
    var tried = 0
    var obstacle: Int?
    while !frontier.isEmpty, tried < Self.budget {
      let index = frontier.indices.min { (frontier[$0].cost, $0) < (frontier[$1].cost, $1) } ?? 0
      let sketch = frontier.remove(at: index)
      tried += 1
      guard let taken = judge(sketch) else { continue }
      if taken == place { return .found(sketch) }
      guard taken < place else { continue }
      obstacle = min(obstacle ?? taken, taken)
      for escape in escapes(of: sketch, from: routes[taken].match, within: match, authorities)
      where seen.insert(escape).inserted {
        frontier.append(escape)
      }
    }
    return obstacle.map { .shadowed(by: $0) } ?? .notFound
  }

  /// Requests that meet every condition, one for each path that is thought of.
  private func starts(_ match: RouteMatch, _ authorities: [String]) -> [RequestSketch] {
    guard var base = authorities.first.map(RequestSketch.init) else { return [] }
    for header in match.headers { meet(header, in: &base) }
    for parameter in match.queryParameters {
      base.setQuery(parameter.name, ConditionExamples.texts(for: parameter.rule).first)
    }
    var names = authorities
    for header in match.headers
    where [":authority", "host"].contains(header.name) && !header.isInverted && header.rule != .present {
      let texts = ConditionExamples.texts(for: header.rule).map { String(decoding: $0, as: UTF8.self) }
      // What is asked for may be the beginning of a name that a wildcard holds.
      let completed = texts.prefix(2).flatMap { text in
        authorities.compactMap { name in name.firstIndex(of: ".").map { text + name[$0...] } }
      }
      names = authorities + texts + completed
    }
    var paths = ConditionExamples.paths(for: match)
    for header in match.headers where header.name == ":path" && !header.isInverted && header.rule != .present {
      // This one sees the query as well.
      paths = ConditionExamples.texts(for: header.rule) + paths
    }
    return names.prefix(12).flatMap { name in
      paths.map { path in
        var sketch = base
        sketch.authority = name
        sketch.path = path
        return sketch
      }
    }
  }

  private func meet(_ header: HeaderMatcher, in sketch: inout RequestSketch) {
    switch header.name {
    case ":authority", "host", ":path": break
    case ":scheme":
      // The one way for a client without TLS to have been asked by https.
      if !header.isInverted, ConditionExamples.texts(for: header.rule).first == Array("https".utf8) {
        sketch.setHeader("x-forwarded-proto", Array("https".utf8))
      }
    case ":method":
      if !header.isInverted, header.rule != .present {
        sketch.method = ConditionExamples.methods(for: header.rule).first ?? sketch.method
      }
    default:
      if !header.isInverted {
        sketch.setHeader(header.name, ConditionExamples.texts(for: header.rule).first)
      } else if case .string(let matcher) = header.rule, ConditionExamples.texts(for: matcher).contains([]) {
        // A missing header counts as empty here, and empty is not wanted.
        sketch.setHeader(header.name, ConditionExamples.other.first)
      }
    }
  }

  /// Changes of a request of which each spoils one condition of the route that took it.
  private func escapes(
    of sketch: RequestSketch, from taken: RouteMatch, within wanted: RouteMatch, _ authorities: [String]
  ) -> [RequestSketch] {
    var result: [RequestSketch] = []
    func change(_ body: (inout RequestSketch) -> Void) {
      var copy = sketch
      body(&copy)
      if copy != sketch { result.append(copy) }
    }
    for path in ConditionExamples.paths(for: wanted) { change { $0.path = path } }
    for header in taken.headers {
      switch header.name {
      case ":scheme":
        change { $0.setHeader("x-forwarded-proto", header.isInverted ? nil : Array("https".utf8)) }
        change { $0.setHeader("x-forwarded-proto", nil) }
      case ":path": break
      case ":authority", "host": for name in authorities { change { $0.authority = name } }
      case ":method":
        let own = wanted.headers.first { $0.name == ":method" && !$0.isInverted }
        let methods = own.map { ConditionExamples.methods(for: $0.rule) } ?? ConditionExamples.methods
        for method in methods { change { $0.method = method } }
      default:
        for value in values(spoiling: header, allowedBy: wanted.headers.filter { $0.name == header.name }) {
          change { $0.setHeader(header.name, value) }
        }
      }
    }
    for parameter in taken.queryParameters {
      let own = wanted.queryParameters.filter { $0.name == parameter.name }
      let values = own.flatMap { ConditionExamples.texts(for: $0.rule).map(Optional.init) }
      for value in values.isEmpty ? [nil] + ConditionExamples.other.map(Optional.init) : values {
        change { $0.setQuery(parameter.name, value) }
      }
    }
    return result
  }

  /// nil removes the header.
  private func values(spoiling header: HeaderMatcher, allowedBy own: [HeaderMatcher]) -> [[UInt8]?] {
    let wanted = own.filter { !$0.isInverted }.flatMap { ConditionExamples.texts(for: $0.rule) }
    if !wanted.isEmpty { return wanted }
    if header.isInverted { return ConditionExamples.texts(for: header.rule) }
    return [nil] + ConditionExamples.other.map(Optional.init)
  }
}
