package import MeshModel

/// What a token says, and what a mesh makes of it; never the token itself.
package struct TokenInspection: Sendable {
  /// Why it is no token at all, in Envoy's words.
  package var problem: String?
  package var algorithm = ""
  package var keyID = ""
  package var issuer = ""
  package var subject = ""
  package var audiences: [String] = []
  /// Seconds since 1970; 0: the token does not say.
  package var expiry: Int64 = 0
  package var notBefore: Int64 = 0
  package var claims: Value = .null
  /// The moment that it is judged at.
  package var time: Int64 = 0
  /// Every JWT rule of the mesh, its own issuer's first.
  package var rules: [Rule] = []
  /// Every rule of an AuthorizationPolicy that asks something of a token.
  package var policies: [PolicyRule] = []

  package struct Rule: Hashable, Sendable {
    package var origin: Origin
    package var issuer: String
    package var verdict: Verdict
    /// Where the rule looks for tokens.
    package var places: [String]

    package init(origin: Origin, issuer: String, verdict: Verdict, places: [String]) {
      self.origin = origin
      self.issuer = issuer
      self.verdict = verdict
      self.places = places
    }
  }

  package enum Verdict: Hashable, Sendable {
    case good
    /// Its claims are those that the user gave; there is no signature to check.
    case vouchedFor
    case otherIssuer
    /// In Envoy's words.
    case bad(String)
    /// The keys are elsewhere; all else is well.
    case remoteKeys(String)
  }

  package struct PolicyRule: Hashable, Sendable {
    package var origin: Origin
    package var action: AuthorizationAction
    package var conditions: [Condition]

    package init(origin: Origin, action: AuthorizationAction, conditions: [Condition]) {
      self.origin = origin
      self.action = action
      self.conditions = conditions
    }
  }

  package struct Condition: Hashable, Sendable {
    /// `requestPrincipals`, `request.auth.claims[role]`, with `not` in front where none of the values may match.
    package var key: String
    package var values: [String]
    package var holds: Bool

    package init(key: String, values: [String], holds: Bool) {
      self.key = key
      self.values = values
      self.holds = holds
    }
  }

  package init() {}
}
