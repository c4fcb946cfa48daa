import MeshModel

extension MeshProxyDefaults: FieldMapped {
  private static let forwarding = [
    "UNDEFINED", "SANITIZE", "FORWARD_ONLY", "APPEND_FORWARD", "SANITIZE_SET", "ALWAYS_FORWARD_ONLY",
  ]

  mutating func map(_ fields: inout FieldMap) {
    fields.nested("gatewayTopology") { fields in
      fields("numTrustedProxies", &numTrustedProxies)
      fields.name("forwardClientCertDetails", &forwardClientCertDetails, of: Self.forwarding)
      fields.unmodelled("proxyProtocol")
    }
    fields("proxyMetadata", &proxyMetadata)
    fields.anything("proxyHeaders", &proxyHeaders)
    fields.anything("privateKeyProvider", &privateKeyProvider)
    fields.ignored(
      "configPath", "binaryPath", "serviceCluster", "tracingServiceName", "drainDuration", "discoveryAddress",
      "discoveryRefreshDelay", "zipkinAddress", "statsdUdpAddress", "envoyMetricsServiceAddress", "proxyAdminPort",
      "availabilityZone", "controlPlaneAuthPolicy", "customConfigFile", "statNameLength", "concurrency",
      "proxyBootstrapTemplatePath", "tracing", "sds", "envoyAccessLogService", "envoyMetricsService", "statusPort",
      "extraStatTags", "terminationDrainDuration", "meshId", "readinessProbe", "proxyStatsMatcher",
      "holdApplicationUntilProxyStarts", "image", "fileFlushInterval", "fileFlushMinSizeKb", "statsCompression")
    fields.unmodelled("interceptionMode", "runtimeValues", "caCertificatesPem")
  }
}

extension ExtensionProvider: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("name", &name)
    fields("envoyExtAuthzHttp", &envoyExtAuthzHttp)
    fields("envoyExtAuthzGrpc", &envoyExtAuthzGrpc)
    fields.ignored(
      "zipkin", "lightstep", "datadog", "stackdriver", "opencensus", "skywalking", "opentelemetry", "prometheus",
      "envoyFileAccessLog", "envoyHttpAls", "envoyTcpAls", "envoyOtelAls", "sds")
  }
}

extension ExternalAuthorizer: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("service", &service)
    fields("port", &port)
    fields("pathPrefix", &pathPrefix)
    fields("failOpen", &failOpen)
    fields("statusOnError", &statusOnError)
    fields("includeRequestHeadersInCheck", &includeRequestHeadersInCheck)
    fields("headersToUpstreamOnAllow", &headersToUpstreamOnAllow)
    fields("headersToDownstreamOnDeny", &headersToDownstreamOnDeny)
    fields("headersToDownstreamOnAllow", &headersToDownstreamOnAllow)
    fields.ignored("timeout", "clearRouteCache")
    fields.unmodelled("includeHeadersInCheck", "includeAdditionalHeadersInCheck", "includeRequestBodyInCheck")
  }
}
