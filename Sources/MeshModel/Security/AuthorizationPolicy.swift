/// Who may do what (AZ-1 to AZ-6).
package struct AuthorizationPolicy: Hashable, Sendable {
  package var selector: WorkloadSelector?
  /// Deprecated; counts when `targetRefs` is empty (AC-1).
  package var targetRef: PolicyTargetReference?
  package var targetRefs: [PolicyTargetReference] = []
  /// nil when the key is absent; `[]` is something else only to validation (AZ-3).
  package var rules: [AuthorizationRule]?
  /// Absent is ALLOW (DF-3).
  package var action: AuthorizationAction?
  /// `provider.name` of a CUSTOM policy.
  package var provider: String?

  package init() {}
}

package enum AuthorizationAction: String, Hashable, Sendable, CaseIterable {
  case allow = "ALLOW"
  case deny = "DENY"
  case audit = "AUDIT"
  case custom = "CUSTOM"
}

/// AM-1: any `from`, any `to`, every `when`.
package struct AuthorizationRule: Hashable, Sendable {
  package var from: [AuthorizationSource] = []
  package var to: [AuthorizationOperation] = []
  package var when: [AuthorizationCondition] = []

  package init() {}
}

/// AM-1: every field must hold, any value of a field does.
package struct AuthorizationSource: Hashable, Sendable {
  package var principals: [String] = []
  package var notPrincipals: [String] = []
  package var requestPrincipals: [String] = []
  package var notRequestPrincipals: [String] = []
  package var namespaces: [String] = []
  package var notNamespaces: [String] = []
  package var serviceAccounts: [String] = []
  package var notServiceAccounts: [String] = []
  package var ipBlocks: [String] = []
  package var notIpBlocks: [String] = []
  package var remoteIpBlocks: [String] = []
  package var notRemoteIpBlocks: [String] = []
  package var trustDomains: [String] = []
  package var notTrustDomains: [String] = []

  package init() {}
}

package struct AuthorizationOperation: Hashable, Sendable {
  package var hosts: [String] = []
  package var notHosts: [String] = []
  package var ports: [String] = []
  package var notPorts: [String] = []
  package var methods: [String] = []
  package var notMethods: [String] = []
  package var paths: [String] = []
  package var notPaths: [String] = []

  package init() {}
}

package struct AuthorizationCondition: Hashable, Sendable {
  package var key: String = ""
  package var values: [String] = []
  package var notValues: [String] = []

  package init() {}
}
