import ProxyModel

/// The answer to a plain request by a route: any other plain request to it gets the same, with its own host and path.
///
/// A template is made from an answer that was evaluated in full.
final class AnswerTemplate: Sendable {
  private let answer: Answer
  private let shape = AnswerShape()
  /// The place of the listener that the answer is of.
  let listener: Int
  /// Names of headers that the route changes: a request that brings one has an answer of its own.
  private let changed: [[UInt8]]
  /// What replaces the matched part of the path.
  private let replacement: String?
  private let match: RouteMatch

  /// nil where answers of the route depend on more of a request.
  init?(_ answer: Answer, to request: HTTPRequest, by plan: RoutePlan, listener: Int) {
    let route = plan.route
    var mutations = [route.requestHeaders]
    var replies = [route.responseHeaders]
    var replacement: String?
    switch route.action {
    case .redirect: return nil
    case .respond(let response):
      if response.status == 201 || (300..<400).contains(response.status) { return nil }
    case .forward(let forward):
      if !(forward.hostRewrite ?? "").isEmpty { return nil }
      switch forward.pathRewrite {
      case .matched(let text): replacement = text.isEmpty ? nil : text
      case .regex: return nil
      case nil: break
      }
      for branch in plan.branches {
        guard let entry = branch.entry else { continue }
        if !(entry.hostRewrite ?? "").isEmpty { return nil }
        mutations.append(entry.requestHeaders)
        replies.append(entry.responseHeaders)
      }
    }
    guard (mutations + replies).allSatisfy(\.isConstant) else { return nil }
    let names = Set(mutations.flatMap { $0.removals + $0.additions.map(\.name) })
    guard names.allSatisfy({ $0.utf8.first != UInt8(ascii: ":") && !Self.isProxysOwn($0) }) else { return nil }
    self.answer = answer
    self.listener = listener
    self.replacement = replacement
    match = route.match
    changed = names.map { Array($0.utf8) }
    guard answer.route === plan.choice, isUsable(for: request), answer.outcomes.allSatisfy({ isShared($0, request) })
    else { return nil }
  }

  private static func isProxysOwn(_ name: String) -> Bool {
    name == "host" || name.utf8.starts(with: "x-envoy-".utf8) || name.utf8.starts(with: "x-forwarded-".utf8)
  }

  /// Whether an outcome holds nothing of the request but what a template fills in.
  private func isShared(_ outcome: Outcome, _ request: HTTPRequest) -> Bool {
    switch outcome.effect {
    case .close: return true
    case .redirect: return false
    case .respond(let reply): return reply.location == nil
    case .forward(let forwarded):
      guard let sent = forwarded.request else { return true }
      guard sent.method == nil, sent.authority == request.authority, sent.path == path(of: request) else {
        return false
      }
      let original = sent.headers.first { $0.name == AnswerShape.originalPath }
      return replacement == nil ? original == nil : original?.values == [request.path]
    }
  }

  private func path(of request: HTTPRequest) -> [UInt8] {
    replacement.map { match.replacingMatched(in: request.path, with: $0) } ?? request.path
  }

  func isUsable(for request: HTTPRequest) -> Bool {
    for name in changed {
      for place in request.headers.indices where ASCII.equalIgnoringCase(request.headers[place].name, name) {
        return false
      }
    }
    return true
  }

  func answer(to request: HTTPRequest) -> Answer {
    var answer = answer
    let path = path(of: request)
    for place in answer.outcomes.indices {
      guard case .forward(var forwarded) = answer.outcomes[place].effect, forwarded.request != nil else { continue }
      forwarded.request?.authority = request.authority ?? []
      forwarded.request?.path = path
      if replacement != nil,
        let own = forwarded.request?.headers.firstIndex(where: { $0.name == AnswerShape.originalPath })
      {
        forwarded.request?.headers[own].values = [request.path]
      }
      answer.outcomes[place].effect = .forward(forwarded)
    }
    answer.shape = shape
    return answer
  }
}

extension HeaderMutation {
  /// Whether no value depends on the request.
  fileprivate var isConstant: Bool {
    additions.allSatisfy { !$0.value.utf8.contains(UInt8(ascii: "%")) }
  }
}
