import ProxyModel

/// What a filter says when it ends a request.
struct FilterRefusal {
  var status: UInt32 = 403
  var flags = ""
  var details: String
  var body: [UInt8]
}

extension Evaluator {
  /// One RBAC filter, on TCP and HTTP alike (RB-1 to RB-5); nil: it goes on.
  func apply(
    _ rbac: RBAC, _ access: inout AccessContext, into answer: inout Answer, trace: inout Trace?
  ) -> FilterRefusal? {
    noteDryRun(rbac, &access, into: &answer)
    guard rbac.isEnforced else { return nil }
    let matched = access.firstMatch(rbac.policies)
    if access.lacksClientAddress {
      answer.note([NotModelled(origin: matched?.origin, reason: .clientAddressUnknown)])
      access.lacksClientAddress = false
    }
    var isAllowed = true
    switch rbac.action {
    case .log:
      if isInbound, access.exchange != nil, let matched {
        answer.isAudited = true
        answer.decidedBy = .by(matched.origin)
      }
    case .custom: break
    case .deny: isAllowed = matched == nil
    case .allow: isAllowed = matched != nil
    }
    trace?.steps.append(.filter(.rbac(rbac.action, matched: matched?.origin, isAllowed: isAllowed)))
    if isAllowed {
      if isInbound, rbac.action == .allow, let matched { answer.decidedBy = .by(matched.origin) }
      return nil
    }
    if matched == nil { answer.unmatchedRules = rbac.policies.map(\.origin) }
    if isInbound {
      answer.decidedBy = Decision(matched?.origin)
    } else {
      answer.deniedBy = matched?.origin
    }
    return Self.denial(matched?.name ?? "none")
  }

  /// RB-4.
  private static func denial(_ policy: String) -> FilterRefusal {
    FilterRefusal(
      details: "rbac_access_denied_matched_policy[\(policy)]", body: [UInt8]("RBAC: access denied"))
  }

  /// AZ-4: what dry-run policies would have done.
  private func noteDryRun(_ rbac: RBAC, _ access: inout AccessContext, into answer: inout Answer) {
    guard isInbound, !rbac.shadowPolicies.isEmpty else { return }
    let matched = access.firstMatch(rbac.shadowPolicies)
    var dryRun = answer.dryRun ?? DryRun()
    switch rbac.action {
    case .allow: dryRun.allow = DryRun.Verdict(isAllowed: matched != nil, policy: matched?.origin)
    case .deny: dryRun.deny = DryRun.Verdict(isAllowed: matched == nil, policy: matched?.origin)
    case .log, .custom: return
    }
    answer.dryRun = dryRun
  }

  /// AZ-6, AT-3: asks the authorizer when a rule matches; nil: it goes on.
  func apply(
    _ authorization: ExternalAuthorization, _ question: Question, _ access: inout AccessContext,
    into answer: inout Answer, trace: inout Trace?
  ) -> FilterRefusal? {
    guard let matched = access.firstMatch(authorization.rules.policies) else {
      trace?.steps.append(
        .filter(.externalAuthorization(provider: authorization.provider, matched: nil, isAllowed: true)))
      return nil
    }
    var refusal: FilterRefusal?
    switch authorization.authorizer {
    case .invalid:
      if isInbound { answer.decidedBy = .by(matched.origin) } else { answer.deniedBy = matched.origin }
      refusal = Self.denial(matched.name)
    case .http(let name), .grpc(let name):
      let isReachable = cluster(name)?.isUsable ?? false
      if !isReachable, authorization.failsOpen { break }
      if isInbound {
        answer.externalAuthorization = ExternalAuthorizationNote(wasAsked: isReachable, decidedBy: matched.origin)
      }
      if !isReachable {
        refusal = FilterRefusal(
          status: authorization.statusOnError ?? 403, flags: "UAEX", details: "ext_authz_error", body: [])
      } else if question.authorizer == .deny {
        // The words of an HTTP authorizer go to the client; those of the one in the contract are `denied`.
        var body: [UInt8] = []
        if case .http = authorization.authorizer { body = [UInt8]("denied") }
        refusal = FilterRefusal(flags: "UAEX", details: "ext_authz_denied", body: body)
      }
      if refusal != nil {
        if isInbound { answer.decidedBy = .by(matched.origin) } else { answer.deniedBy = matched.origin }
      }
    }
    trace?.steps.append(
      .filter(
        .externalAuthorization(
          provider: authorization.provider, matched: matched.origin, isAllowed: refusal == nil)))
    return refusal
  }
}
