import MeshModel
import ProxyModel

extension BootstrapWriter {
  func networkRBAC(_ rules: RBAC) -> [Value] {
    [
      ConfigValue.named(
        "envoy.filters.network.rbac", "envoy.extensions.filters.network.rbac.v3.RBAC",
        [("stat_prefix", .string("tcp."))] + enforcedMembers(rules) + shadowMembers(rules))
    ]
  }

  func httpRBAC(_ rules: RBAC) -> [Value] {
    [
      ConfigValue.named(
        "envoy.filters.http.rbac", "envoy.extensions.filters.http.rbac.v3.RBAC",
        enforcedMembers(rules) + shadowMembers(rules))
    ]
  }

  private func enforcedMembers(_ rules: RBAC) -> [(String, Value?)] {
    rules.isEnforced ? [("rules", value(of: rules))] : []
  }

  private func shadowMembers(_ rules: RBAC) -> [(String, Value?)] {
    guard !rules.shadowPolicies.isEmpty else { return [] }
    var shadow = rules
    shadow.policies = rules.shadowPolicies
    return [
      ("shadow_rules", value(of: shadow)),
      ("shadow_rules_stat_prefix", .string("istio_dry_run_\(rules.action.rawValue)_")),
    ]
  }

  private func value(of rules: RBAC) -> Value {
    let action: String
    switch rules.action {
    case .allow: action = "ALLOW"
    case .deny, .custom: action = "DENY"
    case .log: action = "LOG"
    }
    let policies = rules.policies.map { policy in
      Value.Member(
        key: policy.name,
        value: ConfigValue.object([
          ("permissions", .array(policy.permissions.map { value(of: $0) })),
          ("principals", .array(policy.principals.map { value(of: $0) })),
        ]))
    }
    return ConfigValue.object([("action", .string(action)), ("policies", .object(policies))])
  }

  private func value(of permission: RBAC.Permission) -> Value {
    switch permission {
    case .any: return ConfigValue.object([("any", .bool(true))])
    case .and(let parts): return group("and_rules", "rules", parts.map { value(of: $0) })
    case .or(let parts): return group("or_rules", "rules", parts.map { value(of: $0) })
    case .not(let part): return ConfigValue.object([("not_rule", value(of: part))])
    case .header(let matcher): return ConfigValue.object([("header", value(of: matcher))])
    case .path(let matcher):
      return ConfigValue.object([("url_path", ConfigValue.object([("path", value(of: matcher))]))])
    case .pathTemplate(let template):
      let extensionValue = ConfigValue.named(
        "uri-template", "envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig",
        [("path_template", .string(Self.envoyTemplate(template)))])
      return ConfigValue.object([("uri_template", extensionValue)])
    case .destinationPort(let port):
      return ConfigValue.object([("destination_port", ConfigValue.unsigned(port))])
    case .destinationAddress(let block):
      return ConfigValue.object([("destination_ip", value(of: block))])
    case .requestedServerName(let matcher):
      return ConfigValue.object([("requested_server_name", value(of: matcher))])
    }
  }

  private func group(_ name: String, _ list: String, _ parts: [Value]) -> Value {
    ConfigValue.object([(name, ConfigValue.object([(list, .array(parts))]))])
  }

  private func value(of principal: RBAC.Principal) -> Value {
    switch principal {
    case .any: return ConfigValue.object([("any", .bool(true))])
    case .and(let parts): return group("and_ids", "ids", parts.map { value(of: $0) })
    case .or(let parts): return group("or_ids", "ids", parts.map { value(of: $0) })
    case .not(let part): return ConfigValue.object([("not_id", value(of: part))])
    case .authenticated(let matcher):
      let name = ConfigValue.object([("principal_name", matcher.map { value(of: $0) })])
      return ConfigValue.object([("authenticated", name)])
    case .directRemoteAddress(let block):
      // A PROXY line tells who the client is; the direct peer stays whoever wrote the line.
      let field = options.handover == .redirected ? "direct_remote_ip" : "source_ip"
      return ConfigValue.object([(field, value(of: block))])
    case .remoteAddress(let block):
      return ConfigValue.object([("remote_ip", value(of: block))])
    case .header(let matcher):
      return ConfigValue.object([("header", value(of: matcher))])
    case .requestPrincipal(let issuer, let subject):
      let parts = [claim(["iss"], issuer), claim(["sub"], subject)]
      return group("and_ids", "ids", parts)
    case .claim(let path, let matcher):
      return ConfigValue.object([("metadata", claimMetadata(path, stringOrElement(value(of: matcher))))])
    case .audience(let matcher):
      return ConfigValue.object([("metadata", claimMetadata(["aud"], stringOrElement(value(of: matcher))))])
    case .presenter(let matcher):
      return ConfigValue.object([("metadata", claimMetadata(["azp"], stringOrElement(value(of: matcher))))])
    }
  }

  private func claim(_ path: [String], _ matcher: StringMatcher) -> Value {
    let test = ConfigValue.object([("string_match", value(of: matcher))])
    return ConfigValue.object([("metadata", claimMetadata(path, test))])
  }

  func value(of authentication: JWTAuthentication) -> Value {
    let providers = authentication.providers.map { provider in
      Value.Member(key: provider.name, value: value(of: provider, authentication.clearsRouteCache))
    }
    let rule = ConfigValue.object([
      ("match", ConfigValue.object([("prefix", .string("/"))])),
      ("requires", value(of: authentication.requirement)),
    ])
    return ConfigValue.named(
      "envoy.filters.http.jwt_authn", "envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication",
      [
        ("providers", .object(providers)), ("rules", .array([rule])),
        ("bypass_cors_preflight", .bool(authentication.bypassesPreflight)),
      ])
  }

  private func value(of provider: JWTAuthentication.Provider, _ clearsRouteCache: Bool) -> Value {
    var members: [(String, Value?)] = [
      ("issuer", provider.issuer.isEmpty ? nil : .string(provider.issuer)),
      ("audiences", provider.audiences.isEmpty ? nil : ConfigValue.strings(provider.audiences)),
      ("forward", provider.forwardsToken ? .bool(true) : nil),
      ("forward_payload_header", provider.payloadHeader.isEmpty ? nil : .string(provider.payloadHeader)),
      ("payload_in_metadata", .string("payload")),
    ]
    switch provider.keys {
    case .inline(let keys):
      members.append(("local_jwks", ConfigValue.object([("inline_string", .string(keys))])))
    case .remote:
      // Without the keys every token is refused, which is what Envoy does until it has fetched them.
      members.append(("local_jwks", ConfigValue.object([("inline_string", .string("{\"keys\":[]}"))])))
    }
    let headers = provider.headers.map { header in
      ConfigValue.object([
        ("name", .string(header.name)), ("value_prefix", header.prefix.isEmpty ? nil : .string(header.prefix)),
      ])
    }
    members.append(("from_headers", ConfigValue.list(headers)))
    members.append(("from_params", provider.parameters.isEmpty ? nil : ConfigValue.strings(provider.parameters)))
    members.append(("from_cookies", provider.cookies.isEmpty ? nil : ConfigValue.strings(provider.cookies)))
    let claims = provider.claimHeaders.map {
      ConfigValue.object([("header_name", .string($0.header)), ("claim_name", .string($0.claim))])
    }
    members.append(("claim_to_headers", ConfigValue.list(claims)))
    members.append(("clear_route_cache", clearsRouteCache ? .bool(true) : nil))
    let split = ConfigValue.object([("space_delimited_claims", ConfigValue.strings(provider.spaceDelimitedClaims))])
    members.append(("normalize_payload_in_metadata", provider.spaceDelimitedClaims.isEmpty ? nil : split))
    return ConfigValue.object(members)
  }

  private func value(of requirement: JWTAuthentication.Requirement) -> Value {
    switch requirement {
    case .provider(let name): return ConfigValue.object([("provider_name", .string(name))])
    case .any(let parts): return group("requires_any", "requirements", parts.map { value(of: $0) })
    case .all(let parts): return group("requires_all", "requirements", parts.map { value(of: $0) })
    case .allowMissing: return ConfigValue.object([("allow_missing", ConfigValue.object([]))])
    }
  }

  func httpExternalAuthorization(_ authorization: ExternalAuthorization) -> [Value] {
    let gate = authorizationGate("envoy.filters.http.rbac")
    let shadow = ConfigValue.named(
      "envoy.filters.http.rbac", "envoy.extensions.filters.http.rbac.v3.RBAC",
      [("shadow_rules", value(of: authorization.rules)), ("shadow_rules_stat_prefix", .string("istio_ext_authz_"))])
    var members: [(String, Value?)] = [
      ("transport_api_version", .string("V3")), ("filter_enabled_metadata", gate),
    ]
    switch authorization.authorizer {
    case .http(let cluster):
      let server = ConfigValue.object([
        ("uri", .string("http://authorizer")), ("cluster", .string(cluster)), ("timeout", .string("600s")),
      ])
      members.append(("http_service", ConfigValue.object([("server_uri", server)])))
    case .grpc(let cluster):
      members.append(("grpc_service", grpcService(cluster)))
    case .invalid:
      var denied = authorization.rules
      denied.action = .deny
      return httpRBAC(denied)
    }
    return [
      shadow,
      ConfigValue.named("envoy.filters.http.ext_authz", "envoy.extensions.filters.http.ext_authz.v3.ExtAuthz", members),
    ]
  }

  func networkExternalAuthorization(_ authorization: ExternalAuthorization) -> [Value] {
    switch authorization.authorizer {
    case .http: return []
    case .invalid:
      var denied = authorization.rules
      denied.action = .deny
      return networkRBAC(denied)
    case .grpc(let cluster):
      let shadow = ConfigValue.named(
        "envoy.filters.network.rbac", "envoy.extensions.filters.network.rbac.v3.RBAC",
        [
          ("stat_prefix", .string("tcp.")), ("shadow_rules", value(of: authorization.rules)),
          ("shadow_rules_stat_prefix", .string("istio_ext_authz_")),
        ])
      let filter = ConfigValue.named(
        "envoy.filters.network.ext_authz", "envoy.extensions.filters.network.ext_authz.v3.ExtAuthz",
        [
          ("stat_prefix", .string("tcp.")), ("transport_api_version", .string("V3")),
          ("grpc_service", grpcService(cluster)),
          ("filter_enabled_metadata", authorizationGate("envoy.filters.network.rbac")),
        ])
      return [shadow, filter]
    }
  }

  private func grpcService(_ cluster: String) -> Value {
    ConfigValue.object([
      ("envoy_grpc", ConfigValue.object([("cluster_name", .string(cluster))])), ("timeout", .string("600s")),
    ])
  }

  /// Only requests that a CUSTOM rule matched are sent to the authorizer.
  private func authorizationGate(_ filter: String) -> Value {
    let key = ConfigValue.object([("key", .string("istio_ext_authz_shadow_effective_policy_id"))])
    let present = ConfigValue.object([("string_match", ConfigValue.object([("prefix", .string("istio-ext-authz"))]))])
    return ConfigValue.object([
      ("filter", .string(filter)), ("path", .array([key])), ("value", present),
    ])
  }

  /// `/a/{*}/{**}` as Envoy writes it: without the braces, which hold nothing else (AM-4).
  private static func envoyTemplate(_ template: String) -> String {
    let braces = [UInt8(ascii: "{"), UInt8(ascii: "}")]
    return String(decoding: template.utf8.filter { !braces.contains($0) }, as: UTF8.self)
  }
}
