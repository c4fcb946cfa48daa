import MeshModel
package import ProxyModel

extension SimulationSession {
  /// The workload that a person names, and as what: without a kind, a gateway when a Gateway selects it, and the
  /// client's sidecar otherwise.
  package func vantage(
    named name: String, namespace: String = "default", kind: Vantage.Kind?
  ) throws(SourceSelection.Problem) -> Vantage {
    var vantage = try SourceSelection(self).sidecar(name, namespace: namespace)
    vantage.kind = kind ?? (isGateway(labels: vantage.labels) ? .gateway : .sidecar)
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
