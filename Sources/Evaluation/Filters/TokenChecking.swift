import MeshModel
import ProxyModel

/// The token filter on one request (JW-1 to JW-7, corrections 6).
struct TokenCheck {
  private let filter: JWTAuthentication
  private let verifier: any TokenVerifier
  private let time: Int64
  private(set) var exchange: Exchange
  /// The provider whose token was accepted last.
  private(set) var accepted: JWTAuthentication.Provider?
  /// A token would have to be checked against keys that are not at hand.
  private(set) var notModelled: [NotModelled] = []

  enum Status: Hashable {
    case good
    case missing
    case unknownIssuer
    case refused(String)

    var text: String {
      switch self {
      case .good: "OK"
      case .missing: "Jwt is missing"
      case .unknownIssuer: "Jwt issuer is not configured"
      case .refused(let text): text
      }
    }

    /// JW-5: the more specific of two failures is told.
    var weight: Int {
      switch self {
      case .good: 0
      case .missing: 1
      case .unknownIssuer: 2
      case .refused: 3
      }
    }
  }

  struct Failure {
    var status: Status
    /// The providers that the refused token may be meant for.
    var providers: [JWTAuthentication.Provider]
  }

  init(_ filter: JWTAuthentication, _ verifier: any TokenVerifier, _ exchange: Exchange, time: Int64) {
    self.filter = filter
    self.verifier = verifier
    self.exchange = exchange
    self.time = time
  }

  /// nil: the request goes on, changed as `exchange` says.
  mutating func run() -> Failure? {
    if filter.bypassesPreflight, exchange.isPreflight { return nil }
    // JW-6: a client cannot bring headers that the filter makes.
    for provider in filter.providers {
      if !provider.payloadHeader.isEmpty { exchange.headers.remove(lowered(provider.payloadHeader)) }
      for made in provider.claimHeaders { exchange.headers.remove(lowered(made.header)) }
    }
    return check(filter.requirement)
  }

  private func lowered(_ name: String) -> [UInt8] { ASCII.lowered(Array(name.utf8)) }

  private mutating func check(_ requirement: JWTAuthentication.Requirement) -> Failure? {
    switch requirement {
    case .allowMissing: return nil
    case .provider(let name):
      guard let provider = filter.providers.first(where: { $0.name == name }) else { return nil }
      return check(provider)
    case .all(let parts):
      for part in parts {
        if let failure = check(part) { return failure }
      }
      return nil
    case .any(let parts):
      var worst: Failure?
      var allowsMissing = false
      for part in parts {
        if part == .allowMissing {
          allowsMissing = true
          continue
        }
        guard let failure = check(part) else { return nil }
        if failure.status.weight > worst?.status.weight ?? 0 { worst = failure }
      }
      if allowsMissing, worst == nil || worst?.status == .missing { return nil }
      return worst
    }
  }

  /// Every token in the provider's places has to be its own and good; the last one found comes first.
  private mutating func check(_ provider: JWTAuthentication.Provider) -> Failure? {
    let tokens = TokenPlaces(provider).tokens(in: exchange)
    guard !tokens.isEmpty else { return Failure(status: .missing, providers: []) }
    for token in tokens.reversed() {
      if let status = check(token, provider) {
        return Failure(status: status, providers: namedProviders())
      }
    }
    return nil
  }

  private mutating func check(_ token: TokenPlaces.Found, _ provider: JWTAuthentication.Provider) -> Status? {
    switch verifier.issuer(of: token.text) {
    case .malformed(let status): return .refused(status)
    case .issuer(let issuer):
      if !provider.issuer.isEmpty, issuer != provider.issuer { return .unknownIssuer }
    }
    switch verifier.verify(token.text, for: provider, at: time) {
    case .bad(let status): return .refused(status)
    case .unverifiable(let status):
      notModelled.append(NotModelled(origin: provider.origin, reason: .remoteKeys))
      return .refused(status)
    case .good(let claims, let payload):
      accept(token, provider, claims, payload)
      return nil
    }
  }

  /// The providers whose issuer any token of the request names; all of them when none does.
  private func namedProviders() -> [JWTAuthentication.Provider] {
    var issuers: Set<String> = []
    for provider in filter.providers {
      for token in TokenPlaces(provider).tokens(in: exchange) {
        if case .issuer(let issuer) = verifier.issuer(of: token.text) { issuers.insert(issuer) }
      }
    }
    let named = filter.providers.filter { issuers.contains($0.issuer) }
    return named.isEmpty ? filter.providers : named
  }

  private mutating func accept(
    _ token: TokenPlaces.Found, _ provider: JWTAuthentication.Provider, _ claims: Value, _ payload: [UInt8]
  ) {
    accepted = provider
    if !provider.payloadHeader.isEmpty { exchange.headers.append(lowered(provider.payloadHeader), payload) }
    for made in provider.claimHeaders {
      guard let value = claims.claim(at: made.claim.split(separator: ".").map(String.init)),
        let text = ClaimText.text(value), !text.isEmpty
      else { continue }
      exchange.headers.append(lowered(made.header), text)
    }
    if !provider.forwardsToken { token.remove(from: &exchange) }
    exchange.claims = claims.splittingSpaces(of: ["scope", "permission"] + provider.spaceDelimitedClaims)
  }
}

extension Value {
  /// AM-13: string claims at the top level become lists of their words.
  fileprivate func splittingSpaces(of names: [String]) -> Value {
    guard case .object(let members) = self else { return self }
    return .object(
      members.map { member in
        guard names.contains(member.key), case .string(let text) = member.value else { return member }
        let words = text.utf8.split(separator: 32).map { Value.string(String(decoding: $0, as: UTF8.self)) }
        return Member(key: member.key, value: .array(words))
      })
  }
}
