import MeshModel
import ProxyModel

extension Evaluator {
  /// FI-1 to FI-11: an abort is an outcome of its own; a delay goes with the route.
  func injectFault(_ stream: inout Stream, into answer: inout Answer, trace: inout Trace?) {
    guard let plan = stream.plan, let fault = plan.route.fault else { return }
    trace?.steps.append(.filter(.fault(fault.origin)))
    guard let abort = fault.abort else { return }
    let share = Fraction(abort.share)
    guard share > .zero else { return }
    var reply = LocalReply(
      status: 200, flags: "FI", details: "fault_filter_abort", body: [UInt8]("fault filter abort"))
    var explicit: UInt32?
    switch abort.status {
    case .http(let status): reply.status = status
    case .grpc(let status):
      reply.grpcStatus = status
      explicit = status
    }
    answer.outcomes += stream.replies(reply, self, share: share, grpcStatus: explicit, content: .never)
    stream.left = stream.left * share.complement
  }

  /// CO-3 to CO-5; true: the preflight was answered here.
  func answerPreflight(_ stream: inout Stream, into answer: inout Answer, trace: inout Trace?) -> Bool {
    guard let plan = stream.plan, let state = CorsState(plan.route, stream.exchange, patterns) else { return false }
    let isPreflight = stream.exchange.isPreflight
    trace?.steps.append(
      .filter(.cors(state.rule.origin, isPreflight: isPreflight, isAllowed: state.isAllowed)))
    stream.cors = state
    guard isPreflight, let reply = state.preflightReply(stream.exchange) else { return false }
    answer.filter = reply.details
    answer.outcomes.append(Outcome(probability: stream.left, effect: .respond(reply)))
    return true
  }

  /// The router: what becomes of a request that every filter let pass.
  func routeRequest(_ stream: inout Stream, into answer: inout Answer, trace: inout Trace?) {
    if stream.redirectsToTLS {
      // VH-9: the port stays.
      let exchange = stream.exchange
      var reply = finished(
        LocalReply(status: 301, details: "direct_response"), exchange, mutations: [], route: nil, cluster: "",
        content: .always)
      reply.location = [UInt8]("https://") + exchange.authority + exchange.path
      answer.outcomes.append(Outcome(probability: stream.left, effect: .redirect(reply)))
      return
    }
    guard let plan = stream.plan else {
      // VH-10.
      let reply = LocalReply(status: 404, flags: "NR", details: "route_not_found")
      answer.outcomes += stream.replies(reply, self, content: .never)
      return
    }
    switch plan.route.action {
    case .redirect(let redirect): answer.outcomes.append(self.redirect(redirect, plan, stream))
    case .respond(let response): answer.outcomes.append(respond(response, plan, stream))
    case .forward(let forward):
      if plan.branches.count > 1 {
        trace?.steps.append(.split(plan.branches.map { (cluster: $0.cluster, share: $0.share) }))
      }
      for branch in plan.branches {
        let target = Target(name: branch.cluster, cluster: cluster(branch.cluster))
        trace?.steps.append(.cluster(name: branch.cluster, view: target.cluster))
        answer.note(target)
        answer.outcomes.append(self.forward(forward, branch, target, plan, stream))
      }
    }
  }

  private func redirect(_ redirect: Redirect, _ plan: RoutePlan, _ stream: Stream) -> Outcome {
    let location = redirect.location(for: stream.exchange, plan.route.match)
    let reply = LocalReply(status: redirect.status, details: "direct_response")
    var done = finished(
      reply, stream.exchange, mutations: [plan.route.responseHeaders], route: plan, cluster: "", content: .always)
    done.location = location
    return Outcome(probability: stream.left, effect: .redirect(done))
  }

  /// DR-1 to DR-4.
  private func respond(_ response: DirectResponse, _ plan: RoutePlan, _ stream: Stream) -> Outcome {
    let exchange = stream.exchange
    let reply = LocalReply(status: response.status, details: "direct_response", body: response.body ?? [])
    var own: [HTTPHeader] = []
    if response.status == 201 || (300..<400).contains(response.status) {
      let location = exchange.scheme + [UInt8]("://") + exchange.authority + exchange.path
      own = [HTTPHeader(name: HeaderName.location, value: location)]
    }
    let done = finished(
      reply, exchange, mutations: [plan.route.responseHeaders], own: own, route: plan, cluster: "", content: .always)
    return Outcome(probability: stream.left, effect: .respond(done))
  }

  private func forward(
    _ forward: Forward, _ branch: RoutePlan.Branch, _ target: Target, _ plan: RoutePlan, _ stream: Stream
  ) -> Outcome {
    let share = stream.left * branch.share
    guard let view = target.cluster else {
      // CLU-3.
      let reply = LocalReply(status: forward.clusterNotFoundStatus, flags: "NC", details: "cluster_not_found")
      return routerReply(reply, share, branch, target, plan, stream)
    }
    guard view.isUsable else {
      let reply = LocalReply(
        status: 503, flags: "UH", details: "no_healthy_upstream", body: [UInt8]("no healthy upstream"))
      return routerReply(reply, share, branch, target, plan, stream)
    }
    var exchange = stream.exchange
    exchange.limitGRPCTimeout(forward)
    exchange.change(forward, branch, plan.route, patterns)
    var responseHeaders = HeaderList(Self.echoHeaders)
    var format = HeaderFormat()
    for mutation in branch.responseMutations(plan.route) {
      mutation.apply(to: &responseHeaders, &format) { now in
        HeaderFormat.Subject(
          exchange: exchange, response: now, cluster: branch.cluster, routeName: plan.route.name, upstreamCode: 200,
          responseFlags: plan.route.delayFlag, responseDetails: "via_upstream")
      }
    }
    stream.cors?.decorate(&responseHeaders)
    if let type = stream.grpcWebType { responseHeaders.set(HeaderName.contentType, type) }
    let changes = exchange.headers.differences(from: stream.exchange.received) { Bookkeeping.contains($0) }
    let request = RequestDifference(
      authority: exchange.authority, path: exchange.path,
      method: exchange.method == exchange.sent.method ? nil : exchange.method, headers: changes)
    let forwarded = Forwarded(
      request: request,
      responseHeaders: responseHeaders.differences(from: HeaderList(Self.echoHeaders)) { _ in false })
    return Outcome(probability: share, effect: .forward(forwarded), target: target)
  }

  private func routerReply(
    _ reply: LocalReply, _ share: Fraction, _ branch: RoutePlan.Branch, _ target: Target, _ plan: RoutePlan,
    _ stream: Stream
  ) -> Outcome {
    var done = finished(
      reply, stream.exchange, mutations: branch.responseMutations(plan.route), route: plan, cluster: branch.cluster,
      content: .never)
    if let cors = stream.cors {
      // CO-7.
      var headers = HeaderList(
        done.responseHeaders.flatMap { difference in
          (difference.values ?? []).map { HTTPHeader(name: Array(difference.name.utf8), value: $0) }
        })
      cors.decorate(&headers)
      done.responseHeaders = headers.differences(from: HeaderList()) { _ in false }
    }
    return Outcome(probability: share, effect: .respond(done), target: target)
  }

  /// What the contract's upstream sends.
  private static let echoHeaders = [
    HTTPHeader(name: [UInt8]("x-upstream"), value: [UInt8]("echo")),
    HTTPHeader(name: [UInt8]("x-powered-by"), value: [UInt8]("echo")),
  ]
}

extension Exchange {
  /// TO-15: the shorter of the route's limits becomes the upstream's `grpc-timeout`, in milliseconds.
  mutating func limitGRPCTimeout(_ forward: Forward) {
    guard let limit = forward.maxGRPCTimeoutMilliseconds, isGRPC else { return }
    var whole = headers.first(HeaderName.grpcTimeout).flatMap(GRPC.timeout) ?? 0
    if limit != 0, whole == 0 || whole > limit { whole = limit }
    var perTry = forward.retry?.perTryTimeoutMilliseconds ?? 0
    if whole != 0, perTry >= whole { perTry = 0 }  // TO-7
    var expected = perTry == 0 ? whole : perTry
    if whole > 0 { expected = min(expected, whole) }
    if expected > 0 { headers.set(HeaderName.grpcTimeout, GRPC.timeoutText(expected)) }
  }

  /// HDR-1 to HDR-8: headers of the entry and the route, then the host, then the path.
  mutating func change(_ forward: Forward, _ branch: RoutePlan.Branch, _ route: Route, _ patterns: PatternCache) {
    var format = HeaderFormat()
    if let entry = branch.entry {
      mutate(entry.requestHeaders, &format, branch, route)
      if let host = entry.hostRewrite, !host.isEmpty { authority = Array(host.utf8) }
    }
    mutate(route.requestHeaders, &format, branch, route)
    if let host = forward.hostRewrite { rewriteHost(host, appendsForwardedHost: forward.appendsForwardedHost) }
    if let rewrite = forward.pathRewrite { rewritePath(rewrite, route.match, patterns) }
  }

  private mutating func mutate(
    _ mutation: HeaderMutation, _ format: inout HeaderFormat, _ branch: RoutePlan.Branch, _ route: Route
  ) {
    if mutation.isEmpty { return }
    var now = self
    mutation.apply(to: &headers, &format) { left in
      now.headers = left
      return HeaderFormat.Subject(
        exchange: now, response: nil, cluster: branch.cluster, routeName: route.name,
        responseFlags: route.delayFlag, responseDetails: "")
    }
  }
}

extension Route {
  /// FL-1: the flag of a delay that every request has; one that only some have is not told in headers.
  var delayFlag: String {
    guard let share = fault?.delay?.share, Fraction(share) == .one else { return "" }
    return "DI"
  }
}

/// Headers that Envoy keeps for itself; answers do not tell of them.
enum Bookkeeping {
  static func contains(_ name: [UInt8]) -> Bool {
    names.contains(name) || prefixes.contains { name.starts(with: $0) }
  }

  private static let names: Set<[UInt8]> = {
    let names =
      "x-request-id x-forwarded-for x-forwarded-proto x-envoy-attempt-count x-envoy-decorator-operation "
      + "x-envoy-expected-rq-timeout-ms x-envoy-external-address x-envoy-internal x-client-trace-id traceparent "
      + "tracestate b3 x-cloud-trace-context x-ot-span-context connection transfer-encoding keep-alive"
    return Set(names.utf8.split(separator: 32).map { Array($0) })
  }()

  private static let prefixes = [[UInt8]("x-envoy-peer-metadata"), [UInt8]("x-b3-")]
}
