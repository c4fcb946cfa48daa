import MeshModel
import ProxyModel

extension BootstrapWriter {
  func value(of route: Route) -> Value {
    var members: [(String, Value?)] = [
      ("name", route.name.isEmpty ? nil : .string(route.name)),
      ("match", value(of: route.match)),
    ]
    switch route.action {
    case .forward(let forward): members.append(("route", value(of: forward)))
    case .redirect(let redirect): members.append(("redirect", value(of: redirect)))
    case .respond(let response): members.append(("direct_response", value(of: response)))
    }
    members += mutationMembers(request: route.requestHeaders, response: route.responseHeaders)
    var perFilter: [(String, Value?)] = []
    if let fault = route.fault { perFilter.append(("envoy.filters.http.fault", value(of: fault))) }
    if let cors = route.cors { perFilter.append(("envoy.filters.http.cors", value(of: cors))) }
    if !perFilter.isEmpty { members.append(("typed_per_filter_config", ConfigValue.object(perFilter))) }
    return ConfigValue.object(members)
  }

  private func mutationMembers(
    request: HeaderMutation, response: HeaderMutation
  ) -> [(String, Value?)] {
    [
      ("request_headers_to_add", ConfigValue.list(request.additions.map { value(of: $0) })),
      ("request_headers_to_remove", request.removals.isEmpty ? nil : ConfigValue.strings(request.removals)),
      ("response_headers_to_add", ConfigValue.list(response.additions.map { value(of: $0) })),
      ("response_headers_to_remove", response.removals.isEmpty ? nil : ConfigValue.strings(response.removals)),
    ]
  }

  private func value(of addition: HeaderMutation.Addition) -> Value {
    let action: String
    switch addition.mode {
    case .append: action = "APPEND_IF_EXISTS_OR_ADD"
    case .overwrite: action = "OVERWRITE_IF_EXISTS_OR_ADD"
    }
    return ConfigValue.object([
      ("header", ConfigValue.object([("key", .string(addition.name)), ("value", .string(addition.value))])),
      ("append_action", .string(action)),
    ])
  }

  private func value(of forward: Forward) -> Value {
    var members: [(String, Value?)] = []
    switch forward.target {
    case .cluster(let name):
      members.append(("cluster", .string(name)))
    case .weighted(let entries):
      let values = entries.map { entry in
        ConfigValue.object(
          [("name", .string(entry.cluster)), ("weight", ConfigValue.unsigned(entry.weight))]
            + mutationMembers(request: entry.requestHeaders, response: entry.responseHeaders)
            + [("host_rewrite_literal", entry.hostRewrite.map { .string($0) })])
      }
      members.append(("weighted_clusters", ConfigValue.object([("clusters", .array(values))])))
    }
    let notFound: String
    switch forward.clusterNotFoundStatus {
    case 404: notFound = "NOT_FOUND"
    case 500: notFound = "INTERNAL_SERVER_ERROR"
    default: notFound = "SERVICE_UNAVAILABLE"
    }
    members.append(("cluster_not_found_response_code", .string(notFound)))
    members.append(("timeout", ConfigValue.duration(milliseconds: forward.timeoutMilliseconds)))
    members.append(("max_grpc_timeout", ConfigValue.duration(ifPresent: forward.maxGRPCTimeoutMilliseconds)))
    members.append(("retry_policy", forward.retry.map { value(of: $0) }))
    members.append(("request_mirror_policies", ConfigValue.list(forward.mirrors.map { value(of: $0) })))
    members.append(("hash_policy", ConfigValue.list(forward.hashPolicies.map { value(of: $0) })))
    members.append(("host_rewrite_literal", forward.hostRewrite.map { .string($0) }))
    members.append(("append_x_forwarded_host", forward.appendsForwardedHost ? .bool(true) : nil))
    switch forward.pathRewrite {
    case .matched(let replacement): members.append(("prefix_rewrite", .string(replacement)))
    case .regex(let pattern, let substitution):
      let rewrite = ConfigValue.object([
        ("pattern", ConfigValue.object([("regex", .string(pattern))])), ("substitution", .string(substitution)),
      ])
      members.append(("regex_rewrite", rewrite))
    case nil: break
    }
    return ConfigValue.object(members)
  }

  private func value(of retry: RetryPolicy) -> Value {
    let predicate = ConfigValue.named(
      "envoy.retry_host_predicates.previous_hosts",
      "envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate")
    let priority = ConfigValue.named(
      "envoy.retry_priorities.previous_priorities",
      "envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig",
      [("update_frequency", .integer(2))])
    return ConfigValue.object([
      ("retry_on", .string(retry.retryOn)),
      ("num_retries", ConfigValue.unsigned(retry.attempts)),
      ("retriable_status_codes", ConfigValue.list(retry.statusCodes.map { ConfigValue.unsigned($0) })),
      ("per_try_timeout", ConfigValue.duration(ifPresent: retry.perTryTimeoutMilliseconds)),
      (
        "retry_back_off",
        retry.backoffMilliseconds.map {
          ConfigValue.object([("base_interval", ConfigValue.duration(milliseconds: $0))])
        }
      ),
      ("retry_host_predicate", retry.avoidsPreviousHosts ? .array([predicate]) : nil),
      ("host_selection_retry_max_attempts", .string("5")),
      ("retry_priority", retry.retriesOtherLocalities ? priority : nil),
    ])
  }

  private func value(of mirror: Mirror) -> Value {
    let fraction = ConfigValue.object([("default_value", value(of: mirror.share))])
    return ConfigValue.object([
      ("cluster", .string(mirror.cluster)),
      ("runtime_fraction", fraction),
      ("disable_shadow_host_suffix_append", .bool(true)),
    ])
  }

  private func value(of share: Share) -> Value {
    let denominator: String
    switch share.denominator {
    case 10_000: denominator = "TEN_THOUSAND"
    case 1_000_000: denominator = "MILLION"
    default: denominator = "HUNDRED"
    }
    return ConfigValue.object([
      ("numerator", ConfigValue.unsigned(share.numerator)), ("denominator", .string(denominator)),
    ])
  }

  private func value(of policy: HashPolicy) -> Value {
    switch policy {
    case .header(let name):
      return ConfigValue.object([("header", ConfigValue.object([("header_name", .string(name))]))])
    case .cookie(let name, let path, let ttl, let attributes):
      let list = attributes.map {
        ConfigValue.object([("name", .string($0.name)), ("value", .string($0.value))])
      }
      return ConfigValue.object([
        (
          "cookie",
          ConfigValue.object([
            ("name", .string(name)), ("ttl", ConfigValue.duration(ifPresent: ttl)),
            ("path", path.isEmpty ? nil : .string(path)), ("attributes", ConfigValue.list(list)),
          ])
        )
      ])
    case .sourceIP:
      return ConfigValue.object([
        ("connection_properties", ConfigValue.object([("source_ip", .bool(true))]))
      ])
    case .queryParameter(let name):
      return ConfigValue.object([("query_parameter", ConfigValue.object([("name", .string(name))]))])
    }
  }

  private func value(of redirect: Redirect) -> Value {
    let code: String
    switch redirect.status {
    case 302: code = "FOUND"
    case 303: code = "SEE_OTHER"
    case 307: code = "TEMPORARY_REDIRECT"
    case 308: code = "PERMANENT_REDIRECT"
    default: code = "MOVED_PERMANENTLY"
    }
    var members: [(String, Value?)] = [
      ("response_code", .string(code)),
      ("scheme_redirect", redirect.scheme.map { .string($0) }),
      ("host_redirect", redirect.host.map { .string($0) }),
      ("port_redirect", ConfigValue.unsigned(ifPresent: redirect.port)),
    ]
    switch redirect.path {
    case .whole(let path): members.append(("path_redirect", .string(path)))
    case .matched(let prefix): members.append(("prefix_rewrite", .string(prefix)))
    case nil: break
    }
    return ConfigValue.object(members)
  }

  private func value(of response: DirectResponse) -> Value {
    let body = response.body.map { bytes in
      ConfigValue.object([("inline_string", .string(String(decoding: bytes, as: UTF8.self)))])
    }
    return ConfigValue.object([("status", ConfigValue.unsigned(response.status)), ("body", body)])
  }

  private func value(of fault: Fault) -> Value {
    let delay = fault.delay.map {
      ConfigValue.object([
        ("fixed_delay", ConfigValue.duration(milliseconds: $0.milliseconds)), ("percentage", value(of: $0.share)),
      ])
    }
    let abort = fault.abort.map { abort in
      let status: (String, Value?)
      switch abort.status {
      case .http(let code): status = ("http_status", ConfigValue.unsigned(code))
      case .grpc(let code): status = ("grpc_status", ConfigValue.unsigned(code))
      }
      return ConfigValue.object([status, ("percentage", value(of: abort.share))])
    }
    return ConfigValue.typed(
      "envoy.extensions.filters.http.fault.v3.HTTPFault", [("delay", delay), ("abort", abort)])
  }

  private func value(of cors: CorsRule) -> Value {
    ConfigValue.typed(
      "envoy.extensions.filters.http.cors.v3.CorsPolicy",
      [
        ("allow_origin_string_match", ConfigValue.list(cors.allowOrigins.map { value(of: $0) })),
        ("allow_methods", cors.allowMethods.isEmpty ? nil : .string(cors.allowMethods)),
        ("allow_headers", cors.allowHeaders.isEmpty ? nil : .string(cors.allowHeaders)),
        ("expose_headers", cors.exposeHeaders.isEmpty ? nil : .string(cors.exposeHeaders)),
        ("max_age", cors.maxAge.map { .string($0) }),
        ("allow_credentials", cors.allowCredentials.map { .bool($0) }),
        ("forward_not_matching_preflights", .bool(cors.forwardsUnmatchedPreflights)),
      ])
  }
}
