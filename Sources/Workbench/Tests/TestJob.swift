import Diagnostics
package import Evaluation
package import MeshModel
import RequestSpace
package import RoutingTests
import Synchronization

/// Runs cases on all cores; results come in the order of the cases.
package struct TestJob: Sendable {
  private let worlds: TestWorlds
  private let forms: Forms
  private let clients = TestClients()

  /// What belongs to reports and is asked for while a case runs.
  package struct Forms: Sendable {
    /// The machine's answer.
    package var json: @Sendable (Answer, SimulationSession) -> Value
    /// The explanation of a case that failed.
    package var explanation: @Sendable (Answer, Trace, TestQuestion, SimulationSession) -> [String]

    package init(
      json: @escaping @Sendable (Answer, SimulationSession) -> Value,
      explanation: @escaping @Sendable (Answer, Trace, TestQuestion, SimulationSession) -> [String]
    ) {
      self.json = json
      self.explanation = explanation
    }
  }

  package init(_ worlds: TestWorlds, forms: Forms) {
    self.worlds = worlds
    self.forms = forms
  }

  package func run(_ cases: [TestCase]) -> [TestResult] {
    let results = Mutex([TestResult?](repeating: nil, count: cases.count))
    let next = Atomic(0)
    Threads.run(min(Threads.coreCount, max(1, cases.count))) { _ in
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < cases.count else { return }
        let result = run(cases[place])
        results.withLock { $0[place] = result }
      }
    }
    return results.withLock { $0.compactMap(\.self) }
  }

  package func run(_ test: TestCase) -> TestResult {
    let session: SimulationSession
    let question: TestQuestion
    do {
      session = try worlds.session(for: test).get()
      question = try TestQuestion(test.request, test.given, in: session, known: clients)
    } catch let problem as TestWorlds.WorldProblem {
      return TestResult(test: test, verdict: .broken(problem.message))
    } catch let problem as TestQuestion.Problem {
      return TestResult(test: test, verdict: .broken(problem.message))
    } catch {
      return TestResult(test: test, verdict: .broken(LocalizedText(en: "\(error)", zh: "\(error)")))
    }
    var trace: Trace? = question.line.http == nil ? Trace() : nil
    let answer = question.single.answerOnBothSides(in: session, recording: &trace)
    let port = question.single.question.connection.port
    let rule = session.rule(for: answer, trace ?? Trace(), from: question.vantage, port: port)
    var observed = Observed(answer: answer, sent: test.request.headerPairs, rule: rule)
    observed.sentMethod = test.request.method
    if test.clauses.contains(where: \.needsJSON) { observed.json = forms.json(answer, session) }
    if test.clauses.contains(where: \.needsRule) { addRule(to: &observed, in: session) }
    let isForwarded = answer.outcomes.contains { if case .forward = $0.effect { true } else { false } }
    if !isForwarded, answer.outcomes.contains(where: { $0.target != nil }) {
      observed.assumed = session.answerIfAnyoneWereThere(question.single, from: question.vantage)
    }
    for revision in Set(test.clauses.compactMap(\.revision)) {
      observed.earlier[revision] = earlier(test, revision)
    }
    let mismatches = ExpectationCheck(observed).mismatches(test.clauses)
    guard !mismatches.isEmpty else { return TestResult(test: test, verdict: .passed, observed: observed) }
    var result = TestResult(test: test, verdict: .failed(mismatches), observed: observed)
    var full: Trace? = Trace()
    let again = question.single.answerOnBothSides(in: session, recording: &full)
    result.explanation = forms.explanation(again, full ?? Trace(), question, session)
    return result
  }

  /// What the rule says that took the request, where a case asks for that.
  private func addRule(to observed: inout Observed, in session: SimulationSession) {
    guard let rule = observed.rule else { return }
    observed.ruleValue = RuleText.value(of: rule, in: session)
    observed.rootRule = observed.answer.route?.delegatedBy.flatMap { RuleText.value(of: $0, in: session) }
  }

  private func earlier(_ test: TestCase, _ revision: String) -> Behaviour? {
    guard let session = try? worlds.session(for: test, at: revision).get(),
      let question = try? TestQuestion(test.request, test.given, in: session, known: clients)
    else { return nil }
    return Behaviour(question.single.answerOnBothSides(in: session))
  }
}

extension Clause {
  fileprivate var needsJSON: Bool {
    switch expected {
    case .policy, .answer: true
    default: false
    }
  }

  fileprivate var needsRule: Bool {
    switch expected {
    case .ruleField, .drawnCluster: true
    default: false
    }
  }

  fileprivate var revision: String? {
    switch expected {
    case .unchanged(let revision): revision
    default: nil
    }
  }
}
