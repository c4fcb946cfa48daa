import Evaluation
import MeshModel
import ProxyModel

/// How a client's proxy connects to one endpoint of a cluster (TLS-1 to TLS-9).
struct ApproachChoice {
  let snapshot: Snapshot
  let cluster: Cluster
  /// `spiffe://…` of the client.
  let identity: String
  /// The application speaks TLS that the client's proxy does not end.
  let carriesTLS: Bool

  /// `accepts`: whether the endpoint is known to take mutual TLS of the mesh; `isExpected`: its sidecar
  /// is taken for granted, with all that injection leaves behind.
  func approach(accepts: Bool, isExpected: Bool, serverMode: PeerTLS.Mode) -> Approach {
    switch cluster.tls {
    case .none:
      if isExpected, wouldBeAutomatic, serverMode != .disable { return mesh(.automatic) }
      return plain(rule.map { .destinationRule($0) } ?? .nothing)
    case .auto:
      let takesTLS = accepts || (isExpected && serverMode != .disable)
      return takesTLS ? mesh(.automatic) : plain(.automatic)
    case .mesh: return mesh(rule.map { .destinationRule($0) } ?? .automatic)
    case .external(let tls):
      return Approach(
        security: .foreignTLS(showsCertificate: tls.presentsCertificate, checksServer: !tls.skipsVerification),
        cause: rule.map { .destinationRule($0) } ?? .nothing)
    }
  }

  private func mesh(_ cause: Approach.Cause) -> Approach {
    Approach(security: .meshTLS, cause: cause, identity: identity)
  }

  private func plain(_ cause: Approach.Cause) -> Approach {
    Approach(security: carriesTLS ? .applicationTLS : .plaintext, cause: cause)
  }

  /// TLS-5: only the missing label of the endpoints kept Istio from mutual TLS to a service without an address.
  private var wouldBeAutomatic: Bool {
    cluster.discovery == .originalDestination && !cluster.service.isEmpty && rule == nil
      && snapshot.meshConfig.enableAutoMtls ?? true && cluster.origin?.object.kind == .service
  }

  /// The field of the DestinationRule that sets TLS for this cluster.
  private var rule: Origin? {
    guard let id = cluster.destinationRule?.object, case .destinationRule(let rule)? = snapshot[id]?.content else {
      return nil
    }
    if !cluster.subset.isEmpty, let place = rule.subsets.firstIndex(where: { $0.name == cluster.subset }),
      let field = field(rule.subsets[place].trafficPolicy, "spec.subsets[\(place)].trafficPolicy")
    {
      return Origin(object: id, field: field)
    }
    return field(rule.trafficPolicy, "spec.trafficPolicy").map { Origin(object: id, field: $0) }
  }

  private func field(_ policy: TrafficPolicy?, _ path: String) -> String? {
    guard let policy else { return nil }
    if let place = policy.portLevelSettings.firstIndex(where: { $0.port == cluster.port }) {
      return policy.portLevelSettings[place].tls == nil ? nil : "\(path).portLevelSettings[\(place)].tls"
    }
    return policy.tls == nil ? nil : "\(path).tls"
  }
}
