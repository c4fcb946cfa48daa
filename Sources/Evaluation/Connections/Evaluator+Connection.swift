import MeshModel
import ProxyModel

extension Evaluator {
  /// From the listener to the filters of the chain that takes the connection.
  func evaluate(_ question: Question, on listener: Listener, into answer: inout Answer, trace: inout Trace?) {
    let connection = question.connection
    let inspection = Inspection(question, listener)
    trace?.steps.append(
      .inspected(
        transport: inspection.transportProtocol,
        serverName: inspection.serverName.isEmpty ? nil : inspection.serverName,
        applicationProtocols: inspection.applicationProtocols))
    let selection = FilterChainSelection(listener, connection, inspection, trace: &trace)
    let peerTLS = selection.chain?.peerTLS ?? Self.peerTLS(listener, port: connection.port, chain: selection.chain)
    answer.server?.peerTLS = peerTLS
    guard let chain = selection.chain else {
      if isInbound {
        answer.decidedBy = Decision(peerTLS?.origin)
        answer.outcomes = [Outcome(effect: .close(Closed(flags: "NR", reason: .noFilterChain)))]
      } else {
        answer.listener = nil
        answer.outcomes = [Outcome(effect: .close(Closed()))]
      }
      return
    }
    answer.note(chain.notModelled)
    answer.server?.filterChain = chain.name
    answer.server?.terminatesTLS = chain.tls != nil
    answer.endsTLS = chain.tls != nil && connection.opensTLS
    if let tls = chain.tls, let closed = Self.handshakeProblem(tls, connection) {
      if isInbound {
        answer.decidedBy = Decision(closed.reason == .noClientCertificate ? peerTLS?.origin : nil)
        answer.outcomes = [Outcome(effect: .close(closed))]
      } else if chain.filters.last?.transport == .tcp {
        answer.transport = .tcp
        answer.decidedBy = .byItself
        answer.outcomes = [Outcome(effect: .close(closed))]
      } else {
        // An HTTP listener hears of nothing before TLS stands.
        answer.listener = nil
        answer.outcomes = [Outcome(effect: .close(Closed()))]
      }
      return
    }
    run(chain, question, into: &answer, trace: &trace)
  }

  /// PA-4: the chains of a port tell its mode also when none of them takes the connection.
  private static func peerTLS(_ listener: Listener, port: UInt32, chain: FilterChain?) -> PeerTLS? {
    if chain != nil { return nil }
    let ofPort = listener.filterChains.filter { $0.match.destinationPort == port }
    if !ofPort.isEmpty { return ofPort.lazy.compactMap(\.peerTLS).first }
    return listener.filterChains.lazy.filter { $0.match.destinationPort == nil }.compactMap(\.peerTLS).first
  }

  /// What ends a connection while TLS is agreed upon; nil: it stands.
  private static func handshakeProblem(_ tls: DownstreamTLS, _ connection: Connection) -> Closed? {
    guard connection.opensTLS else { return Closed(flags: "") }
    switch tls.mode {
    case .simple, .optionalMutual: return nil
    case .mutual: return connection.peer == nil ? Closed(flags: "", reason: .noClientCertificate) : nil
    case .mesh:
      guard let peer = connection.peer else { return Closed(flags: "", reason: .noClientCertificate) }
      if tls.trustDomains.isEmpty || tls.trustDomains.contains(where: { peer.isIdentity(of: $0) }) { return nil }
      return Closed(flags: "", reason: .foreignTrustDomain)
    }
  }

  private func run(_ chain: FilterChain, _ question: Question, into answer: inout Answer, trace: inout Trace?) {
    let connection = question.connection
    let terminates = chain.tls != nil
    var access = AccessContext(
      connection: connection, peers: terminates ? connection.peer.map { [$0] } ?? [] : [],
      serverName: Inspection.serverName(connection), exchange: nil, patterns: patterns)
    for filter in chain.filters {
      switch filter {
      case .rbac(let rbac):
        let refusal = apply(rbac, &access, into: &answer, trace: &trace)
        guard let refusal else { continue }
        answer.transport = .tcp
        answer.filter = refusal.details
        answer.outcomes = [Outcome(effect: .close(Closed(flags: "")))]
        return
      case .externalAuthorization(let authorization):
        guard let refusal = apply(authorization, question, &access, into: &answer, trace: &trace) else { continue }
        answer.transport = .tcp
        answer.filter = refusal.details
        answer.outcomes = [Outcome(effect: .close(Closed(flags: refusal.flags)))]
        return
      case .connectionManager(let manager):
        answer.transport = .http
        answer.note(manager.notModelled)
        serve(question, manager, chain, into: &answer, trace: &trace)
        return
      case .tcpProxy(let proxy):
        answer.transport = .tcp
        answer.note(proxy.notModelled)
        pass(proxy, into: &answer, trace: &trace)
        return
      }
    }
  }

  /// Bytes to a cluster; each entry that differs in more than its weight is an outcome of its own.
  private func pass(_ proxy: TCPProxy, into answer: inout Answer, trace: inout Trace?) {
    switch configuration.vantage.kind {
    case .sidecar: answer.decidedBy = Decision(proxy.origin)
    // Istio does not tell of which object a gateway's chain is; the trace does.
    case .gateway: answer.decidedBy = .byItself
    case .inbound: if answer.decidedBy == .untold { answer.decidedBy = .byItself }
    }
    let branches = RoutePlan.branches(of: proxy.target)
    if branches.count > 1 { trace?.steps.append(.split(branches.map { (cluster: $0.cluster, share: $0.share) })) }
    for branch in branches {
      let view = cluster(branch.cluster)
      trace?.steps.append(.cluster(name: branch.cluster, view: view))
      var target = Target(name: branch.cluster, cluster: view)
      answer.note(target)
      let effect: Outcome.Effect
      if let view, view.isUsable {
        effect = .forward(Forwarded())
      } else {
        // Of a connection that is closed only the cluster's name is told; the trace has the rest.
        effect = .close(Closed(flags: view == nil ? "NC" : "UH"))
        target.cluster = nil
      }
      answer.outcomes.append(Outcome(probability: branch.share, effect: effect, target: target))
    }
  }

  /// Whether the client and the chain agree on HTTP/2 while the client speaks something else inside.
  static func agreesOnOtherProtocol(_ question: Question, _ tls: DownstreamTLS) -> Bool {
    let offered = question.offeredProtocols
    let agreed = tls.applicationProtocols.first { offered.contains($0) }
    return agreed == "h2" && question.http?.version != .http2
  }
}

extension NetworkFilter {
  fileprivate var transport: Answer.Transport {
    switch self {
    case .connectionManager: .http
    case .rbac, .externalAuthorization, .tcpProxy: .tcp
    }
  }
}

extension String {
  /// Whether this is a SPIFFE identity of that trust domain.
  fileprivate func isIdentity(of trustDomain: String) -> Bool {
    utf8.starts(with: "spiffe://\(trustDomain)/".utf8)
  }
}
