package import MeshModel

/// Checks of tokens (JW-1 to JW-7, RA-1 to RA-8).
package struct JWTAuthentication: Hashable, Sendable {
  /// Sorted by issuer, as Istio does.
  package var providers: [Provider]
  package var requirement: Requirement
  package var bypassesPreflight: Bool
  /// RA-6: routing is done again after the check.
  package var clearsRouteCache: Bool

  package struct Provider: Hashable, Sendable {
    /// `origins-0` and so on.
    package var name: String
    package var issuer: String
    package var audiences: [String]
    package var keys: Keys
    /// Empty lists of places mean the default ones (JW-2).
    package var headers: [JWTHeader]
    package var parameters: [String]
    package var cookies: [String]
    package var forwardsToken: Bool
    package var payloadHeader: String
    package var claimHeaders: [ClaimToHeader]
    package var spaceDelimitedClaims: [String]
    /// `spec.jwtRules[0]`.
    package var origin: Origin

    package enum Keys: Hashable, Sendable {
      case inline(String)
      case remote(uri: String)
    }

    package init(name: String, issuer: String, keys: Keys, origin: Origin) {
      self.name = name
      self.issuer = issuer
      audiences = []
      self.keys = keys
      headers = []
      parameters = []
      cookies = []
      forwardsToken = false
      payloadHeader = ""
      claimHeaders = []
      spaceDelimitedClaims = []
      self.origin = origin
    }
  }

  /// JW-5.
  package indirect enum Requirement: Hashable, Sendable {
    case provider(String)
    case any([Requirement])
    case all([Requirement])
    case allowMissing
  }

  package init(providers: [Provider], requirement: Requirement) {
    self.providers = providers
    self.requirement = requirement
    bypassesPreflight = true
    clearsRouteCache = false
  }
}
