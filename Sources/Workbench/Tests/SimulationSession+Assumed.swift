import Evaluation
import ProxyModel

extension SimulationSession {
  /// What the proxy would do if every cluster were there and had an endpoint: how a request is rewritten shows only
  /// where it is sent on.
  func answerIfAnyoneWereThere(_ question: SingleQuestion, from vantage: Vantage) -> Answer {
    var configuration = proxy(of: vantage, port: question.question.connection.port).evaluator.configuration
    let known = configuration.clustersOnDemand
    configuration.clusters = configuration.clusters.mapValues(\.assumingEndpoints)
    configuration.clustersOnDemand = { name in
      (known?(name) ?? Cluster(name: name, discovery: .originalDestination)).assumingEndpoints
    }
    return Evaluator(configuration, verifier: verifier).evaluate(question.question)
  }
}

extension Cluster {
  fileprivate var assumingEndpoints: Cluster {
    var cluster = self
    cluster.discovery = .originalDestination
    return cluster
  }
}
