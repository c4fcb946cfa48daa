import MeshModel

/// What is known of the proxy while a rule is translated: conditions on it are decided here, not by Envoy (TL-3, TC-4).
struct StaticConditions {
  /// `mesh` on a sidecar.
  var gateway: String
  var port: UInt32
  var labels: [String: String]
  var namespace: String

  func hold(for match: TLSMatchAttributes) -> Bool {
    hold(
      gateways: match.gateways, port: match.port, labels: match.sourceLabels, namespace: match.sourceNamespace)
  }

  func hold(for match: L4MatchAttributes) -> Bool {
    hold(
      gateways: match.gateways, port: match.port, labels: match.sourceLabels, namespace: match.sourceNamespace)
  }

  private func hold(
    gateways: [String], port wanted: UInt32, labels required: [String: String], namespace wantedNamespace: String
  ) -> Bool {
    (gateways.isEmpty || gateways.contains(gateway)) && (wanted == 0 || wanted == port)
      && required.allSatisfy { labels[$0.key] == $0.value }
      && (wantedNamespace.isEmpty || wantedNamespace == namespace)
  }
}
