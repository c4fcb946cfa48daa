import ProxyModel

/// A request on its way through the filters of one connection manager.
struct Stream {
  var exchange: Exchange
  let question: Question
  let table: RouteTable
  let chain: FilterChain
  /// nil: no route matched.
  var plan: RoutePlan?
  var redirectsToTLS = false
  /// The share of requests that got this far.
  var left = Fraction.one
  var cors: CorsState?
  /// The content type of responses to a gRPC-Web client; nil for any other.
  var grpcWebType: [UInt8]?

  init(exchange: Exchange, question: Question, table: RouteTable, chain: FilterChain) {
    self.exchange = exchange
    self.question = question
    self.table = table
    self.chain = chain
  }

  /// The reply of a filter to every request that got this far, with the route's header changes (RSP-2).
  ///
  /// Entries of a weighted route that change responses differently make outcomes of their own.
  func replies(
    _ reply: LocalReply, _ evaluator: Evaluator, share: Fraction = .one, own: [HTTPHeader] = [],
    grpcStatus: UInt32? = nil, content: Evaluator.ContentTypeRule
  ) -> [Outcome] {
    let whole = left * share
    guard let plan, case .forward = plan.route.action else {
      let done = evaluator.finished(
        reply, exchange, mutations: [], own: own, grpcStatus: grpcStatus, route: plan, cluster: "", content: content)
      return [Outcome(probability: whole, effect: .respond(done))]
    }
    var result: [(share: Fraction, reply: LocalReply)] = []
    for branch in plan.branches {
      let done = evaluator.finished(
        reply, exchange, mutations: branch.responseMutations(plan.route), own: own, grpcStatus: grpcStatus,
        route: plan, cluster: branch.cluster, content: content)
      if let place = result.firstIndex(where: { $0.reply == done }) {
        result[place].share = result[place].share + branch.share
      } else {
        result.append((branch.share, done))
      }
    }
    return result.map { Outcome(probability: whole * $0.share, effect: .respond($0.reply)) }
  }
}

extension RoutePlan.Branch {
  /// HDR-1: the entry's, then the route's.
  func responseMutations(_ route: Route) -> [HeaderMutation] {
    if let entry, !entry.responseHeaders.isEmpty { return [entry.responseHeaders, route.responseHeaders] }
    return route.responseHeaders.isEmpty ? [] : [route.responseHeaders]
  }
}
