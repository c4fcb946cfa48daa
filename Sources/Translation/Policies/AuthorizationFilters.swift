import MeshModel
import ProxyModel

/// The RBAC filters of one workload's AuthorizationPolicies (AZ-2 to AZ-6).
struct AuthorizationFilters {
  let items: [AuthorizationPolicyIndex.Item]
  let trustDomains: TrustDomains
  let providers: AuthorizerDirectory

  /// AUDIT, DENY, ALLOW.
  func http() -> [HTTPFilter] { rules(isForTCP: false).map { .rbac($0) } }

  func network() -> [NetworkFilter] { rules(isForTCP: true).map { .rbac($0) } }

  /// CUSTOM.
  func customHTTP() -> [HTTPFilter] {
    custom(isForTCP: false).map { check in
      switch check {
      case .refused(let rules): .rbac(rules)
      case .asked(let authorization): .externalAuthorization(authorization)
      }
    }
  }

  func customNetwork() -> [NetworkFilter] {
    custom(isForTCP: true).map { check in
      switch check {
      case .refused(let rules): .rbac(rules)
      case .asked(let authorization): .externalAuthorization(authorization)
      }
    }
  }

  private func rules(isForTCP: Bool) -> [RBAC] {
    let actions: [(AuthorizationAction, RBAC.Action)] = [(.audit, .log), (.deny, .deny), (.allow, .allow)]
    return actions.compactMap { action, result in
      let chosen = items.filter { ($0.policy.action ?? .allow) == action }
      guard !chosen.isEmpty else { return nil }
      var rules = RBAC(action: result, policies: [])
      rules.isEnforced = chosen.contains { !$0.isDryRun }
      for item in chosen {
        let policies = policies(of: item, prefix: "", isForTCP: isForTCP, isStrict: action == .allow)
        if item.isDryRun { rules.shadowPolicies += policies } else { rules.policies += policies }
      }
      rules.policies = Self.byName(rules.policies)
      rules.shadowPolicies = Self.byName(rules.shadowPolicies)
      return rules
    }
  }

  private enum Check {
    case refused(RBAC)
    case asked(ExternalAuthorization)
  }

  /// AZ-6, AT-3: one authorizer for a workload; a bad one refuses what would have been sent to it.
  private func custom(isForTCP: Bool) -> [Check] {
    let chosen = items.filter { $0.policy.action == .custom }
    let names = Set(chosen.map { $0.policy.provider ?? "" }).sorted()
    return names.compactMap { name -> Check? in
      let prefix = name.isEmpty ? "istio-ext-authz-" : "istio-ext-authz-\(name)-"
      let policies = chosen.filter { ($0.policy.provider ?? "") == name }.flatMap {
        self.policies(of: $0, prefix: prefix, isForTCP: isForTCP, isStrict: false)
      }
      guard names.count == 1, let provider = providers[name] else {
        let refusing = policies.map { policy in
          var policy = policy
          policy.name += "-deny-due-to-bad-CUSTOM-action"
          return policy
        }
        return .refused(RBAC(action: .deny, policies: Self.byName(refusing)))
      }
      if isForTCP, !provider.speaksGRPC { return nil }
      let rules = RBAC(action: .custom, policies: Self.byName(policies))
      var authorization = ExternalAuthorization(
        provider: name, rules: rules,
        authorizer: provider.speaksGRPC ? .grpc(cluster: provider.cluster) : .http(cluster: provider.cluster))
      authorization.failsOpen = provider.failsOpen
      authorization.statusOnError = provider.statusOnError
      return .asked(authorization)
    }
  }

  /// AZ-3: a policy without rules never matches, yet is there.
  private func policies(
    of item: AuthorizationPolicyIndex.Item, prefix: String, isForTCP: Bool, isStrict: Bool
  ) -> [RBAC.Policy] {
    let (namespace, name) = (item.id.namespace, item.id.name)
    let rules = item.policy.rules ?? []
    guard !rules.isEmpty else {
      return [
        RBAC.Policy(
          name: "\(prefix)ns[\(namespace)]-policy[\(name)]-rule[0]", origin: Origin(object: item.id, field: "spec"),
          permissions: [.not(.any)], principals: [.not(.any)])
      ]
    }
    let translation = AuthorizationRuleTranslation(
      trustDomains: trustDomains, policyNamespace: namespace, isForTCP: isForTCP, isStrict: isStrict)
    return rules.enumerated().compactMap { place, rule in
      translation.policy(
        rule, name: "\(prefix)ns[\(namespace)]-policy[\(name)]-rule[\(place)]",
        origin: Origin(object: item.id, field: "spec.rules[\(place)]"))
    }
  }

  /// RB-2.
  private static func byName(_ policies: [RBAC.Policy]) -> [RBAC.Policy] {
    policies.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}
