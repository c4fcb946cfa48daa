import ProxyModel

extension Evaluator {
  /// The answer where nothing but the choice of a route has to be found out; nil: the question needs all steps.
  ///
  /// Most requests of a bulk run are of this kind. What this gives is what all steps give.
  func plainAnswer(to question: Question) -> Answer? {
    let connection = question.connection
    guard let request = question.http, connection.tls == nil, connection.peer == nil, !isInbound,
      let authority = request.authority, authority.allSatisfy(Authority.isAllowed), PlainRequest.isPlain(request),
      let place = listeners.listener(for: connection).place, configuration.listeners[place].port == connection.port,
      let table = plainListener(place, question).table, let plan = plainRoute(of: request, authority, in: table)
    else { return nil }
    if let template = plan.template {
      return template.listener == place && template.isUsable(for: request) ? template.answer(to: request) : nil
    }
    var trace: Trace?
    let answer = evaluate(question, trace: &trace)
    if let template = AnswerTemplate(answer, to: request, by: plan, listener: place) {
      plan.keep(template)
    }
    return answer
  }

  private func plainRoute(of request: HTTPRequest, _ authority: [UInt8], in table: RouteTable) -> RoutePlan? {
    authority.withUnsafeBufferPointer { authority in
      guard let host = table.host(of: authority), !host.host.requiresTLS, !host.readsProxyHeaders else { return nil }
      return request.withRouteRequest(authority: authority, scheme: Self.plainScheme) { host.firstMatch($0) }
    }
  }

  private static let plainScheme = [UInt8]("http")
}
