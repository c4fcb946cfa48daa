import MeshModel
import ProxyModel

/// What can stand behind a service: pods, WorkloadEntries, and workload templates, by namespace.
struct WorkloadIndex: Sendable {
  private let pods: [String: WorkloadPool]
  private let entries: [String: WorkloadPool]
  private let templates: [String: WorkloadPool]
  private let nodes: [String: Locality]

  /// One workload that a selector can choose.
  struct Instance: Sendable {
    var id: ObjectID
    /// With those that istiod adds for topology.
    var labels: [String: String]
    /// Empty for a template.
    var address: String
    /// Named ports, the first of a name counts.
    var ports: [String: UInt32]
    var isReady: Bool
    var weight: UInt32 = 1
    var locality: Locality
    var serviceAccount: String
    var hasMeshTLS: Bool
    var nodeName = ""

    /// SE-10: only usable where names are resolved.
    var needsDNS: Bool { !address.isEmpty && IPAddress(address) == nil }
  }

  init(_ snapshot: Snapshot) {
    var nodes: [String: Locality] = [:]
    for object in snapshot.objects(of: .node) { nodes[object.id.name] = Self.locality(ofNode: object.metadata.labels) }
    self.nodes = nodes
    var pods: [String: WorkloadPool] = [:]
    for object in snapshot.objects(of: .pod) {
      guard case .pod(let pod) = object.content, let instance = Self.instance(pod, of: object, nodes) else { continue }
      pods[object.id.namespace, default: WorkloadPool()].add(instance)
    }
    self.pods = pods
    var entries: [String: WorkloadPool] = [:]
    for object in snapshot.objects(of: .workloadEntry) {
      guard case .workloadEntry(let entry) = object.content, entry.isHealthy != false else { continue }  // SE-11
      entries[object.id.namespace, default: WorkloadPool()].add(
        Self.instance(entry, id: object.id, metadataLabels: object.metadata.labels))
    }
    self.entries = entries
    templates = Self.templates(snapshot)
  }

  func pods(in namespace: String) -> WorkloadPool { pods[namespace] ?? WorkloadPool() }
  func entries(in namespace: String) -> WorkloadPool { entries[namespace] ?? WorkloadPool() }
  func templates(in namespace: String) -> WorkloadPool { templates[namespace] ?? WorkloadPool() }

  /// The locality of a pod: its own label, otherwise its node's.
  func locality(ofPod pod: Pod, labels: [String: String]) -> Locality {
    Self.locality(fromLabel: labels) ?? nodes[pod.nodeName] ?? Locality()
  }

  private static func instance(_ pod: Pod, of object: MeshObject, _ nodes: [String: Locality]) -> Instance? {
    let address = pod.podIP.isEmpty ? pod.podIPs.first ?? "" : pod.podIP
    let isOver = pod.phase == "Succeeded" || pod.phase == "Failed" || object.metadata.isBeingDeleted
    guard !address.isEmpty, !isOver else { return nil }
    let labels = object.metadata.labels
    let locality = locality(fromLabel: labels) ?? nodes[pod.nodeName] ?? Locality()
    return Instance(
      id: object.id, labels: augmented(labels, locality, node: pod.nodeName), address: address,
      ports: namedPorts(pod), isReady: pod.isReady ?? true, locality: locality,
      serviceAccount: pod.serviceAccountName.isEmpty ? "default" : pod.serviceAccountName,
      hasMeshTLS: labels["security.istio.io/tlsMode"] == "istio", nodeName: pod.nodeName)
  }

  /// SE-8, SE-9: an inline endpoint or a WorkloadEntry.
  static func instance(
    _ entry: WorkloadEntry, id: ObjectID, metadataLabels: [String: String] = [:]
  ) -> Instance {
    let labels = entry.labels.merging(metadataLabels) { $1 }
    let locality =
      entry.locality.isEmpty ? locality(fromLabel: labels) ?? Locality() : Locality(path: entry.locality)
    let declared = labels["security.istio.io/tlsMode"]
    return Instance(
      id: id, labels: augmented(labels, locality, node: ""), address: entry.address,
      ports: entry.ports, isReady: true, weight: entry.weight == 0 ? 1 : entry.weight, locality: locality,
      serviceAccount: entry.serviceAccount,
      hasMeshTLS: declared.map { $0 == "istio" } ?? !entry.serviceAccount.isEmpty)
  }

  private static func templates(_ snapshot: Snapshot) -> [String: WorkloadPool] {
    var injected: Set<String> = []
    for object in snapshot.objects(of: .namespace) {
      let labels = object.metadata.labels
      if labels["istio-injection"] == "enabled" || labels["istio.io/rev"] != nil { injected.insert(object.id.name) }
    }
    var result: [String: WorkloadPool] = [:]
    for kind in [ObjectKind.deployment, .statefulSet, .daemonSet, .replicaSet] {
      for object in snapshot.objects(of: kind) {
        guard case .workload(let workload) = object.content, workload.replicas != 0 else { continue }
        let labels = workload.templateLabels
        let asked = labels["sidecar.istio.io/inject"] ?? workload.templateAnnotations["sidecar.istio.io/inject"]
        let isInjected = asked.map { $0 == "true" } ?? injected.contains(object.id.namespace)
        let account = workload.template.serviceAccountName
        result[object.id.namespace, default: WorkloadPool()].add(
          Instance(
            id: object.id, labels: labels, address: "", ports: namedPorts(workload.template),
            isReady: true, locality: locality(fromLabel: labels) ?? Locality(),
            serviceAccount: account.isEmpty ? "default" : account,
            hasMeshTLS: labels["security.istio.io/tlsMode"].map { $0 == "istio" } ?? isInjected))
      }
    }
    return result
  }

  private static func namedPorts(_ pod: Pod) -> [String: UInt32] {
    var result: [String: UInt32] = [:]
    for container in pod.containers {
      for port in container.ports where !port.name.isEmpty && result[port.name] == nil {
        result[port.name] = port.containerPort
      }
    }
    return result
  }

  private static func locality(ofNode labels: [String: String]) -> Locality {
    Locality(
      region: labels["topology.kubernetes.io/region"] ?? labels["failure-domain.beta.kubernetes.io/region"] ?? "",
      zone: labels["topology.kubernetes.io/zone"] ?? labels["failure-domain.beta.kubernetes.io/zone"] ?? "",
      subzone: labels["topology.istio.io/subzone"] ?? "")
  }

  /// A workload's own word on where it is; dots stand for slashes when there is no slash.
  static func locality(fromLabel labels: [String: String]) -> Locality? {
    guard let text = labels["topology.istio.io/locality"] ?? labels["istio-locality"], !text.isEmpty else { return nil }
    if text.utf8.contains(UInt8(ascii: "/")) { return Locality(path: text) }
    return Locality(path: String(text.map { $0 == "." ? "/" : $0 }))
  }

  /// The labels of a workload together with its place, as failover priorities and subsets see them.
  static func augmented(_ labels: [String: String], _ locality: Locality, node: String) -> [String: String] {
    var result = labels
    if !locality.region.isEmpty { result["topology.kubernetes.io/region"] = locality.region }
    if !locality.zone.isEmpty { result["topology.kubernetes.io/zone"] = locality.zone }
    if !locality.subzone.isEmpty { result["topology.istio.io/subzone"] = locality.subzone }
    result["topology.istio.io/cluster"] = "Kubernetes"
    if !node.isEmpty { result["kubernetes.io/hostname"] = node }
    return result
  }
}

extension Locality {
  /// `region/zone/subzone`; what follows a third slash does not count.
  init(path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    self.init(
      region: parts[0], zone: parts.count > 1 ? parts[1] : "", subzone: parts.count > 2 ? parts[2] : "")
  }

  /// LO-6: the order in which Istio lists localities.
  var path: String {
    if region.isEmpty && zone.isEmpty && subzone.isEmpty { return "" }
    return region + "/" + zone + "/" + subzone
  }
}
