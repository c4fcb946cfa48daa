/// Which tokens are good (RA-1 to RA-8).
package struct RequestAuthentication: Hashable, Sendable {
  package var selector: WorkloadSelector?
  /// Deprecated; counts when `targetRefs` is empty (AC-1).
  package var targetRef: PolicyTargetReference?
  package var targetRefs: [PolicyTargetReference] = []
  package var jwtRules: [JWTRule] = []

  package init() {}
}

/// What a policy is attached to (AC-1 to AC-3).
package struct PolicyTargetReference: Hashable, Sendable {
  package var group: String = ""
  package var kind: String = ""
  package var name: String = ""
  package var namespace: String = ""

  package init() {}
}

package struct JWTRule: Hashable, Sendable {
  package var issuer: String = ""
  package var audiences: [String] = []
  package var jwksUri: String = ""
  package var jwks: String = ""
  package var fromHeaders: [JWTHeader] = []
  package var fromParams: [String] = []
  package var fromCookies: [String] = []
  package var outputPayloadToHeader: String = ""
  package var outputClaimToHeaders: [ClaimToHeader] = []
  package var forwardOriginalToken: Bool = false
  package var timeout: ProtoDuration?
  package var spaceDelimitedClaims: [String] = []

  package init() {}
}

package struct JWTHeader: Hashable, Sendable {
  package var name: String = ""
  package var prefix: String = ""

  package init() {}
}

package struct ClaimToHeader: Hashable, Sendable {
  package var header: String = ""
  package var claim: String = ""

  package init() {}
}
