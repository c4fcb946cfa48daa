package import ProxyModel

/// What Envoy does: one proxy's configuration answers questions.
package struct Evaluator: Sendable {
  package let configuration: ProxyConfiguration
  let verifier: any TokenVerifier

  package init(_ configuration: ProxyConfiguration, verifier: any TokenVerifier = NoTokenVerifier()) {
    self.configuration = configuration
    self.verifier = verifier
  }

  /// A trace that is not nil gets the steps; nil costs nothing.
  package func evaluate(_ question: Question, trace: inout Trace?) -> Answer {
    Answer()
  }

  package func evaluate(_ question: Question) -> Answer {
    var trace: Trace?
    return evaluate(question, trace: &trace)
  }
}
