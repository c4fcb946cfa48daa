/// The mesh-wide settings that change an answer (DF-1, DF-2); absent fields mean the defaults.
package struct MeshConfig: Hashable, Sendable {
  package var rootNamespace: String?
  package var trustDomain: String?
  package var trustDomainAliases: [String] = []
  package var enableAutoMtls: Bool?
  package var outboundTrafficPolicy: OutboundTrafficPolicy?
  package var inboundTrafficPolicy: InboundTrafficPolicy?
  package var localityLbSetting: LocalityLoadBalancerSetting?
  package var connectTimeout: ProtoDuration?
  package var tcpKeepalive: TCPKeepalive?
  package var proxyListenPort: Int?
  package var proxyInboundListenPort: Int?
  package var proxyHttpPort: Int?
  /// nil: `["*"]`.
  package var defaultServiceExportTo: [String]?
  package var defaultVirtualServiceExportTo: [String]?
  package var defaultDestinationRuleExportTo: [String]?
  package var dnsRefreshRate: ProtoDuration?
  package var protocolDetectionTimeout: ProtoDuration?
  package var defaultHttpRetryPolicy: HTTPRetry?
  package var h2UpgradePolicy: MeshH2UpgradePolicy?
  package var pathNormalization: PathNormalization?
  package var serviceSettings: [ServiceSettings] = []
  package var discoverySelectors: [LabelSelector] = []
  package var extensionProviders: [ExtensionProvider] = []
  package var defaultConfig: MeshProxyDefaults?
  package var verifyCertificateAtClient: Bool?
  package var meshMTLSMinProtocolVersion: String = ""

  package init() {}
}

/// What `defaultConfig` says that changes an answer.
package struct MeshProxyDefaults: Hashable, Sendable {
  package var numTrustedProxies: UInt32?
  package var forwardClientCertDetails: String = ""
  /// `proxyMetadata` as written (ISTIO_META_DNS_CAPTURE and the like).
  package var proxyMetadata: [String: String] = [:]
  package var proxyHeaders: Value?
  package var privateKeyProvider: Value?

  package init() {}
}

package enum MeshH2UpgradePolicy: String, Hashable, Sendable, CaseIterable {
  case doNotUpgrade = "DO_NOT_UPGRADE"
  case upgrade = "UPGRADE"
}

package enum InboundTrafficMode: String, Hashable, Sendable, CaseIterable {
  case passthrough = "PASSTHROUGH"
  case localhost = "LOCALHOST"
}

package struct InboundTrafficPolicy: Hashable, Sendable {
  /// Absent is PASSTHROUGH.
  package var mode: InboundTrafficMode?

  package init() {}
}

package enum PathNormalizationType: String, Hashable, Sendable, CaseIterable {
  case `default` = "DEFAULT"
  case none = "NONE"
  case base = "BASE"
  case mergeSlashes = "MERGE_SLASHES"
  case decodeAndMergeSlashes = "DECODE_AND_MERGE_SLASHES"
}

package struct PathNormalization: Hashable, Sendable {
  package var normalization: PathNormalizationType?

  package init() {}
}

package struct ServiceSettings: Hashable, Sendable {
  package var clusterLocal: Bool = false
  package var hosts: [String] = []

  package init() {}
}

package struct LabelSelector: Hashable, Sendable {
  package var matchLabels: [String: String] = [:]
  package var matchExpressions: [LabelRequirement] = []

  package init() {}
}

package struct LabelRequirement: Hashable, Sendable {
  package var key: String = ""
  /// `In`, `NotIn`, `Exists`, `DoesNotExist`.
  package var `operator`: String = ""
  package var values: [String] = []

  package init() {}
}

/// An entry of `extensionProviders`; only external authorizers change an answer.
package struct ExtensionProvider: Hashable, Sendable {
  package var name: String = ""
  package var envoyExtAuthzHttp: ExternalAuthorizer?
  package var envoyExtAuthzGrpc: ExternalAuthorizer?

  package init() {}
}

package struct ExternalAuthorizer: Hashable, Sendable {
  package var service: String = ""
  package var port: UInt32 = 0
  package var pathPrefix: String = ""
  package var failOpen: Bool = false
  package var statusOnError: String = ""
  package var includeRequestHeadersInCheck: [String] = []
  package var headersToUpstreamOnAllow: [String] = []
  package var headersToDownstreamOnDeny: [String] = []
  package var headersToDownstreamOnAllow: [String] = []

  package init() {}
}
