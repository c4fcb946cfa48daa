import MeshModel
import ProxyModel

extension Evaluator {
  /// One request through a connection manager: routing, filters in order, router.
  func serve(
    _ question: Question, _ manager: HTTPConnectionManager, _ chain: FilterChain, into answer: inout Answer,
    trace: inout Trace?
  ) {
    if !isInbound || answer.decidedBy == .untold { answer.decidedBy = .byItself }
    let isEncrypted = chain.tls != nil
    if let tls = chain.tls, Self.agreesOnOtherProtocol(question, tls) {
      answer.outcomes = [Outcome(effect: .close(Closed(flags: "DPE", reason: .codecError)))]
      return
    }
    guard let request = question.http, isEncrypted || !question.connection.opensTLS else {
      // A client that waits for TLS cannot read the words.
      let isReadable = isEncrypted || !question.connection.opensTLS
      let body = isReadable ? [UInt8]("Bad Request") : []
      let reply = LocalReply(status: 400, flags: "DPE", details: "http1.codec_error", body: body)
      answer.outcomes = [Outcome(effect: .respond(reply))]
      return
    }
    let received = Exchange.receive(
      request, on: question.connection, by: manager, isEncrypted: isEncrypted,
      ownIdentity: ownIdentity(chain), trace: &trace)
    switch received {
    case .refused(let reply): answer.outcomes = [Outcome(effect: .respond(reply.asRead(by: request)))]
    case .routed(let exchange):
      var stream = Stream(
        exchange: exchange, question: question, table: table(of: manager, chain: chain.name), chain: chain)
      choose(&stream, into: &answer, trace: &trace)
      run(manager, &stream, into: &answer, trace: &trace)
    }
  }

  private func ownIdentity(_ chain: FilterChain) -> String {
    let vantage = configuration.vantage
    let trustDomain = chain.tls?.trustDomains.first ?? "cluster.local"
    let account = vantage.serviceAccount.isEmpty ? "default" : vantage.serviceAccount
    return "spiffe://\(trustDomain)/ns/\(vantage.namespace)/sa/\(account)"
  }

  /// ORD-1: before any filter; again when a filter clears the choice.
  private func choose(_ stream: inout Stream, into answer: inout Answer, trace: inout Trace?) {
    let exchange = stream.exchange
    stream.redirectsToTLS = false
    stream.plan = nil
    answer.note(stream.table.configuration.notModelled)
    guard let host = stream.table.host(of: exchange.authority) else {
      explainHosts(stream, nil, &trace)
      trace?.steps.append(.noRoute)
      return
    }
    explainHosts(stream, host, &trace)
    answer.note(host.host.notModelled)
    if host.host.requiresTLS, exchange.headers.first(HeaderName.forwardedProto) != [UInt8]("https") {
      stream.redirectsToTLS = true  // VH-9
      return
    }
    if !exchange.isConnect { stream.plan = exchange.withRouteRequest { host.firstMatch($0) } }
    explainRoutes(stream, host, &trace)
    if let route = stream.plan?.route { answer.note(route.notModelled) }
  }

  private func run(
    _ manager: HTTPConnectionManager, _ stream: inout Stream, into answer: inout Answer, trace: inout Trace?
  ) {
    tellRoute(stream, into: &answer)
    // ORD-3.
    if stream.plan != nil, let upgrade = stream.exchange.headers.first(HeaderName.upgrade),
      ASCII.lowered(upgrade) != [UInt8]("websocket")
    {
      let reply = LocalReply(status: 403, details: "upgrade_failed")
      answer.outcomes += stream.replies(reply, self, content: .never)
      return
    }
    for filter in manager.filters {
      switch filter {
      case .rbac(let rbac):
        var access = self.access(stream)
        guard let refusal = apply(rbac, &access, into: &answer, trace: &trace) else { continue }
        return end(refusal, &stream, into: &answer)
      case .externalAuthorization(let authorization):
        var access = self.access(stream)
        guard let refusal = apply(authorization, stream.question, &access, into: &answer, trace: &trace) else {
          continue
        }
        return end(refusal, &stream, into: &answer)
      case .jwtAuthentication(let filter):
        if let refusal = check(filter, &stream, into: &answer, trace: &trace) {
          return end(refusal.refusal, &stream, own: refusal.headers, into: &answer)
        }
        tellRoute(stream, into: &answer)
      case .fault: injectFault(&stream, into: &answer, trace: &trace)
      case .cors: if answerPreflight(&stream, into: &answer, trace: &trace) { return }
      case .grpcWeb: stream.translateGRPCWeb()
      case .unknown(let reason):
        answer.note([reason])
        trace?.steps.append(.filter(.notModelled(reason)))
      }
      if stream.left == .zero { return }
    }
    routeRequest(&stream, into: &answer, trace: &trace)
  }

  private func access(_ stream: Stream) -> AccessContext {
    AccessContext(
      connection: stream.question.connection, peers: stream.exchange.peers,
      serverName: Inspection.serverName(stream.question.connection), exchange: stream.exchange, patterns: patterns)
  }

  private func tellRoute(_ stream: Stream, into answer: inout Answer) {
    guard !isInbound else { return }
    answer.route = stream.plan?.choice
    answer.decidedBy = Decision(stream.plan?.route.origin)
  }

  private func end(
    _ refusal: FilterRefusal, _ stream: inout Stream, own: [HTTPHeader] = [], into answer: inout Answer
  ) {
    answer.filter = refusal.details
    let reply = LocalReply(
      status: refusal.status, flags: refusal.flags, details: refusal.details, body: refusal.body)
    answer.outcomes += stream.replies(reply, self, own: own, content: isInbound ? .never : .unlessTouched)
  }

  private func check(
    _ filter: JWTAuthentication, _ stream: inout Stream, into answer: inout Answer, trace: inout Trace?
  ) -> (refusal: FilterRefusal, headers: [HTTPHeader])? {
    let realm = stream.exchange.scheme + [UInt8]("://") + stream.exchange.authority + stream.exchange.path.prefix(256)
    var check = TokenCheck(filter, verifier, stream.exchange, time: stream.question.time)
    let failure = check.run()
    answer.note(check.notModelled)
    guard let failure else {
      stream.exchange = check.exchange
      if let accepted = check.accepted {
        trace?.steps.append(.filter(.tokenAccepted(accepted.origin)))
        if filter.clearsRouteCache {
          trace?.steps.append(.routeChosenAgain)  // RND-5, RA-6
          choose(&stream, into: &answer, trace: &trace)
        }
      }
      return nil
    }
    let text = failure.status.text
    trace?.steps.append(.filter(.tokenRefused(failure.providers.first?.origin, status: text)))
    if isInbound { answer.decidedBy = Self.decision(failure.providers) }
    var challenge = [UInt8]("Bearer realm=\"") + realm + [UInt8(ascii: "\"")]
    if failure.status != .missing { challenge += [UInt8](", error=\"invalid_token\"") }
    let details = String(decoding: text.utf8.map { $0 == 32 ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
    let isAudience = text == "Audiences in Jwt are not allowed"  // JW-4
    let refusal = FilterRefusal(
      status: isAudience ? 403 : 401, details: "jwt_authn_access_denied{\(details)}", body: Array(text.utf8))
    return (refusal, [HTTPHeader(name: HeaderName.wwwAuthenticate, value: challenge)])
  }

  /// The rule of the token's issuer; with several, as much as they share.
  private static func decision(_ providers: [JWTAuthentication.Provider]) -> Decision {
    guard let first = providers.first?.origin else { return .byItself }
    if providers.count == 1 { return .by(first) }
    if providers.allSatisfy({ $0.origin.object == first.object }) { return .byObject(first.object) }
    return .byKind(first.object.kind)
  }
}
