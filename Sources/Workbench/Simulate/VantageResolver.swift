import Diagnostics
import MeshModel
import ProxyModel

/// Finds the workload that a question is asked from.
struct VantageResolver: Sendable {
  let snapshot: Snapshot

  init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
  }

  /// A pod by `namespace/name`, a workload of that name when there is no such pod, or the proxy as it was described.
  func vantage(of proxy: RequestLine.ProxyReference) throws(QuestionProblem) -> Vantage {
    guard !proxy.pod.isEmpty else { return described(proxy) }
    let (namespace, name) = Self.split(proxy.pod)
    if let pod = snapshot[ObjectID(kind: .pod, namespace: namespace, name: name)] {
      return vantage(ofPod: pod, kind: proxy.kind)
    }
    if let workload = workload(namespace: namespace, name: name) {
      return vantage(ofWorkload: workload, kind: proxy.kind)
    }
    throw .unknownPod(proxy.pod, similar: similarPods(namespace: namespace, name: name))
  }

  func vantage(ofPod object: MeshObject, kind: Vantage.Kind) -> Vantage {
    guard case .pod(let pod) = object.content else {
      return Vantage(kind: kind, namespace: object.id.namespace, object: object.id)
    }
    let addresses = pod.podIPs.isEmpty ? [pod.podIP].filter { !$0.isEmpty } : pod.podIPs
    return Vantage(
      kind: kind, namespace: object.id.namespace, object: object.id, labels: object.metadata.labels,
      serviceAccount: pod.serviceAccountName, addresses: addresses,
      locality: locality(labels: object.metadata.labels, node: pod.nodeName))
  }

  func vantage(ofWorkload object: MeshObject, kind: Vantage.Kind) -> Vantage {
    guard case .workload(let workload) = object.content else {
      return Vantage(kind: kind, namespace: object.id.namespace, object: object.id)
    }
    return Vantage(
      kind: kind, namespace: object.id.namespace, object: object.id, labels: workload.templateLabels,
      serviceAccount: workload.template.serviceAccountName,
      locality: locality(labels: workload.templateLabels, node: ""))
  }

  func workload(namespace: String, name: String) -> MeshObject? {
    for kind in Self.workloadKinds {
      if let found = snapshot[ObjectID(kind: kind, namespace: namespace, name: name)] { return found }
    }
    return nil
  }

  static let workloadKinds: [ObjectKind] = [.deployment, .statefulSet, .daemonSet, .replicaSet]

  /// `namespace/name`; a name alone lives in `default`.
  static func split(_ reference: String) -> (namespace: String, name: String) {
    guard let slash = reference.utf8.firstIndex(of: UInt8(ascii: "/")) else { return ("default", reference) }
    return (String(reference[..<slash]), String(reference[reference.utf8.index(after: slash)...]))
  }

  private func described(_ proxy: RequestLine.ProxyReference) -> Vantage {
    Vantage(
      kind: proxy.kind, namespace: proxy.namespace.isEmpty ? "default" : proxy.namespace, labels: proxy.labels,
      serviceAccount: proxy.serviceAccount, addresses: proxy.address.isEmpty ? [] : [proxy.address],
      locality: proxy.locality)
  }

  /// The pod's own label first, then its node's (the older names of the labels count too).
  private func locality(labels: [String: String], node: String) -> Locality {
    if let own = labels["istio-locality"], !own.isEmpty {
      let usesSlashes = own.utf8.contains(UInt8(ascii: "/"))
      return Locality(path: usesSlashes ? own : String(own.map { $0 == "." ? "/" : $0 }))
    }
    guard !node.isEmpty, let node = snapshot[ObjectID(kind: .node, namespace: "", name: node)] else {
      return Locality()
    }
    let labels = node.metadata.labels
    return Locality(
      region: labels["topology.kubernetes.io/region"] ?? labels["failure-domain.beta.kubernetes.io/region"] ?? "",
      zone: labels["topology.kubernetes.io/zone"] ?? labels["failure-domain.beta.kubernetes.io/zone"] ?? "",
      subzone: labels["topology.istio.io/subzone"] ?? "")
  }

  private func similarPods(namespace: String, name: String) -> [String] {
    let pods = snapshot.objects(of: .pod)
    let sameNamespace = pods.filter { $0.id.namespace == namespace && Self.resembles($0.id.name, name) }
    let sameName = pods.filter { $0.id.namespace != namespace && $0.id.name == name }
    return (sameNamespace + sameName).prefix(3).map { "\($0.id.namespace)/\($0.id.name)" }
  }

  private static func resembles(_ a: String, _ b: String) -> Bool {
    Similarity.distance(a, b) <= max(1, b.utf8.count / 3) || a.utf8.starts(with: b.utf8)
  }
}
