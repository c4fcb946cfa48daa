import MeshModel

/// The workload that policies are looked up for, and whether one is for it (AC-1 to AC-3).
struct PolicySelection: Hashable, Sendable {
  var namespace: String
  var labels: [String: String]
  let rootNamespace: String

  private static let gatewayNameLabel = "gateway.networking.k8s.io/gateway-name"
  private static let gatewayGroup = "gateway.networking.k8s.io"

  /// A gateway of the Gateway API may be named by reference; for everybody else a policy with references is not there.
  func selects(selector: WorkloadSelector?, targets: [PolicyTargetReference], policyNamespace: String) -> Bool {
    guard !targets.isEmpty else {
      return selector?.matchLabels.allSatisfy { labels[$0.key] == $0.value } ?? true
    }
    guard let gateway = labels[Self.gatewayNameLabel], policyNamespace == namespace else { return false }
    return targets.contains { target in
      target.group == Self.gatewayGroup && target.kind == "Gateway" && target.name == gateway
        && (target.namespace.isEmpty || target.namespace == namespace)
    }
  }

  /// AZ-1, RA-1: where policies for this workload may stand.
  func namespaces(rootFirst: Bool, and service: String? = nil) -> [String] {
    var result: [String] = []
    let own = rootFirst ? [rootNamespace, namespace] : [namespace, rootNamespace]
    for candidate in own + (service.map { [$0] } ?? []) where !result.contains(candidate) { result.append(candidate) }
    return result
  }
}
