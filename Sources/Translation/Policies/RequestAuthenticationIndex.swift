import MeshModel
import ProxyModel

/// RequestAuthentications by namespace, the oldest first (RA-1).
struct RequestAuthenticationIndex: Sendable {
  private let byNamespace: [String: [(id: ObjectID, policy: RequestAuthentication)]]

  init(_ snapshot: Snapshot) {
    var byNamespace: [String: [(id: ObjectID, policy: RequestAuthentication)]] = [:]
    for object in snapshot.objects(of: .requestAuthentication).sortedByAge() {
      guard case .requestAuthentication(let policy) = object.content else { continue }
      byNamespace[object.id.namespace, default: []].append((object.id, policy))
    }
    self.byNamespace = byNamespace
  }

  /// The token check of a workload; nil when no rule is for it. Gateways route anew after it (RA-6).
  func filter(for selection: PolicySelection, clearsRouteCache: Bool) -> JWTAuthentication? {
    var rules: [(rule: JWTRule, origin: Origin)] = []
    for namespace in selection.namespaces(rootFirst: false) {
      for (id, policy) in byNamespace[namespace] ?? []
      where selection.selects(selector: policy.selector, targets: policy.targetRefs, policyNamespace: namespace) {
        for (place, rule) in policy.jwtRules.enumerated() {
          rules.append((rule, Origin(object: id, field: "spec.jwtRules[\(place)]")))
        }
      }
    }
    guard !rules.isEmpty else { return nil }
    let sorted = rules.enumerated().sorted { a, b in
      let (one, other) = (a.element.rule.issuer.utf8, b.element.rule.issuer.utf8)
      if one.elementsEqual(other) { return a.offset < b.offset }
      return one.lexicographicallyPrecedes(other)
    }
    let providers = sorted.enumerated().map { place, entry in
      Self.provider(entry.element.rule, name: "origins-\(place)", origin: entry.element.origin)
    }
    var filter = JWTAuthentication(providers: providers, requirement: Self.requirement(providers))
    filter.clearsRouteCache = clearsRouteCache
    return filter
  }

  /// RA-3.
  private static func requirement(_ providers: [JWTAuthentication.Provider]) -> JWTAuthentication.Requirement {
    let each = providers.map { JWTAuthentication.Requirement.any([.provider($0.name), .allowMissing]) }
    guard each.count > 1 else { return each[0] }
    return .any(providers.map { .provider($0.name) } + [.all(each)])
  }

  private static func provider(_ rule: JWTRule, name: String, origin: Origin) -> JWTAuthentication.Provider {
    let isRemote = rule.jwks.isEmpty && !rule.jwksUri.isEmpty
    var provider = JWTAuthentication.Provider(
      name: name, issuer: rule.issuer, keys: isRemote ? .remote(uri: rule.jwksUri) : .inline(rule.jwks), origin: origin)
    provider.audiences = rule.audiences
    provider.headers = rule.fromHeaders
    provider.parameters = rule.fromParams
    provider.cookies = rule.fromCookies
    provider.forwardsToken = rule.forwardOriginalToken
    provider.payloadHeader = rule.outputPayloadToHeader
    provider.claimHeaders = rule.outputClaimToHeaders
    provider.spaceDelimitedClaims = Set(rule.spaceDelimitedClaims + ["permission", "scope"]).sorted()  // AM-13
    return provider
  }
}
