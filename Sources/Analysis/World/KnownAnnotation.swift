/// The annotations that Istio knows: where they belong, and whether they are given up or not ready yet.
struct KnownAnnotation: Sendable {
  var kinds: [String]
  var isDeprecated: Bool
  /// Of an alpha feature.
  var isEarly: Bool

  static let all: [String: KnownAnnotation] = {
    var known: [String: KnownAnnotation] = [:]
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ")
      known[String(words[0])] = KnownAnnotation(
        kinds: words[1].split(separator: ",").map(String.init), isDeprecated: words.contains("deprecated"),
        isEarly: words.contains("early"))
    }
    return known
  }()

  /// Name, kinds, and whether deprecated or alpha, of Istio 1.30.3.
  private static let table = """
    alpha.istio.io/canonical-serviceaccounts Service deprecated early
    alpha.istio.io/kubernetes-serviceaccounts Service deprecated early
    ambient.istio.io/bypass-inbound-capture Pod early
    ambient.istio.io/dns-capture Pod early
    ambient.istio.io/redirection Pod
    ambient.istio.io/waypoint-inbound-binding GatewayClass,Gateway early
    galley.istio.io/analyze-suppress Any early
    gateway.istio.io/controller-version Any early
    gateway.istio.io/name-override Gateway early
    gateway.istio.io/service-account Gateway early
    inject.istio.io/templates Pod early
    istio.io/autoRegistrationGroup WorkloadEntry early
    istio.io/connectedAt WorkloadEntry early
    istio.io/disconnectedAt WorkloadEntry early
    istio.io/dry-run AuthorizationPolicy early
    istio.io/reroute-virtual-interfaces Pod early
    istio.io/rev Pod early
    istio.io/workloadController WorkloadEntry early
    kubernetes.io/ingress.class Ingress
    networking.istio.io/exportTo Service early
    networking.istio.io/service-type Gateway early
    networking.istio.io/traffic-distribution Namespace,Service,ServiceEntry early
    prometheus.istio.io/merge-metrics Pod early
    proxy.istio.io/config Pod
    proxy.istio.io/overrides Pod early
    readiness.status.sidecar.istio.io/applicationPorts Pod early
    readiness.status.sidecar.istio.io/failureThreshold Pod early
    readiness.status.sidecar.istio.io/initialDelaySeconds Pod early
    readiness.status.sidecar.istio.io/periodSeconds Pod early
    sidecar.istio.io/agentLogLevel Pod early
    sidecar.istio.io/bootstrapOverride Pod early
    sidecar.istio.io/componentLogLevel Pod early
    sidecar.istio.io/discoveryAddress Pod deprecated early
    sidecar.istio.io/extraStatTags Pod deprecated early
    sidecar.istio.io/inject Pod deprecated
    sidecar.istio.io/interceptionMode Pod early
    sidecar.istio.io/logLevel Pod early
    sidecar.istio.io/nativeSidecar Pod early
    sidecar.istio.io/proxyCPU Pod early
    sidecar.istio.io/proxyCPULimit Pod early
    sidecar.istio.io/proxyImage Pod early
    sidecar.istio.io/proxyImageType Pod early
    sidecar.istio.io/proxyMemory Pod early
    sidecar.istio.io/proxyMemoryLimit Pod early
    sidecar.istio.io/rewriteAppHTTPProbers Pod early
    sidecar.istio.io/statsCompression Pod deprecated early
    sidecar.istio.io/statsEvictionInterval Pod early
    sidecar.istio.io/statsFlushInterval Pod early
    sidecar.istio.io/statsHistogramBins Pod early
    sidecar.istio.io/statsHistogramBuckets Pod early
    sidecar.istio.io/statsInclusionPrefixes Pod deprecated early
    sidecar.istio.io/statsInclusionRegexps Pod deprecated early
    sidecar.istio.io/statsInclusionSuffixes Pod deprecated early
    sidecar.istio.io/status Pod early
    sidecar.istio.io/userVolume Pod early
    sidecar.istio.io/userVolumeMount Pod early
    status.sidecar.istio.io/port Pod early
    topology.istio.io/controlPlaneClusters Namespace early
    traffic.istio.io/nodeSelector Service
    traffic.sidecar.istio.io/excludeInboundPorts Pod early
    traffic.sidecar.istio.io/excludeInterfaces Pod early
    traffic.sidecar.istio.io/excludeOutboundIPRanges Pod early
    traffic.sidecar.istio.io/excludeOutboundPorts Pod early
    traffic.sidecar.istio.io/includeInboundPorts Pod early
    traffic.sidecar.istio.io/includeOutboundIPRanges Pod early
    traffic.sidecar.istio.io/includeOutboundPorts Pod early
    traffic.sidecar.istio.io/kubevirtInterfaces Pod deprecated early
    """
}
