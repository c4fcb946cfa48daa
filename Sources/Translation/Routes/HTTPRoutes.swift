import MeshModel
import ProxyModel

/// The routes of one VirtualService on one listener.
struct HTTPRoutes: Sendable {
  let context: RouteContext

  /// HR-1, HR-6: in order, up to the first that catches everything; empty when nothing applies to this proxy and port.
  func routes(of virtualService: ResolvedVirtualService) -> [Route] {
    var result: [Route] = []
    for rule in virtualService.http {
      if rule.rule.match.isEmpty {
        result.append(
          route(of: rule, match: nil, origin: rule.origin, delegatedBy: rule.ruleDelegatedBy, using: action(of: rule)))
        return result
      }
      var shared: RuleAction?
      for (place, match) in rule.rule.match.enumerated() where applies(match) {
        let action = shared ?? action(of: rule)
        shared = action
        let root = rule.delegatedBy.isEmpty ? nil : rule.delegatedBy[place]
        let route = route(
          of: rule, match: match, origin: rule.matchOrigins[place], delegatedBy: root, using: action)
        result.append(route)
        if route.match.isCatchAll { return result }
      }
    }
    return result
  }

  /// Whether `routes(of:)` gives any.
  func hasRoutes(for virtualService: ResolvedVirtualService) -> Bool {
    virtualService.http.contains { $0.rule.match.isEmpty || $0.rule.match.contains(where: applies) }
  }

  /// HR-2, HR-3: what is known of the proxy beforehand.
  private func applies(_ match: HTTPMatchRequest) -> Bool {
    if match.port != 0, match.port != context.port { return false }
    if !match.gateways.isEmpty { return match.gateways.contains(context.gateway) }
    let labels = context.vantage.labels
    guard match.sourceLabels.allSatisfy({ labels[$0.key] == $0.value }) else { return false }
    return match.sourceNamespace.isEmpty || match.sourceNamespace == context.vantage.namespace
  }

  private func route(
    of rule: ResolvedHTTPRule, match: HTTPMatchRequest?, origin: Origin, delegatedBy: Origin?, using action: RuleAction
  ) -> Route {
    var route = Route(
      name: Self.name(rule.rule.name, match?.name ?? ""),
      match: match.map(RouteMatch.init(translating:)) ?? RouteMatch(),
      action: action.action, origin: origin)
    route.delegatedBy = delegatedBy
    route.requestHeaders = action.requestHeaders
    route.responseHeaders = action.responseHeaders
    route.fault = action.fault
    route.cors = action.cors
    return route
  }

  /// HR-7.
  private static func name(_ rule: String, _ match: String) -> String {
    match.isEmpty ? rule : rule + "." + match
  }

  /// What all matches of a rule share.
  private struct RuleAction {
    var action: RouteAction
    var requestHeaders: HeaderMutation
    var responseHeaders: HeaderMutation
    var fault: Fault?
    var cors: CorsRule?
  }

  private func action(of rule: ResolvedHTTPRule) -> RuleAction {
    let content = rule.rule
    let request = content.headers?.request
    var result = RuleAction(
      action: .respond(DirectResponse(status: 0)), requestHeaders: HeaderMutation(translating: request),
      responseHeaders: HeaderMutation(translating: content.headers?.response))
    if let redirect = content.redirect {  // RX-1
      result.action = .redirect(Redirect(translating: redirect, port: context.port, isTLS: context.isTLS))
    } else if let response = content.directResponse {
      result.action = .respond(DirectResponse(translating: response))
    } else {
      var forward = Forwarding(context: context, rule: rule)
      result.action = .forward(forward.translated())
      result.requestHeaders.append(forward.destinationRequestHeaders)
      result.responseHeaders.append(forward.destinationResponseHeaders)
    }
    result.fault = content.fault.flatMap { Fault(translating: $0, origin: rule.origin(ofField: "fault")) }
    result.cors = content.corsPolicy.map { CorsRule(translating: $0, origin: rule.origin(ofField: "corsPolicy")) }
    return result
  }
}
