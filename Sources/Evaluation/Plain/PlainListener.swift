import ProxyModel

/// What a listener does with plain HTTP/1.1, as far as only routes decide.
final class PlainListener: Sendable {
  /// nil: something else than routes looks at connections or requests.
  let table: RouteTable?

  /// - Parameter question: any of plain HTTP/1.1 to the listener's own port.
  init(_ evaluator: Evaluator, _ listener: Listener, _ question: Question) {
    let choosesByAddress = listener.filterChains.contains {
      !$0.match.prefixRanges.isEmpty || $0.match.destinationPort != nil
    }
    var trace: Trace?
    let selection = FilterChainSelection(
      listener, question.connection, Inspection(question, listener), trace: &trace)
    guard !choosesByAddress, let chain = selection.chain, chain.tls == nil, chain.filters.count == 1,
      case .connectionManager(let manager) = chain.filters[0], manager.schemeOverride == nil,
      manager.filters.allSatisfy(\.actsByRouteAlone)
    else {
      table = nil
      return
    }
    table = evaluator.table(of: manager, chain: chain.name)
  }
}

extension HTTPFilter {
  /// Whether a plain request gets through as its route says, with nothing else looked at.
  fileprivate var actsByRouteAlone: Bool {
    switch self {
    case .fault, .cors, .grpcWeb, .unknown: true
    case .rbac, .externalAuthorization, .jwtAuthentication: false
    }
  }
}
