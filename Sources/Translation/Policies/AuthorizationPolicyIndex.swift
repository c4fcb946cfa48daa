import MeshModel
import ProxyModel

/// AuthorizationPolicies by namespace, the oldest first (OR-1).
struct AuthorizationPolicyIndex: Sendable {
  private let byNamespace: [String: [Item]]

  struct Item: Sendable {
    var id: ObjectID
    var policy: AuthorizationPolicy
    /// AZ-4.
    var isDryRun: Bool
  }

  init(_ snapshot: Snapshot) {
    var byNamespace: [String: [Item]] = [:]
    for object in snapshot.objects(of: .authorizationPolicy).sortedByAge() {
      guard case .authorizationPolicy(let policy) = object.content else { continue }
      let isDryRun = Self.isTrue(object.metadata.annotations["istio.io/dry-run"])
      byNamespace[object.id.namespace, default: []].append(Item(id: object.id, policy: policy, isDryRun: isDryRun))
    }
    self.byNamespace = byNamespace
  }

  /// AZ-1; `serviceNamespace` adds the policies of the namespace of a service (corrections 4.2).
  func items(for selection: PolicySelection, serviceNamespace: String? = nil) -> [Item] {
    selection.namespaces(rootFirst: true, and: serviceNamespace).flatMap { namespace in
      (byNamespace[namespace] ?? []).filter {
        selection.selects(
          selector: $0.policy.selector, targets: $0.policy.targetRefs, policyNamespace: $0.id.namespace)
      }
    }
  }

  /// As Go reads booleans.
  private static func isTrue(_ text: String?) -> Bool {
    ["1", "t", "T", "true", "TRUE", "True"].contains(text ?? "")
  }
}
