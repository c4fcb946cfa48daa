import MeshModel
package import ProxyModel

extension SimulationSession {
  /// The workload that a person names, and as what: without a kind, a gateway when a Gateway selects it, and the
  /// client's sidecar otherwise.
  package func vantage(
    named name: String, kind: Vantage.Kind?
  ) throws(QuestionProblem) -> Vantage {
    var reference = RequestLine.ProxyReference()
    reference.pod = name
    reference.kind = kind ?? .sidecar
    var vantage = try vantages.vantage(of: reference)
    if kind == nil, isGateway(labels: vantage.labels) { vantage.kind = .gateway }
    return vantage
  }

  /// A Gateway without a selector selects nothing for a person who names one pod.
  private func isGateway(labels: [String: String]) -> Bool {
    snapshot.objects(of: .gateway).contains { object in
      guard case .gateway(let gateway) = object.content, !gateway.selector.isEmpty else { return false }
      return gateway.selector.allSatisfy { labels[$0.key] == $0.value }
    }
  }
}
