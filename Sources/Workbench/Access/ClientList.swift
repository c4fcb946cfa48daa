package import Evaluation
import MeshModel
package import ProxyModel

/// Every workload of a mesh that can ask for something.
package struct ClientList: Sendable {
  /// By name.
  package let entries: [Entry]

  package struct Entry: Sendable {
    package var client: AccessClient
    /// The proxy that it asks through; a gateway asks with its own identity, as a client like any other.
    package var vantage: Vantage
  }

  init(_ session: SimulationSession) {
    let snapshot = session.snapshot
    var groups: [Essence: [MeshObject]] = [:]
    for object in snapshot.objects(of: .pod) {
      guard case .pod(let pod) = object.content, pod.phase != "Succeeded", pod.phase != "Failed" else { continue }
      let vantage = session.vantages.vantage(ofPod: object, kind: .sidecar)
      let essence = Essence(
        vantage: SourceSelection.essence(vantage),
        sidecar: session.arrivals.directory.missingSidecar(of: vantage) == nil)
      groups[essence, default: []].append(object)
    }
    var found: [Entry] = []
    var taken: Set<ObjectID> = []
    var names: Set<String> = []
    for pods in groups.values.sorted(by: { $0[0].id < $1[0].id }) {
      let first = pods[0]
      let owner = Self.owner(of: first, in: snapshot)
      if let owner { taken.insert(owner.id) }
      let short = owner?.id.name ?? (pods.count > 1 ? first.metadata.labels["app"] : nil) ?? first.id.name
      var name = "\(first.id.namespace)/\(short)"
      if !names.insert(name).inserted { name = "\(first.id.namespace)/\(first.id.name)" }
      names.insert(name)
      found.append(
        Entry(
          client: AccessClient(name: name, namespace: first.id.namespace),
          vantage: session.vantages.vantage(ofPod: first, kind: .sidecar)))
    }
    for kind in VantageResolver.workloadKinds {
      for object in snapshot.objects(of: kind) where !taken.contains(object.id) {
        guard case .workload(let workload) = object.content, workload.replicas != 0 else { continue }
        let name = "\(object.id.namespace)/\(object.id.name)"
        guard names.insert(name).inserted else { continue }
        found.append(
          Entry(
            client: AccessClient(name: name, namespace: object.id.namespace),
            vantage: session.vantages.vantage(ofWorkload: object, kind: .sidecar)))
      }
    }
    entries = found.sorted { $0.client.name.utf8.lexicographicallyPrecedes($1.client.name.utf8) }
  }

  private struct Essence: Hashable {
    var vantage: Vantage
    var sidecar: Bool
  }

  /// The workload whose pod it is: the one that says most of its labels.
  private static func owner(of pod: MeshObject, in snapshot: Snapshot) -> MeshObject? {
    var best: (object: MeshObject, count: Int)?
    for kind in VantageResolver.workloadKinds {
      for object in snapshot.objects(of: kind) where object.id.namespace == pod.id.namespace {
        guard case .workload(let workload) = object.content, !workload.templateLabels.isEmpty,
          pod.metadata.labels.contains(workload.templateLabels)
        else { continue }
        if workload.templateLabels.count > best?.count ?? 0 { best = (object, workload.templateLabels.count) }
      }
    }
    return best?.object
  }
}
