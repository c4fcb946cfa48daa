package import MeshModel
package import ProxyModel

/// Checks tokens for an evaluation, which itself never looks at keys or signatures.
package protocol TokenVerifier: Sendable {
  /// The issuer that a token names, or why it is no token; both as Envoy's `jwt_verify_lib` has it.
  func issuer(of token: [UInt8]) -> TokenIssuer
  /// Whether the token is good for that provider (expiry, audiences, signature) at that time, in seconds since 1970.
  func verify(_ token: [UInt8], for provider: JWTAuthentication.Provider, at time: Int64) -> TokenVerdict
}

package enum TokenIssuer: Hashable, Sendable {
  case issuer(String)
  case malformed(status: String)
}

package enum TokenVerdict: Hashable, Sendable {
  /// The payload: its text as it stood in the token, decoded, and what it says.
  case good(claims: Value, encodedPayload: [UInt8])
  case bad(status: String)
  /// Its keys are not at hand; Envoy's words for keys that it could not fetch.
  case unverifiable(status: String)
}

/// For proxies that check no tokens.
package struct NoTokenVerifier: TokenVerifier {
  package init() {}

  package func issuer(of token: [UInt8]) -> TokenIssuer { .malformed(status: "Jwt verification fails") }

  package func verify(_ token: [UInt8], for provider: JWTAuthentication.Provider, at time: Int64) -> TokenVerdict {
    .bad(status: "Jwt verification fails")
  }
}
