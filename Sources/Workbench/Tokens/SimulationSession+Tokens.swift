package import Evaluation
import MeshCodec
import MeshModel
import ProxyModel
import Tokens

extension SimulationSession {
  /// A token against every rule of the mesh that has to do with tokens; nothing is sent anywhere.
  package func inspection(of given: GivenToken) -> TokenInspection {
    var result = TokenInspection()
    result.time = now
    let token: Token
    do throws(TokenProblem) {
      token = try Token(given.text)
    } catch {
      result.problem = error.rawValue
      return result
    }
    if !given.isVouchedFor {
      result.algorithm = token.signingAlgorithm
      result.keyID = token.signingKeyID
    }
    result.issuer = token.issuer
    result.subject = token.subject
    result.audiences = token.audiences
    result.expiry = token.expiry
    result.notBefore = token.notBefore
    result.claims = Value(token.claims)
    let rules = GivenToken.rules(of: snapshot)
    let told = rules.map { rule(of: $0.origin, $0.rule, token, given) }
    result.rules = told.filter { $0.issuer == token.issuer } + told.filter { $0.issuer != token.issuer }
    let isBelieved = told.contains { $0.verdict.isBelievable }
    let spaced = rules.filter { $0.rule.issuer == token.issuer }.flatMap(\.rule.spaceDelimitedClaims)
    let conditions = TokenConditions(claims: isBelieved ? result.claims : nil, spaceDelimited: spaced)
    result.policies = policies(conditions)
    return result
  }

  private func rule(
    of origin: Origin, _ rule: JWTRule, _ token: Token, _ given: GivenToken
  ) -> TokenInspection.Rule {
    var provider = JWTAuthentication.Provider(
      name: "", issuer: rule.issuer, keys: rule.jwks.isEmpty ? .remote(uri: rule.jwksUri) : .inline(rule.jwks),
      origin: origin)
    provider.audiences = rule.audiences
    var places = rule.fromHeaders.map { $0.prefix.isEmpty ? $0.name : "\($0.name): \($0.prefix)…" }
    places += rule.fromParams.map { "?\($0)=…" } + rule.fromCookies.map { "cookie \($0)" }
    if places.isEmpty { places = ["authorization: Bearer …", "?access_token=…"] }
    let verdict: TokenInspection.Verdict
    if rule.issuer != token.issuer {
      verdict = .otherIssuer
    } else {
      switch verifier.verify(given.text, for: provider, at: now) {
      case .good: verdict = given.isVouchedFor ? .vouchedFor : .good
      case .bad(let status): verdict = .bad(status)
      case .unverifiable: verdict = .remoteKeys(rule.jwksUri)
      }
    }
    return TokenInspection.Rule(origin: origin, issuer: rule.issuer, verdict: verdict, places: places)
  }

  private func policies(_ conditions: TokenConditions) -> [TokenInspection.PolicyRule] {
    snapshot.objects(of: .authorizationPolicy).flatMap { object -> [TokenInspection.PolicyRule] in
      guard case .authorizationPolicy(let policy) = object.content else { return [] }
      return (policy.rules ?? []).enumerated().compactMap { place, rule in
        let found = conditions.conditions(of: rule)
        guard !found.isEmpty else { return nil }
        return TokenInspection.PolicyRule(
          origin: Origin(object: object.id, field: "spec.rules[\(place)]"), action: policy.action ?? .allow,
          conditions: found)
      }
    }
  }
}

extension TokenInspection.Verdict {
  /// Whether its claims may count somewhere; keys that are elsewhere get the benefit of the doubt.
  fileprivate var isBelievable: Bool {
    switch self {
    case .good, .vouchedFor, .remoteKeys: true
    case .otherIssuer, .bad: false
    }
  }
}
