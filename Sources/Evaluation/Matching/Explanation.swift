import MeshModel
import Patterns
import ProxyModel

/// Why routing came out as it did; only called when someone listens.
extension Evaluator {
  func explainHosts(_ stream: Stream, _ chosen: VirtualHostPlan?, _ trace: inout Trace?) {
    guard trace != nil else { return }
    let authority = ASCII.lowered(stream.exchange.authority)
    var key = authority
    if stream.table.configuration.ignoresPortInHost, let colon = Authority.portStart(authority) {
      key = Array(authority[..<colon])
    }
    var candidates: [Trace.VirtualHostCandidate] = []
    for host in stream.table.configuration.virtualHosts {
      let isChosen = chosen?.host.name == host.name
      let domain = host.domains.first { Self.fits($0, key) }
      if domain == nil, !isChosen { continue }
      candidates.append(
        Trace.VirtualHostCandidate(name: host.name, domain: domain, isChosen: isChosen, origin: host.origin))
    }
    trace?.steps.append(
      .virtualHosts(
        configuration: stream.table.configuration.name, authority: stream.exchange.authority, candidates: candidates))
  }

  private static func fits(_ domain: String, _ key: [UInt8]) -> Bool {
    let name = domain.utf8.map(ASCII.lower)
    if name == [UInt8(ascii: "*")] || name == key { return true }
    if name.first == UInt8(ascii: "*") {
      return key.count >= name.count && key.suffix(name.count - 1) == name.dropFirst()
    }
    if name.last == UInt8(ascii: "*") { return key.count >= name.count && key.starts(with: name.dropLast()) }
    return false
  }

  func explainRoutes(_ stream: Stream, _ host: VirtualHostPlan, _ trace: inout Trace?) {
    guard trace != nil else { return }
    for (place, plan) in host.routes.enumerated() {
      if plan === stream.plan {
        trace?.steps.append(.routeWon(index: place, name: plan.route.name, origin: plan.route.origin))
        return
      }
      guard let condition = failure(plan.route.match, stream.exchange) else { continue }
      trace?.steps.append(
        .routeLost(index: place, name: plan.route.name, origin: plan.route.origin, condition: condition))
    }
    trace?.steps.append(.noRoute)
  }

  /// The first condition that does not hold: path, headers, query, claims.
  func failure(_ match: RouteMatch, _ exchange: Exchange) -> Trace.FailedCondition? {
    if !holds(match, exchange.pathWithoutQuery) {
      return .path(wanted: match.path, isCaseSensitive: match.isCaseSensitive, found: exchange.pathWithoutQuery)
    }
    for header in match.headers {
      let values = exchange.values(header.name)
      if !holds(header, values) { return .header(header, found: values) }
    }
    for parameter in match.queryParameters {
      let found = queryValue(parameter.name, exchange)
      let isGood: Bool
      switch parameter.rule {
      case .present: isGood = found != nil
      case .string(let matcher): isGood = found.map { matcher.matches($0, patterns) } ?? false
      }
      if !isGood { return .queryParameter(parameter, found: found) }
    }
    for claim in match.claims where !claim.holds(exchange.claims, patterns) {
      return .claim(claim, found: exchange.claims?.claim(at: claim.path))
    }
    return nil
  }

  private func holds(_ match: RouteMatch, _ path: [UInt8]) -> Bool {
    func fold(_ bytes: [UInt8]) -> [UInt8] { match.isCaseSensitive ? bytes : ASCII.lowered(bytes) }
    switch match.path {
    case .prefix(let text): return fold(path).starts(with: fold(Array(text.utf8)))
    case .exact(let text): return fold(path) == fold(Array(text.utf8))
    case .segmentPrefix(let text):
      let wanted = fold(Array(text.utf8))
      return fold(path) == wanted || fold(path).starts(with: wanted + [UInt8(ascii: "/")])
    case .regex(let text): return patterns.pattern(text)?.matches(path) ?? false
    }
  }

  private func holds(_ header: HeaderMatcher, _ values: [[UInt8]]) -> Bool {
    if values.isEmpty, !header.treatsMissingAsEmpty { return header.rule == .present && header.isInverted }
    let tested = values.isEmpty ? [[]] : values
    switch header.rule {
    case .present: return !header.isInverted
    case .string(let matcher): return tested.contains { matcher.matches($0, patterns) } != header.isInverted
    }
  }

  private func queryValue(_ name: String, _ exchange: Exchange) -> [UInt8]? {
    let wanted = Array(name.utf8)
    return wanted.withUnsafeBufferPointer { wanted in
      exchange.path.withUnsafeBufferPointer { target in
        let start = target.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? target.count
        return QueryString.first(wanted, in: target, from: start).map { Array($0) }
      }
    }
  }
}
