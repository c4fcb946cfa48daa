package import MeshModel

/// Envoy's role-based access control, as Istio fills it (RB-1 to RB-8).
package struct RBAC: Hashable, Sendable {
  package var action: Action
  /// Sorted by name, byte by byte (RB-2).
  package var policies: [Policy]
  /// Dry-run policies of the same action: they decide nothing (AZ-4).
  package var shadowPolicies: [Policy] = []
  /// False when there are dry-run policies only. Enforced without any policy, ALLOW lets nobody through (AZ-3).
  package var isEnforced = true

  package enum Action: String, Hashable, Sendable {
    case allow, deny, log
    /// CUSTOM: a match asks the external authorizer behind this filter.
    case custom
  }

  package struct Policy: Hashable, Sendable {
    /// Such as `ns[foo]-policy[bar]-rule[0]`.
    package var name: String
    /// The rule, such as `spec.rules[0]`.
    package var origin: Origin
    /// Any of them.
    package var permissions: [Permission]
    /// Any of them.
    package var principals: [Principal]

    package init(name: String, origin: Origin, permissions: [Permission], principals: [Principal]) {
      self.name = name
      self.origin = origin
      self.permissions = permissions
      self.principals = principals
    }
  }

  package indirect enum Permission: Hashable, Sendable {
    case any
    case and([Permission])
    case or([Permission])
    case not(Permission)
    case header(HeaderMatcher)
    /// RB-6: the path without its query.
    case path(StringMatcher)
    /// AM-4: `{*}` and `{**}`.
    case pathTemplate(String)
    case destinationPort(UInt32)
    case destinationAddress(CIDRBlock)
    /// SNI.
    case requestedServerName(StringMatcher)
  }

  package indirect enum Principal: Hashable, Sendable {
    case any
    case and([Principal])
    case or([Principal])
    case not(Principal)
    /// The URI name of the client's certificate; any mutual TLS client when nil.
    case authenticated(StringMatcher?)
    /// The peer of the connection.
    case directRemoteAddress(CIDRBlock)
    /// The client as X-Forwarded-For tells it (RB-7).
    case remoteAddress(CIDRBlock)
    case header(HeaderMatcher)
    /// `iss` and `sub` of the validated token, each on its own: Istio splits a value at its last slash (AM-9).
    case requestPrincipal(issuer: StringMatcher, subject: StringMatcher)
    /// A claim of the validated token; a list holds it when any element does (AM-13).
    case claim(path: [String], StringMatcher)
    /// `aud`, `azp` of the validated token.
    case audience(StringMatcher)
    case presenter(StringMatcher)
  }

  package init(action: Action, policies: [Policy]) {
    self.action = action
    self.policies = policies
  }
}

/// The authorizer behind CUSTOM policies (AZ-6, AT-3).
package struct ExternalAuthorization: Hashable, Sendable {
  /// `extensionProviders` entry.
  package var provider: String
  /// The rules that send a request to it.
  package var rules: RBAC
  package var authorizer: Authorizer
  /// An authorizer that does not answer counts as one that agrees.
  package var failsOpen = false
  /// The status of an answer when the authorizer does not answer; nil: 403.
  package var statusOnError: UInt32?

  package enum Authorizer: Hashable, Sendable {
    case http(cluster: String)
    case grpc(cluster: String)
    /// AZ-6: a provider that is missing, invalid or one of several: matching requests are denied.
    case invalid
  }

  package init(provider: String, rules: RBAC, authorizer: Authorizer) {
    self.provider = provider
    self.rules = rules
    self.authorizer = authorizer
  }
}
