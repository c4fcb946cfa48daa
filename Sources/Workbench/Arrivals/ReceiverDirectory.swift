import Evaluation
import MeshModel
import ProxyModel

/// Who stands behind an endpoint.
struct ReceiverDirectory: Sendable {
  private let snapshot: Snapshot
  private let vantages: VantageResolver
  private let presence: SidecarPresence
  private let podsByAddress: [IPAddress: ObjectID]
  private let gatewaySelectors: [[String: String]]

  init(_ snapshot: Snapshot, _ vantages: VantageResolver) {
    self.snapshot = snapshot
    self.vantages = vantages
    presence = SidecarPresence(snapshot)
    var podsByAddress: [IPAddress: ObjectID] = [:]
    for object in snapshot.objects(of: .pod) {
      guard case .pod(let pod) = object.content, !pod.hostNetwork else { continue }
      for text in [pod.podIP] + pod.podIPs {
        if let address = IPAddress(text) { podsByAddress[address] = object.id }
      }
    }
    self.podsByAddress = podsByAddress
    gatewaySelectors = snapshot.objects(of: .gateway).compactMap { object in
      guard case .gateway(let gateway) = object.content, !gateway.selector.isEmpty else { return nil }
      return gateway.selector
    }
  }

  /// A workload that takes connections, and what is known of its proxy.
  struct Found: Hashable, Sendable {
    var receiver: Receiver
    /// Where its proxy stands; nil where it has none.
    var vantage: Vantage?
    /// A sidecar is taken for granted, with all that its injection leaves behind.
    var isExpected = false
  }

  func receiver(of endpoint: Endpoint, at address: IPAddress?) -> Found {
    if let address, let pod = podsByAddress[address] { return workload(pod) }
    guard let id = endpoint.origin?.object, let object = snapshot[id] else {
      return Found(receiver: Receiver(kind: .outside))
    }
    switch object.content {
    case .pod, .workload: return workload(id)
    case .workloadEntry(let entry):
      // A machine with a proxy of its own has an identity.
      guard endpoint.acceptsMeshTLS else { return Found(receiver: Receiver(kind: .outside, object: id)) }
      let vantage = Vantage(
        kind: .inbound, namespace: id.namespace, object: id,
        labels: entry.labels.merging(object.metadata.labels) { $1 },
        serviceAccount: entry.serviceAccount, addresses: address.map { ["\($0)"] } ?? [])
      return Found(receiver: Receiver(kind: .sidecar, object: id), vantage: vantage)
    case .virtualService, .destinationRule, .gateway, .serviceEntry, .sidecar, .workloadGroup, .proxyConfig,
      .peerAuthentication, .requestAuthentication, .authorizationPolicy, .service, .namespace, .endpoints,
      .endpointSlice, .serviceAccount, .node, .configMap, .secret, .opaque:
      return Found(receiver: Receiver(kind: .outside))
    }
  }

  /// A pod or a workload object.
  func workload(_ id: ObjectID) -> Found {
    guard let object = snapshot[id] else { return Found(receiver: Receiver(kind: .outside)) }
    var vantage =
      id.kind == .pod
      ? vantages.vantage(ofPod: object, kind: .inbound) : vantages.vantage(ofWorkload: object, kind: .inbound)
    if gatewaySelectors.contains(where: { vantage.labels.contains($0) }) {
      vantage.kind = .gateway
      return Found(receiver: Receiver(kind: .gateway, object: id), vantage: vantage)
    }
    switch presence.verdict(of: id) {
    case .present: return Found(receiver: Receiver(kind: .sidecar, object: id), vantage: vantage)
    case .expected: return Found(receiver: Receiver(kind: .sidecar, object: id), vantage: vantage, isExpected: true)
    case .absent(let why): return Found(receiver: Receiver(kind: .bare(why), object: id))
    }
  }

  /// nil: it has one, or nothing says otherwise.
  func missingSidecar(of vantage: Vantage) -> NoSidecar? {
    guard vantage.kind == .sidecar, let id = vantage.object, case .absent(let why) = presence.verdict(of: id) else {
      return nil
    }
    return why
  }
}
