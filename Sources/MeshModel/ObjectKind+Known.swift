/// What the tables below know of a kind.
package struct KnownKind: Sendable {
  package var kind: ObjectKind
  /// Versions that are read, the preferred one first.
  package var versions: [String]
  package var plural: String
  /// Short names as kubectl accepts them.
  package var shortNames: [String]
  package var isNamespaced: Bool
  package var sort: ObjectSort

  init(
    _ group: String, _ kind: String, _ versions: [String], _ plural: String, _ shortNames: [String],
    _ scope: Scope, _ sort: ObjectSort
  ) {
    self.kind = ObjectKind(group: group, kind: kind)
    self.versions = versions
    self.plural = plural
    self.shortNames = shortNames
    self.isNamespaced = scope == .namespaced
    self.sort = sort
  }

  enum Scope { case namespaced, cluster }
}

extension ObjectKind {
  package static let virtualService = ObjectKind(group: "networking.istio.io", kind: "VirtualService")
  package static let destinationRule = ObjectKind(group: "networking.istio.io", kind: "DestinationRule")
  package static let gateway = ObjectKind(group: "networking.istio.io", kind: "Gateway")
  package static let serviceEntry = ObjectKind(group: "networking.istio.io", kind: "ServiceEntry")
  package static let sidecar = ObjectKind(group: "networking.istio.io", kind: "Sidecar")
  package static let workloadEntry = ObjectKind(group: "networking.istio.io", kind: "WorkloadEntry")
  package static let workloadGroup = ObjectKind(group: "networking.istio.io", kind: "WorkloadGroup")
  package static let proxyConfig = ObjectKind(group: "networking.istio.io", kind: "ProxyConfig")
  package static let envoyFilter = ObjectKind(group: "networking.istio.io", kind: "EnvoyFilter")
  package static let peerAuthentication = ObjectKind(group: "security.istio.io", kind: "PeerAuthentication")
  package static let requestAuthentication = ObjectKind(group: "security.istio.io", kind: "RequestAuthentication")
  package static let authorizationPolicy = ObjectKind(group: "security.istio.io", kind: "AuthorizationPolicy")
  package static let telemetry = ObjectKind(group: "telemetry.istio.io", kind: "Telemetry")
  package static let wasmPlugin = ObjectKind(group: "extensions.istio.io", kind: "WasmPlugin")
  package static let trafficExtension = ObjectKind(group: "extensions.istio.io", kind: "TrafficExtension")
  package static let service = ObjectKind(group: "", kind: "Service")
  package static let namespace = ObjectKind(group: "", kind: "Namespace")
  package static let pod = ObjectKind(group: "", kind: "Pod")
  package static let endpoints = ObjectKind(group: "", kind: "Endpoints")
  package static let serviceAccount = ObjectKind(group: "", kind: "ServiceAccount")
  package static let node = ObjectKind(group: "", kind: "Node")
  package static let configMap = ObjectKind(group: "", kind: "ConfigMap")
  package static let secret = ObjectKind(group: "", kind: "Secret")
  package static let endpointSlice = ObjectKind(group: "discovery.k8s.io", kind: "EndpointSlice")
  package static let deployment = ObjectKind(group: "apps", kind: "Deployment")
  package static let statefulSet = ObjectKind(group: "apps", kind: "StatefulSet")
  package static let daemonSet = ObjectKind(group: "apps", kind: "DaemonSet")
  package static let replicaSet = ObjectKind(group: "apps", kind: "ReplicaSet")

  /// Every kind that is read as more than text, in the order of tables.
  package static let known: [KnownKind] = istio + gatewayAPI + kubernetes + drydock

  private static let networking = "networking.istio.io"
  private static let networkingVersions = ["v1", "v1beta1", "v1alpha3"]
  private static let security = "security.istio.io"
  private static let securityVersions = ["v1", "v1beta1"]

  private static let istio: [KnownKind] = [
    KnownKind(networking, "VirtualService", networkingVersions, "virtualservices", ["vs"], .namespaced, .managed),
    KnownKind(networking, "DestinationRule", networkingVersions, "destinationrules", ["dr"], .namespaced, .managed),
    KnownKind(networking, "Gateway", networkingVersions, "gateways", ["gw"], .namespaced, .managed),
    KnownKind(networking, "ServiceEntry", networkingVersions, "serviceentries", ["se"], .namespaced, .managed),
    KnownKind(networking, "Sidecar", networkingVersions, "sidecars", [], .namespaced, .managed),
    KnownKind(networking, "WorkloadEntry", networkingVersions, "workloadentries", ["we"], .namespaced, .managed),
    KnownKind(networking, "WorkloadGroup", networkingVersions, "workloadgroups", ["wg"], .namespaced, .managed),
    KnownKind(networking, "ProxyConfig", ["v1beta1"], "proxyconfigs", [], .namespaced, .managed),
    KnownKind(networking, "EnvoyFilter", ["v1alpha3"], "envoyfilters", [], .namespaced, .managed),
    KnownKind(security, "PeerAuthentication", securityVersions, "peerauthentications", ["pa"], .namespaced, .managed),
    KnownKind(
      security, "RequestAuthentication", securityVersions, "requestauthentications", ["ra"], .namespaced, .managed),
    KnownKind(
      security, "AuthorizationPolicy", securityVersions, "authorizationpolicies", ["ap"], .namespaced, .managed),
    KnownKind(
      "telemetry.istio.io", "Telemetry", ["v1", "v1alpha1"], "telemetries", ["telemetry"], .namespaced, .managed),
    KnownKind("extensions.istio.io", "WasmPlugin", ["v1alpha1"], "wasmplugins", [], .namespaced, .managed),
    KnownKind("extensions.istio.io", "TrafficExtension", ["v1alpha1"], "trafficextensions", [], .namespaced, .managed),
  ]

  private static let gatewayGroup = "gateway.networking.k8s.io"

  private static let gatewayAPI: [KnownKind] = [
    KnownKind(gatewayGroup, "GatewayClass", ["v1", "v1beta1"], "gatewayclasses", ["gc"], .cluster, .managed),
    KnownKind(gatewayGroup, "Gateway", ["v1", "v1beta1"], "gateways", ["gtw"], .namespaced, .managed),
    KnownKind(gatewayGroup, "HTTPRoute", ["v1", "v1beta1"], "httproutes", [], .namespaced, .managed),
    KnownKind(gatewayGroup, "GRPCRoute", ["v1"], "grpcroutes", [], .namespaced, .managed),
    KnownKind(gatewayGroup, "TLSRoute", ["v1", "v1alpha3", "v1alpha2"], "tlsroutes", [], .namespaced, .managed),
    KnownKind(gatewayGroup, "TCPRoute", ["v1alpha2"], "tcproutes", [], .namespaced, .managed),
    KnownKind(
      gatewayGroup, "ReferenceGrant", ["v1", "v1beta1"], "referencegrants", ["refgrant"], .namespaced, .managed),
    KnownKind(
      gatewayGroup, "BackendTLSPolicy", ["v1", "v1alpha3"], "backendtlspolicies", ["btlspolicy"], .namespaced, .managed),
    KnownKind(gatewayGroup, "ListenerSet", ["v1"], "listenersets", ["lset"], .namespaced, .managed),
  ]

  private static let kubernetes: [KnownKind] = [
    KnownKind("", "Service", ["v1"], "services", ["svc"], .namespaced, .context),
    KnownKind("", "Namespace", ["v1"], "namespaces", ["ns"], .cluster, .context),
    KnownKind("", "Pod", ["v1"], "pods", ["po"], .namespaced, .context),
    KnownKind("apps", "Deployment", ["v1"], "deployments", ["deploy"], .namespaced, .context),
    KnownKind("apps", "StatefulSet", ["v1"], "statefulsets", ["sts"], .namespaced, .context),
    KnownKind("apps", "DaemonSet", ["v1"], "daemonsets", ["ds"], .namespaced, .context),
    KnownKind("apps", "ReplicaSet", ["v1"], "replicasets", ["rs"], .namespaced, .context),
    KnownKind("", "Endpoints", ["v1"], "endpoints", ["ep"], .namespaced, .context),
    KnownKind("discovery.k8s.io", "EndpointSlice", ["v1"], "endpointslices", [], .namespaced, .context),
    KnownKind("", "ServiceAccount", ["v1"], "serviceaccounts", ["sa"], .namespaced, .context),
    KnownKind("", "Node", ["v1"], "nodes", ["no"], .cluster, .context),
    KnownKind("", "ConfigMap", ["v1"], "configmaps", ["cm"], .namespaced, .context),
    KnownKind("", "Secret", ["v1"], "secrets", [], .namespaced, .context),
  ]

  private static let drydockGroup = "drydock.dev"
  package static let release = ObjectKind(group: drydockGroup, kind: "Release")
  package static let routingTest = ObjectKind(group: drydockGroup, kind: "RoutingTest")

  /// Kept with a mesh so that its revisions hold them too; no cluster knows them.
  private static let drydock: [KnownKind] = [
    KnownKind(drydockGroup, "Release", ["v1"], "releases", [], .namespaced, .context),
    KnownKind(drydockGroup, "RoutingTest", ["v1"], "routingtests", [], .namespaced, .context),
  ]

  private static let byKind: [ObjectKind: KnownKind] = Dictionary(
    known.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })

  /// What is known of this kind; nil for a kind that is kept as text only.
  package var facts: KnownKind? { Self.byKind[self] }

  /// A kind that nobody described is kept but never exported.
  package var sort: ObjectSort { facts?.sort ?? .context }
}
