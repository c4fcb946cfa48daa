import MeshModel
import ProxyModel

/// One rule of an AuthorizationPolicy as Envoy's RBAC sees it (AM-1 to AM-13).
struct AuthorizationRuleTranslation {
  let trustDomains: TrustDomains
  let policyNamespace: String
  /// A connection has no HTTP: conditions on it cannot be asked (AT-1).
  let isForTCP: Bool
  /// ALLOW drops a rule it cannot ask in full; the other actions drop the condition, and so become wider (AT-1).
  let isStrict: Bool

  /// nil: the rule falls away.
  func policy(_ rule: AuthorizationRule, name: String, origin: Origin) -> RBAC.Policy? {
    do {
      var permissions: [RBAC.Permission] = []
      var principals: [RBAC.Principal] = []
      for condition in rule.when {
        guard let kind = ConditionKey(condition.key) else { return nil }
        if kind.isAboutOperation {
          permissions += try self.permissions(kind, condition.values, condition.notValues)
        } else {
          principals += try self.principals(kind, condition.values, condition.notValues)
        }
      }
      let operations = try rule.to.map { try self.permissions($0) + permissions }
      let sources = try rule.from.map { try self.principals($0) + principals }
      return RBAC.Policy(
        name: name, origin: origin,
        permissions: (rule.to.isEmpty ? [permissions] : operations).map { $0.isEmpty ? .any : .and($0) },
        principals: (rule.from.isEmpty ? [principals] : sources).map { $0.isEmpty ? .any : .and($0) })
    } catch {
      return nil
    }
  }

  private func permissions(_ operation: AuthorizationOperation) throws(Unsayable) -> [RBAC.Permission] {
    try permissions(.host, operation.hosts, operation.notHosts)
      + permissions(.method, operation.methods, operation.notMethods)
      + permissions(.path, operation.paths, operation.notPaths)
      + permissions(.destinationPort, operation.ports, operation.notPorts)
  }

  private func principals(_ source: AuthorizationSource) throws(Unsayable) -> [RBAC.Principal] {
    try principals(.principal, source.principals, source.notPrincipals)
      + principals(.requestPrincipal, source.requestPrincipals, source.notRequestPrincipals)
      + principals(.serviceAccount, source.serviceAccounts, source.notServiceAccounts)
      + principals(.trustDomain, source.trustDomains, source.notTrustDomains)
      + principals(.namespace, source.namespaces, source.notNamespaces)
      + principals(.remoteIP, source.remoteIpBlocks, source.notRemoteIpBlocks)
      + principals(.sourceIP, source.ipBlocks, source.notIpBlocks)
  }

  /// AM-1: any of the values, and none of the others.
  private func permissions(
    _ key: ConditionKey, _ values: [String], _ notValues: [String]
  ) throws(Unsayable) -> [RBAC.Permission] {
    var result: [RBAC.Permission] = []
    let wanted = try sayable(values) { (value) throws(Unsayable) in try permission(key, value) }
    let unwanted = try sayable(notValues) { (value) throws(Unsayable) in try permission(key, value) }
    if !wanted.isEmpty { result.append(.or(wanted)) }
    if !unwanted.isEmpty { result.append(.not(.or(unwanted))) }
    return result
  }

  private func principals(
    _ key: ConditionKey, _ values: [String], _ notValues: [String]
  ) throws(Unsayable) -> [RBAC.Principal] {
    var result: [RBAC.Principal] = []
    let wanted = try sayable(expanded(key, values)) { (value) throws(Unsayable) in try principal(key, value) }
    let unwanted = try sayable(expanded(key, notValues)) { (value) throws(Unsayable) in try principal(key, value) }
    if !wanted.isEmpty { result.append(.or(wanted)) }
    if !unwanted.isEmpty { result.append(.not(.or(unwanted))) }
    return result
  }

  private func sayable<T>(
    _ values: [String], _ translate: (String) throws(Unsayable) -> T
  ) throws(Unsayable) -> [T] {
    var result: [T] = []
    for value in values {
      do throws(Unsayable) {
        result.append(try translate(value))
      } catch {
        if isStrict { throw error }
      }
    }
    return result
  }

  /// AM-12.
  private func expanded(_ key: ConditionKey, _ values: [String]) -> [String] {
    switch key {
    case .principal: trustDomains.expanded(principals: values)
    case .trustDomain: trustDomains.expanded(domains: values)
    case .host, .method, .path, .destinationIP, .destinationPort, .sni, .filterMetadata, .sourceIP, .remoteIP,
      .namespace, .serviceAccount, .requestPrincipal, .audience, .presenter, .header, .claim:
      values
    }
  }

  private func permission(_ key: ConditionKey, _ value: String) throws(Unsayable) -> RBAC.Permission {
    switch key {
    case .host:
      try askHTTP()
      return .header(PolicyStrings.header(":authority", value, ignoresCase: true))  // AM-3
    case .method:
      try askHTTP()
      return .header(PolicyStrings.header(":method", value))
    case .path:
      try askHTTP()
      let isTemplate = value.contains("{*}") || value.contains("{**}")
      return isTemplate ? .pathTemplate(value) : .path(PolicyStrings.matcher(value))
    case .destinationIP: return .destinationAddress(try block(value))
    case .destinationPort:
      guard let port = UInt32(value), port <= 65535 else { throw Unsayable() }
      return .destinationPort(port)
    case .sni: return .requestedServerName(PolicyStrings.matcher(value))
    case .filterMetadata: return .not(.any)
    case .sourceIP, .remoteIP, .namespace, .serviceAccount, .trustDomain, .principal, .requestPrincipal, .audience,
      .presenter, .header, .claim:
      throw Unsayable()
    }
  }

  private func principal(_ key: ConditionKey, _ value: String) throws(Unsayable) -> RBAC.Principal {
    switch key {
    case .sourceIP: return .directRemoteAddress(try block(value))
    case .remoteIP: return .remoteAddress(try block(value))
    case .namespace: return .authenticated(PolicyStrings.namespace(value))
    case .serviceAccount:
      return .authenticated(PolicyStrings.serviceAccount(value, policyNamespace: policyNamespace))
    case .trustDomain: return .authenticated(PolicyStrings.trustDomain(value))
    case .principal: return .authenticated(PolicyStrings.principal(value))
    case .requestPrincipal:
      try askHTTP()
      let parts = PolicyStrings.requestPrincipal(value)
      return .requestPrincipal(issuer: parts.issuer, subject: parts.subject)
    case .audience:
      try askHTTP()
      return .audience(PolicyStrings.matcher(value))
    case .presenter:
      try askHTTP()
      return .presenter(PolicyStrings.matcher(value))
    case .header(let name):
      try askHTTP()
      return .header(PolicyStrings.header(name, value))
    case .claim(let path):
      try askHTTP()
      return .claim(path: path, PolicyStrings.matcher(value))
    case .host, .method, .path, .destinationIP, .destinationPort, .sni, .filterMetadata: throw Unsayable()
    }
  }

  private func askHTTP() throws(Unsayable) {
    if isForTCP { throw Unsayable() }
  }

  private func block(_ text: String) throws(Unsayable) -> CIDRBlock {
    guard let block = CIDRBlock(text) else { throw Unsayable() }
    return block
  }

  /// A condition that cannot be asked here.
  private struct Unsayable: Error {}
}
