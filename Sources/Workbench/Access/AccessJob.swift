package import Evaluation
import MeshModel
package import ProxyModel
import Synchronization

/// Who may reach what: every answer is the one that a simulation of that client's request gives.
package struct AccessJob: Sendable {
  private let session: SimulationSession
  /// Sent with every request, such as a token.
  private let headers: [RequestLine.HTTP.Header]
  package let clients: ClientList

  package init(_ session: SimulationSession, headers: [RequestLine.HTTP.Header] = []) {
    self.session = session
    self.headers = headers
    clients = ClientList(session)
  }

  /// One client's request, followed to those who receive it.
  package func verdict(of vantage: Vantage, at target: AccessTarget) throws(QuestionProblem) -> AccessVerdict {
    let question = try SingleQuestion(line(target), from: vantage, in: session)
    return AccessVerdict(question.answerOnBothSides(in: session))
  }

  /// Every client of the mesh, by name; those whose question cannot be asked are left out.
  package func rows(at target: AccessTarget) -> [AccessRow] {
    let entries = clients.entries
    return inParallel(entries.count) { place in
      guard let verdict = try? verdict(of: entries[place].vantage, at: target) else { return nil }
      return AccessRow(client: entries[place].client, verdict: verdict)
    }.compactMap { $0 }
  }

  package func matrix(of targets: [AccessTarget]) -> AccessMatrix {
    let entries = clients.entries
    let verdicts = inParallel(entries.count) { place in
      targets.map { target in
        (try? verdict(of: entries[place].vantage, at: target)) ?? AccessVerdict(Answer())
      }
    }
    return AccessMatrix(clients: entries.map(\.client), targets: targets, verdicts: verdicts)
  }

  private func line(_ target: AccessTarget) -> RequestLine {
    var line = RequestLine()
    var http = RequestLine.HTTP()
    http.authority = target.authority
    http.method = Array(wire: target.method)
    http.path = Array(wire: target.path)
    http.headers = headers
    line.http = http
    return line
  }

  private func inParallel<Result: Sendable>(_ count: Int, _ work: @escaping @Sendable (Int) -> Result) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: count))
    let next = Atomic<Int>(0)
    Threads.run(min(Threads.coreCount, max(1, count))) { _ in
      while true {
        let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard place < count else { return }
        let result = work(place)
        results.withLock { $0[place] = result }
      }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}

extension SingleQuestion {
  /// What happens to the request on both sides; a client without a sidecar connects by itself.
  package func answerOnBothSides(in session: SimulationSession) -> Answer {
    var trace: Trace?
    return answerOnBothSides(in: session, recording: &trace)
  }

  package func answerOnBothSides(in session: SimulationSession, recording trace: inout Trace?) -> Answer {
    let traces: SimulationSession.KeptTraces = trace == nil ? .none : .all
    if let why = session.missingSidecar(of: vantage) {
      return session.direct(question, from: vantage, because: why, keeping: traces)
    }
    if session.isCallToItself(question, from: vantage) {
      return session.direct(question, from: vantage, because: nil, keeping: traces)
    }
    let answer = answer(in: session, recording: &trace)
    return session.followed(answer, to: question, from: vantage, keeping: traces)
  }
}
