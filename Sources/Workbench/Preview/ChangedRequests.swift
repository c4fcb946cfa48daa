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
  for session in [after, before] {
    candidates += StoredTests.requests(of: session).map { ($0.line, .test($0.name)) }
    let scope = ChangeScope(session, touched: touched)
    let derived = DerivedRequests(session, of: scope.virtualServices)
    candidates += derived.requests.map { ($0.line, .rule($0.rule)) }
    candidates += scope.plainRequests.map { ($0.line, .service($0.name)) }
  }
  var seen: Set<RequestLine> = []
  var result: [ChangedRequest] = []
  for (line, source) in candidates where seen.insert(line).inserted {
    guard let old = before.behaviour(of: line), let new = after.behaviour(of: line), old.behaviour != new.behaviour
    else { continue }
    result.append(
      ChangedRequest(
        line: line, source: source, before: old.behaviour, after: new.behaviour, ruleBefore: old.rule,
        ruleAfter: new.rule))
  }
  return result
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
