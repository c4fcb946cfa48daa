import Evaluation
package import MeshModel
import ProxyModel
package import RequestSpace

/// A request that is answered otherwise after a change.
package struct ChangedRequest: Sendable {
  package var line: RequestLine
  package var source: Source
  package var before: Behaviour
  package var after: Behaviour
  /// Which rule took it, before and after; nil: none of a VirtualService.
  package var ruleBefore: Origin?
  package var ruleAfter: Origin?

  package enum Source: Hashable, Sendable {
    /// A test, by its name.
    case test(String)
    /// It was made up for a rule that the change touches.
    case rule(Origin)
    /// It asks a service that the change touches for its first page.
    case service(String)
  }

  package var changes: [Behaviour.Change] { before.changes(to: after) }
}

/// Which requests change: those of tests (given, and kept with the mesh), and those made up for the rules, hosts and services that the change touches.
///
/// Compared is what happens, on the client's side and at the servers, and not which rule made it so.
package func changedRequests(
  before: SimulationSession, after: SimulationSession, touched: [ObjectID], tests: [NamedRequest] = []
) -> [ChangedRequest] {
  var candidates = tests.map { (line: $0.line, source: ChangedRequest.Source.test($0.name)) }
  var sides: [NeighbouringRequests.Side] = []
  for session in [after, before] {
    candidates += StoredTests.requests(of: session).map { ($0.line, .test($0.name)) }
    let scope = ChangeScope(session, touched: touched)
    let derived = DerivedRequests(session, of: scope.virtualServices).requests
    candidates += derived.map { ($0.line, .rule($0.rule)) }
    candidates += scope.plainRequests.map { ($0.line, .service($0.name)) }
    sides.append(
      NeighbouringRequests.Side(
        snapshot: session.snapshot, derived: derived, names: scope.plainRequests.compactMap(\.line.http?.authority)))
  }
  let neighbours = NeighbouringRequests(sides[1], sides[0], touched: touched).requests
  var seen: Set<RequestLine> = []
  var told: Set<Turn> = []
  var result: [ChangedRequest] = []
  func ask(_ line: RequestLine, _ source: ChangedRequest.Source, onlyNews: Bool) {
    guard seen.insert(line).inserted, let old = before.behaviour(of: line), let new = after.behaviour(of: line),
      old.behaviour != new.behaviour
    else { return }
    let change = ChangedRequest(
      line: line, source: source, before: old.behaviour, after: new.behaviour, ruleBefore: old.rule, ruleAfter: new.rule
    )
    let isNew = told.insert(Turn(change)).inserted
    if isNew || !onlyNews { result.append(change) }
  }
  for (line, source) in candidates { ask(line, source, onlyNews: false) }
  for request in neighbours { ask(request.line, .rule(request.rule), onlyNews: true) }
  return result
}

/// What a changed request is an example of.
private struct Turn: Hashable {
  var ruleBefore: Origin?
  var ruleAfter: Origin?
  var aspects: [String]

  init(_ request: ChangedRequest) {
    ruleBefore = request.ruleBefore
    ruleAfter = request.ruleAfter
    aspects = request.changes.map(\.aspect)
  }
}

extension SimulationSession {
  /// What a request comes to, here and where it arrives; nil where it cannot be asked.
  package func behaviour(of line: RequestLine) -> (behaviour: Behaviour, rule: Origin?)? {
    guard let vantage = try? vantages.vantage(of: line.proxy),
      let single = try? SingleQuestion(line, from: vantage, in: self)
    else { return nil }
    var trace: Trace? = line.http == nil ? Trace() : nil
    let answer = single.answerOnBothSides(in: self, recording: &trace)
    let rule = rule(for: answer, trace ?? Trace(), from: vantage, port: single.question.connection.port)
    return (Behaviour(answer), rule)
  }
}
