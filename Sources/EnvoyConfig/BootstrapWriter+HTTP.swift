import MeshModel
import ProxyModel

extension BootstrapWriter {
  func value(of manager: HTTPConnectionManager) -> Value {
    let table: RouteConfiguration
    switch manager.routes {
    case .inline(let given): table = given
    case .named(let name):
      table = configuration.routeConfigurations[name] ?? RouteConfiguration(name: name)
    }
    // HC-1.
    let normalizes = manager.pathNormalization != .none
    let merges: Bool
    let unescapes: Bool
    switch manager.pathNormalization {
    case .none, .base, .default: (merges, unescapes) = (false, false)
    case .mergeSlashes: (merges, unescapes) = (true, false)
    case .decodeAndMergeSlashes: (merges, unescapes) = (true, true)
    }
    var filters: [Value] = []
    for filter in manager.filters { filters += values(of: filter) }
    filters += httpForwardProxies(table)
    filters.append(
      ConfigValue.named("envoy.filters.http.router", "envoy.extensions.filters.http.router.v3.Router"))
    let upgrade = ConfigValue.object([("upgrade_type", .string("websocket"))])
    return ConfigValue.named(
      "envoy.filters.network.http_connection_manager",
      "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
      [
        ("stat_prefix", .string(table.name)),
        ("route_config", value(of: table)),
        ("http_filters", .array(filters)),
        ("access_log", accessLog()),
        ("use_remote_address", .bool(manager.usesRemoteAddress)),
        ("xff_num_trusted_hops", manager.trustedHops == 0 ? nil : ConfigValue.unsigned(manager.trustedHops)),
        ("normalize_path", .bool(normalizes)),
        ("merge_slashes", merges ? .bool(true) : nil),
        ("path_with_escaped_slashes_action", .string(unescapes ? "UNESCAPE_AND_FORWARD" : "KEEP_UNCHANGED")),
        ("http_protocol_options", manager.acceptsHTTP10 ? ConfigValue.object([("accept_http_10", .bool(true))]) : nil),
        ("stream_idle_timeout", .string("0s")),
        ("proxy_100_continue", .bool(true)),
        ("server_name", .string("istio-envoy")),
        ("forward_client_cert_details", .string(name(of: manager.clientCertificateDetails))),
        ("upgrade_configs", .array([upgrade])),
      ])
  }

  private func name(of details: HTTPConnectionManager.ClientCertificateDetails) -> String {
    switch details {
    case .sanitize: "SANITIZE"
    case .sanitizeSet: "SANITIZE_SET"
    case .appendForward: "APPEND_FORWARD"
    case .forwardOnly: "FORWARD_ONLY"
    case .alwaysForwardOnly: "ALWAYS_FORWARD_ONLY"
    }
  }

  private func values(of filter: HTTPFilter) -> [Value] {
    switch filter {
    case .rbac(let rules):
      return httpRBAC(rules)
    case .externalAuthorization(let authorization):
      return httpExternalAuthorization(authorization)
    case .jwtAuthentication(let authentication):
      return [value(of: authentication)]
    case .fault:
      return [ConfigValue.named("envoy.filters.http.fault", "envoy.extensions.filters.http.fault.v3.HTTPFault")]
    case .cors:
      return [ConfigValue.named("envoy.filters.http.cors", "envoy.extensions.filters.http.cors.v3.Cors")]
    case .grpcWeb:
      return [ConfigValue.named("envoy.filters.http.grpc_web", "envoy.extensions.filters.http.grpc_web.v3.GrpcWeb")]
    case .unknown:
      return []
    }
  }

  private func value(of table: RouteConfiguration) -> Value {
    ConfigValue.object([
      ("name", .string(table.name)),
      ("virtual_hosts", .array(table.virtualHosts.map { value(of: $0) })),
      ("ignore_port_in_host_matching", table.ignoresPortInHost ? .bool(true) : nil),
      ("validate_clusters", .bool(false)),
      // RD-1: room for direct responses of up to 1 MiB.
      ("max_direct_response_body_size_bytes", .integer(1_048_576)),
    ])
  }

  private func value(of host: VirtualHost) -> Value {
    ConfigValue.object([
      ("name", .string(host.name)),
      ("domains", ConfigValue.strings(host.domains)),
      ("routes", ConfigValue.list(host.routes.map { value(of: $0) })),
      ("require_tls", host.requiresTLS ? .string("ALL") : nil),
      // HDR-7 and RE-25: Istio asks for the attempt count on every virtual host.
      ("include_request_attempt_count", .bool(true)),
    ])
  }
}
