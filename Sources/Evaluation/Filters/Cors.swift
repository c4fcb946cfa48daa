import ProxyModel

/// What the CORS filter made of a request.
struct CorsState {
  let rule: CorsRule
  let origin: [UInt8]
  let isAllowed: Bool

  /// nil: the filter leaves the request alone (CO-1, CO-2).
  init?(_ route: Route, _ exchange: Exchange, _ patterns: PatternCache) {
    guard case .forward = route.action, let rule = route.cors,
      let origin = exchange.headers.first(HeaderName.origin), !origin.isEmpty
    else { return nil }
    self.rule = rule
    self.origin = origin
    isAllowed = rule.allowOrigins.contains {
      $0.matches(origin, patterns) || $0.matches([UInt8(ascii: "*")], patterns)
    }
  }

  /// CO-4, CO-5; nil: the preflight goes on to the upstream.
  func preflightReply(_ exchange: Exchange) -> LocalReply? {
    if !isAllowed, rule.forwardsUnmatchedPreflights { return nil }
    var headers = HeaderList()
    if isAllowed { headers.set([UInt8]("access-control-allow-origin"), origin) }
    if rule.allowCredentials == true { headers.set([UInt8]("access-control-allow-credentials"), [UInt8]("true")) }
    if !rule.allowMethods.isEmpty {
      let asked = exchange.headers.first(HeaderName.requestMethod) ?? []
      let value = rule.allowMethods == "*" ? asked : Array(rule.allowMethods.utf8)
      headers.set([UInt8]("access-control-allow-methods"), value)
    }
    if !rule.allowHeaders.isEmpty {
      let asked = exchange.headers.first(HeaderName.requestHeaders) ?? []
      let value = rule.allowHeaders == "*" ? asked : Array(rule.allowHeaders.utf8)
      headers.set([UInt8]("access-control-allow-headers"), value)
    }
    if !rule.exposeHeaders.isEmpty {
      headers.set([UInt8]("access-control-expose-headers"), Array(rule.exposeHeaders.utf8))
    }
    if let age = rule.maxAge, !age.isEmpty { headers.set([UInt8]("access-control-max-age"), Array(age.utf8)) }
    var reply = LocalReply(status: 200, details: "cors_response")
    reply.responseHeaders = headers.differences(from: HeaderList()) { _ in false }
    return reply
  }

  /// CO-6, CO-7.
  func decorate(_ headers: inout HeaderList) {
    guard isAllowed else { return }
    headers.set([UInt8]("access-control-allow-origin"), origin)
    if rule.allowCredentials == true { headers.set([UInt8]("access-control-allow-credentials"), [UInt8]("true")) }
    if !rule.exposeHeaders.isEmpty {
      headers.set([UInt8]("access-control-expose-headers"), Array(rule.exposeHeaders.utf8))
    }
  }
}
