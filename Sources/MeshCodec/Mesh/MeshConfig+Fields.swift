import MeshModel

extension MeshConfig: FieldMapped {
  private static let tlsVersions = ["TLS_AUTO", "TLSV1_2", "TLSV1_3"]

  mutating func map(_ fields: inout FieldMap) {
    mapScopes(&fields)
    mapTraffic(&fields)
    fields("extensionProviders", &extensionProviders)
    fields("defaultConfig", &defaultConfig)
    fields.nested("meshMTLS") { fields in
      fields.name("minProtocolVersion", &meshMTLSMinProtocolVersion, of: Self.tlsVersions)
      fields.unmodelled("ecdhCurves", "cipherSuites")
    }
    fields.ignored(
      "ingressClass", "ingressService", "ingressControllerMode", "ingressSelector", "enableTracing", "accessLogFile",
      "accessLogFormat", "accessLogEncoding", "enableEnvoyAccessLogService", "disableEnvoyListenerLog",
      "inboundClusterStatName", "outboundClusterStatName", "enablePrometheusMerge", "defaultProviders", "certificates",
      "configSources", "hboneIdleTimeout", "ca")
    fields.unmodelled("caCertificates", "serviceScopeConfigs", "tlsDefaults")
  }

  private mutating func mapScopes(_ fields: inout FieldMap) {
    fields("rootNamespace", &rootNamespace)
    fields("trustDomain", &trustDomain)
    fields("trustDomainAliases", &trustDomainAliases)
    fields("defaultServiceExportTo", &defaultServiceExportTo)
    fields("defaultVirtualServiceExportTo", &defaultVirtualServiceExportTo)
    fields("defaultDestinationRuleExportTo", &defaultDestinationRuleExportTo)
    fields("serviceSettings", &serviceSettings)
    fields("discoverySelectors", &discoverySelectors)
  }

  private mutating func mapTraffic(_ fields: inout FieldMap) {
    fields("enableAutoMtls", &enableAutoMtls)
    fields("outboundTrafficPolicy", &outboundTrafficPolicy)
    fields("inboundTrafficPolicy", &inboundTrafficPolicy)
    fields("localityLbSetting", &localityLbSetting)
    fields("connectTimeout", &connectTimeout)
    fields("tcpKeepalive", &tcpKeepalive)
    fields("proxyListenPort", &proxyListenPort)
    fields("proxyInboundListenPort", &proxyInboundListenPort)
    fields("proxyHttpPort", &proxyHttpPort)
    fields("dnsRefreshRate", &dnsRefreshRate)
    fields("protocolDetectionTimeout", &protocolDetectionTimeout)
    fields("defaultHttpRetryPolicy", &defaultHttpRetryPolicy)
    fields("h2UpgradePolicy", &h2UpgradePolicy)
    fields("pathNormalization", &pathNormalization)
    fields("verifyCertificateAtClient", &verifyCertificateAtClient)
  }
}

extension MeshH2UpgradePolicy: FieldEnumeration {}

extension InboundTrafficPolicy: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("mode", &mode)
  }
}

extension InboundTrafficMode: FieldEnumeration {}

extension PathNormalization: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("normalization", &normalization)
  }
}

extension PathNormalizationType: FieldEnumeration {}

extension ServiceSettings: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields.nested("settings") { fields in fields("clusterLocal", &clusterLocal) }
    fields("hosts", &hosts)
  }
}

extension LabelSelector: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("matchLabels", &matchLabels)
    fields("matchExpressions", &matchExpressions)
  }
}

extension LabelRequirement: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("key", &key)
    fields("operator", &`operator`)
    fields("values", &values)
  }
}
