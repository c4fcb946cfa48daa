import Evaluation
import MeshModel

/// Which workloads have a sidecar: what the injector reads, and what it leaves behind.
struct SidecarPresence: Sendable {
  private let snapshot: Snapshot
  /// Whether any namespace says something of injection; where none does, nobody is taken to be left out.
  private let isTold: Bool

  private static let inject = "sidecar.istio.io/inject"

  enum Verdict: Hashable, Sendable {
    /// The injector's traces are there.
    case present
    /// Injection is ordered, or nothing speaks of it: what the injector leaves behind is taken for granted.
    case expected
    case absent(NoSidecar)
  }

  init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    isTold = snapshot.objects(of: .namespace).contains { Self.isInjected($0) != nil }
  }

  func verdict(of id: ObjectID) -> Verdict {
    guard let object = snapshot[id] else { return .expected }
    switch object.content {
    case .pod(let pod):
      let labels = object.metadata.labels
      let annotations = object.metadata.annotations
      if pod.hostNetwork { return .absent(.hostNetwork(id)) }
      let isMarked = labels["security.istio.io/tlsMode"] == "istio" || annotations["sidecar.istio.io/status"] != nil
      if isMarked || pod.containers.contains(where: { $0.name == "istio-proxy" }) { return .present }
      return ordered(id, labels, annotations, path: "metadata")
    case .workload(let workload):
      if workload.template.hostNetwork { return .absent(.hostNetwork(id)) }
      return ordered(id, workload.templateLabels, workload.templateAnnotations, path: "spec.template.metadata")
    case .workloadEntry: return .expected
    case .virtualService, .destinationRule, .gateway, .serviceEntry, .sidecar, .workloadGroup, .proxyConfig,
      .peerAuthentication, .requestAuthentication, .authorizationPolicy, .service, .namespace, .endpoints,
      .endpointSlice, .serviceAccount, .node, .configMap, .secret, .opaque:
      return .expected
    }
  }

  /// The label before the annotation, both before the namespace.
  private func ordered(
    _ id: ObjectID, _ labels: [String: String], _ annotations: [String: String], path: String
  ) -> Verdict {
    if let word = labels[Self.inject] {
      return word == "true" ? .expected : .absent(.label(Origin(object: id, field: "\(path).labels[\(Self.inject)]")))
    }
    if let word = annotations[Self.inject] {
      let field = "\(path).annotations[\(Self.inject)]"
      return word == "true" ? .expected : .absent(.annotation(Origin(object: id, field: field)))
    }
    if labels["istio.io/rev"] != nil { return .expected }
    guard let namespace = snapshot[ObjectID(kind: .namespace, namespace: "", name: id.namespace)] else {
      return .expected
    }
    switch Self.isInjected(namespace) {
    case true?: return .expected
    case false?: return .absent(.namespace(namespace.id))
    case nil: return isTold ? .absent(.namespace(namespace.id)) : .expected
    }
  }

  /// nil: the namespace does not say.
  private static func isInjected(_ namespace: MeshObject) -> Bool? {
    switch namespace.metadata.labels["istio-injection"] {
    case "enabled"?: return true
    case _?: return false
    case nil: return namespace.metadata.labels["istio.io/rev"] == nil ? nil : true
    }
  }
}
