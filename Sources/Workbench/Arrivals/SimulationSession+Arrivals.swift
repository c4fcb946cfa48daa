package import Evaluation
import MeshModel
package import ProxyModel
import Translation

extension SimulationSession {
  /// The answer with what becomes of everything that it forwards, where it arrives.
  package func followed(
    _ answer: Answer, to question: Question, from vantage: Vantage, keeping traces: KeptTraces = .none
  ) -> Answer {
    followed(answer, to: question, from: vantage, Hop(number: 1, traces: traces))
  }

  /// Whether those who receive a request are asked how they came to their answer.
  package enum KeptTraces: Sendable {
    case none, all
  }

  private struct Hop {
    var number: Int
    var traces: KeptTraces

    var next: Hop { Hop(number: number + 1, traces: traces) }
  }

  private func followed(_ answer: Answer, to question: Question, from vantage: Vantage, _ hop: Hop) -> Answer {
    guard vantage.kind != .inbound, hop.number <= ArrivalFollower.farthest else { return answer }
    var result = answer
    for place in result.outcomes.indices {
      guard case .forward(let forwarded) = result.outcomes[place].effect,
        let cluster = result.outcomes[place].target?.cluster?.cluster
      else { continue }
      let passed = Passage(question, forwarded, answer, vantage)
      let groups = arrivals.groups(
        of: cluster, for: vantage, question.connection, carriesTLS: passed.carriesTLS)
      result.outcomes[place].arrivals = groups.map { arrival(of: $0, passed, cluster, hop) }
    }
    return result
  }

  private func arrival(
    of group: ArrivalFollower.Group, _ passed: Passage, _ cluster: Cluster, _ hop: Hop
  ) -> Arrival {
    var arrival = Arrival(
      endpoints: group.endpoints, receiver: group.found.receiver, approach: group.approach,
      transport: passed.transport, reception: .served)
    guard let vantage = group.found.vantage else {
      if case .bare = group.found.receiver.kind, group.approach.security == .meshTLS {
        arrival.reception = .broken(.tlsToPlaintext, flags: "UF")
      }
      return arrival
    }
    let question = passed.question(to: group, over: cluster)
    var trace: Trace? = hop.traces == .all ? Trace() : nil
    let answer = proxy(of: vantage, port: group.port).evaluator.evaluate(question, trace: &trace)
    arrival.trace = trace
    arrival.question = question
    arrival.reception = Reception(answer, to: group.approach)
    arrival.answer = followed(answer, to: question, from: vantage, hop.next)
    return arrival
  }

  /// A client without a proxy: Kubernetes brings its connection to one of the address's endpoints, as it is. Without a
  /// reason why it has none, it is a pod that calls itself.
  package func direct(
    _ question: Question, from vantage: Vantage, because why: NoSidecar?, keeping traces: KeptTraces = .none
  ) -> Answer {
    var cluster = Cluster(name: "PassthroughCluster", discovery: .originalDestination)
    let connection = question.connection
    if let behind = translator.endpoints(behind: connection.destination, port: connection.port) {
      cluster.service = behind.hostname
      cluster.port = connection.port
    }
    let carriesTLS = connection.tls != nil
    var groups = arrivals.groups(of: cluster, for: vantage, connection, carriesTLS: carriesTLS)
    let isItself = why == nil
    let approach = Approach(
      security: carriesTLS ? .applicationTLS : .plaintext, cause: isItself ? .nothing : .clientWithoutSidecar(why))
    for place in groups.indices {
      groups[place].approach = approach
      guard isItself, let id = vantage.object else { continue }
      groups[place].found = ReceiverDirectory.Found(receiver: Receiver(kind: .bare(.ownAddress(id)), object: id))
    }
    var answer = Answer()
    answer.isDirect = true
    answer.transport = question.http == nil ? .tcp : .http
    answer.decidedBy = .byItself
    let passed = Passage(question, Forwarded(), answer, vantage)
    let name = cluster.service.isEmpty ? "\(connection.destination)" : cluster.service
    let target = Target(name: "\(name):\(connection.port)", cluster: nil)
    var outcome = Outcome(effect: .forward(Forwarded()), target: target)
    outcome.arrivals = groups.map { arrival(of: $0, passed, cluster, Hop(number: 1, traces: traces)) }
    if groups.isEmpty { outcome.effect = .close(Closed()) }
    answer.outcomes = [outcome]
    return answer
  }

  /// Whether a pod dials its own address: its sidecar captures no such connection, neither going out nor coming in.
  func isCallToItself(_ question: Question, from vantage: Vantage) -> Bool {
    vantage.kind == .sidecar && vantage.object != nil
      && vantage.addresses.contains { IPAddress($0) == question.connection.destination }
  }

  /// Why a vantage has no proxy of its own; nil when it has one, or when nothing says otherwise.
  package func missingSidecar(of vantage: Vantage) -> NoSidecar? { arrivals.directory.missingSidecar(of: vantage) }
}
