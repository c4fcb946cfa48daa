import MeshModel
import ProxyModel

/// The checks that policies put in front of a proxy's routing, in Istio's order (HC-2).
struct PolicyFilters: Sendable {
  /// CUSTOM, then tokens, then AUDIT, DENY and ALLOW.
  var http: [HTTPFilter] = []
  /// CUSTOM, then AUDIT, DENY and ALLOW, reduced to what a connection has (AT-1).
  var network: [NetworkFilter] = []
}

/// Policies of all kinds that filters are made of.
struct PolicyIndex: Sendable {
  let authorization: AuthorizationPolicyIndex
  let tokens: RequestAuthenticationIndex
  let trustDomains: TrustDomains
  let authorizers: AuthorizerDirectory
  let rootNamespace: String

  init(_ snapshot: Snapshot, namespaces: (_ hostname: String) -> Set<String>) {
    authorization = AuthorizationPolicyIndex(snapshot)
    tokens = RequestAuthenticationIndex(snapshot)
    trustDomains = TrustDomains(snapshot.meshConfig)
    authorizers = AuthorizerDirectory(snapshot.meshConfig.extensionProviders, namespaces: namespaces)
    rootNamespace = snapshot.meshConfig.rootNamespaceName
  }

  /// Everything that stands in front of a workload's own chains.
  func filters(for vantage: Vantage, isGateway: Bool) -> PolicyFilters {
    let selection = selection(vantage)
    let authorization = authorizationFilters(selection, serviceNamespace: nil)
    let tokens = tokens.filter(for: selection, clearsRouteCache: isGateway)
    return PolicyFilters(
      http: authorization.customHTTP() + (tokens.map { [.jwtAuthentication($0)] } ?? []) + authorization.http(),
      network: authorization.customNetwork() + authorization.network())
  }

  /// What a client's proxy checks on the TLS chain of a wildcard DYNAMIC_DNS service (corrections 4.2).
  func networkFilters(for vantage: Vantage, service: MeshService) -> [NetworkFilter] {
    let authorization = authorizationFilters(selection(vantage), serviceNamespace: service.namespace)
    return authorization.customNetwork() + authorization.network()
  }

  private func selection(_ vantage: Vantage) -> PolicySelection {
    PolicySelection(namespace: vantage.namespace, labels: vantage.labels, rootNamespace: rootNamespace)
  }

  private func authorizationFilters(_ selection: PolicySelection, serviceNamespace: String?) -> AuthorizationFilters {
    AuthorizationFilters(
      items: authorization.items(for: selection, serviceNamespace: serviceNamespace), trustDomains: trustDomains,
      providers: authorizers)
  }
}
