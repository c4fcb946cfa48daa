package import Diagnostics
import MeshModel
package import ProxyModel

/// Finds where a request comes from by what a person calls it: a pod, a workload, or what carries an `app` label.
package struct SourceSelection: Sendable {
  private let session: SimulationSession

  package init(_ session: SimulationSession) {
    self.session = session
  }

  package enum Problem: Error, Hashable, Sendable {
    case unknown(String, similar: [String])
    case ambiguous(String, choices: [String])
    case unknownGateway(String, similar: [String])
  }

  /// The sidecar of `NS/NAME`; a name alone lives in the namespace given.
  package func sidecar(_ name: String, namespace: String) throws(Problem) -> Vantage {
    let (space, word) = Self.split(name, namespace)
    let found = candidates(namespace: space, name: word, kind: .sidecar)
    return try single(found, name, similarTo: word, namespace: space)
  }

  /// The gateway workload that a Gateway object selects, or that goes by that name itself.
  package func gateway(_ name: String, namespace: String) throws(Problem) -> Vantage {
    let (space, word) = Self.split(name, namespace)
    let snapshot = session.snapshot
    if let object = snapshot[ObjectID(kind: .gateway, namespace: space, name: word)],
      case .gateway(let gateway) = object.content
    {
      let pods = snapshot.objects(of: .pod).filter { $0.metadata.labels.contains(gateway.selector) }
      if !pods.isEmpty {
        return try single(
          pods.map { session.vantages.vantage(ofPod: $0, kind: .gateway) }, name, similarTo: word, namespace: space)
      }
      let workloads = workloads { $0.templateLabels.contains(gateway.selector) }
      if !workloads.isEmpty {
        let vantages = workloads.map { session.vantages.vantage(ofWorkload: $0, kind: .gateway) }
        return try single(vantages, name, similarTo: word, namespace: space)
      }
      // No workload is known: what the selector says of it is enough for most questions.
      let root = snapshot.meshConfig.rootNamespace ?? "istio-system"
      return Vantage(kind: .gateway, namespace: root, labels: gateway.selector)
    }
    let found = candidates(namespace: space, name: word, kind: .gateway)
    if found.isEmpty {
      let known = snapshot.objects(of: .gateway).map { "\($0.id.namespace)/\($0.id.name)" }
      throw .unknownGateway(name, similar: Array(known.prefix(5)))
    }
    return try single(found, name, similarTo: word, namespace: space)
  }

  private static func split(_ name: String, _ namespace: String) -> (String, String) {
    name.utf8.contains(UInt8(ascii: "/")) ? VantageResolver.split(name) : (namespace, name)
  }

  /// The first of pod, workload and label under which something is found.
  private func candidates(namespace: String, name: String, kind: Vantage.Kind) -> [Vantage] {
    let snapshot = session.snapshot
    if let pod = snapshot[ObjectID(kind: .pod, namespace: namespace, name: name)] {
      return [session.vantages.vantage(ofPod: pod, kind: kind)]
    }
    if let workload = session.vantages.workload(namespace: namespace, name: name) {
      let pods = pods(of: workload)
      if pods.isEmpty { return [session.vantages.vantage(ofWorkload: workload, kind: kind)] }
      return pods.map { session.vantages.vantage(ofPod: $0, kind: kind) }
    }
    let isMeant = { (labels: [String: String]) in
      labels["app"] == name || labels["app.kubernetes.io/name"] == name
    }
    let pods = snapshot.objects(of: .pod).filter { $0.id.namespace == namespace && isMeant($0.metadata.labels) }
    if !pods.isEmpty { return pods.map { session.vantages.vantage(ofPod: $0, kind: kind) } }
    let found = workloads { isMeant($0.templateLabels) }.filter { $0.id.namespace == namespace }
    return found.map { session.vantages.vantage(ofWorkload: $0, kind: kind) }
  }

  private func workloads(_ isWanted: (Workload) -> Bool) -> [MeshObject] {
    VantageResolver.workloadKinds.flatMap { kind in
      session.snapshot.objects(of: kind).filter { object in
        guard case .workload(let workload) = object.content else { return false }
        return isWanted(workload)
      }
    }
  }

  private func pods(of object: MeshObject) -> [MeshObject] {
    guard case .workload(let workload) = object.content, !workload.templateLabels.isEmpty else { return [] }
    return session.snapshot.objects(of: .pod).filter {
      $0.id.namespace == object.id.namespace && $0.metadata.labels.contains(workload.templateLabels)
    }
  }

  /// Replicas count as one thing: pods that differ in nothing that a proxy's configuration depends on.
  private func single(
    _ found: [Vantage], _ name: String, similarTo word: String, namespace: String
  ) throws(Problem) -> Vantage {
    guard let first = found.first else { throw .unknown(name, similar: similar(word, namespace)) }
    let isOne = found.allSatisfy { Self.essence($0) == Self.essence(first) }
    guard isOne else {
      let choices = found.compactMap { $0.object.map { "\($0.namespace)/\($0.name)" } }
      throw .ambiguous(name, choices: Array(choices.prefix(12)))
    }
    return first
  }

  /// What of a vantage a proxy's configuration depends on, but for its address.
  static func essence(_ vantage: Vantage) -> Vantage {
    var plain = vantage
    plain.object = nil
    plain.addresses = []
    plain.locality = Locality()
    for label in ["pod-template-hash", "controller-revision-hash", "statefulset.kubernetes.io/pod-name"] {
      plain.labels[label] = nil
    }
    return plain
  }

  private func similar(_ word: String, _ namespace: String) -> [String] {
    var names: [String] = []
    for object in session.snapshot.objects(of: .pod) + workloads({ _ in true }) {
      let app = object.metadata.labels["app"] ?? ""
      let isNear = [object.id.name, app].contains { Similarity.distance($0, word) <= max(1, word.utf8.count / 3) }
      let isPart = object.id.name.utf8.starts(with: word.utf8)
      if isNear || isPart { names.append("\(object.id.namespace)/\(object.id.name)") }
    }
    return Array(names.prefix(5))
  }
}

extension SourceSelection.Problem {
  package var message: LocalizedText {
    switch self {
    case .unknown(let name, _):
      LocalizedText(
        en: "'\(name)' is no pod, no workload and no app label of the mesh", zh: "网格中没有名为 '\(name)' 的 Pod、工作负载或 app 标签")
    case .ambiguous(let name, _):
      LocalizedText(en: "'\(name)' is more than one thing", zh: "'\(name)' 对应多个不同的工作负载")
    case .unknownGateway(let name, _):
      LocalizedText(en: "'\(name)' is no Gateway and no workload of the mesh", zh: "网格中没有名为 '\(name)' 的 Gateway 或工作负载")
    }
  }

  package var hint: LocalizedText? {
    switch self {
    case .unknown(_, let names), .unknownGateway(_, let names):
      if names.isEmpty { return nil }
      if names.count == 1 { return LocalizedText(en: "did you mean '\(names[0])'?", zh: "是否指 '\(names[0])'？") }
      let list = names.joined(separator: ", ")
      return LocalizedText(en: "did you mean one of: \(list)?", zh: "是否指：\(list)？")
    case .ambiguous(_, let names):
      let list = names.joined(separator: ", ")
      return LocalizedText(en: "choose one of: \(list)", zh: "请选择其一：\(list)")
    }
  }
}
