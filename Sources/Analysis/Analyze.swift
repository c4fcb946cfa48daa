package import Diagnostics
package import Validation
package import YAML

/// What is said across objects, as `istioctl analyze` says it.
///
/// `decoded` holds what ``validate(_:manner:)`` made of each object, in the same order.
package func analyze(
  _ objects: [ManifestObject], decoded: [Node?], mesh: MeshSettings, manner: Manner, now: Int64?
) -> [Finding] {
  var resources: [Resource] = []
  for (object, node) in zip(objects, decoded) where !ignoredNamespaces.contains(object.subject.namespace) {
    if object.subject.kind == "Namespace", ignoredNamespaces.contains(object.subject.name) { continue }
    // What Istio cannot read is not there.
    if object.isIstio, node == nil { continue }
    resources.append(Resource(object, decoded: node))
  }
  let world = AnalysisWorld(resources, mesh: mesh, manner: manner, now: now)
  for analyzer in Analyzer.all where manner != .istio || !analyzer.readsRuntime { analyzer.run(world) }
  return resources.flatMap { resource in unique(resource.log.findings, manner).filter { !resource.suppresses($0) } }
}

/// Kubernetes' own namespaces, where Istio looks at nothing.
package let ignoredNamespaces: Set<String> = ["kube-system", "kube-public", "kube-node-lease", "local-path-storage"]

/// Istio says the same words of one object only once; some of its words name no place.
private func unique(_ findings: [Finding], _ manner: Manner) -> [Finding] {
  let placeless = ["IST0151", "IST0152", "IST0153", "IST0154", "IST0155"]
  var seen: Set<String> = []
  return findings.filter { finding in
    let isPlaceless = manner != .drydock && placeless.contains(finding.like ?? "")
    let place = manner == .drydock ? finding.field : ""
    return seen.insert("\(finding.code) \(isPlaceless ? "" : finding.message.en) \(place)").inserted
  }
}

extension Resource {
  /// `galley.istio.io/analyze-suppress: IST0103,IST0108` or `*`.
  fileprivate func suppresses(_ finding: Finding) -> Bool {
    Suppressions(annotation: annotations["galley.istio.io/analyze-suppress"] ?? "").covers(finding.like)
  }
}

/// The codes that an annotation keeps Istio from saying.
package struct Suppressions {
  private let codes: [Substring]

  package init(annotation: String) { codes = annotation.split(separator: ",") }

  package func covers(_ code: String?) -> Bool {
    guard let code else { return false }
    return codes.contains { $0 == "*" || $0.utf8.elementsEqual(code.utf8) }
  }
}

/// One question that is put to all objects.
struct Analyzer: Sendable {
  let name: String
  /// Whether it reads Services, Pods, Namespaces, Nodes or Secrets, which `istioctl` never reads from files.
  let readsRuntime: Bool
  let run: @Sendable (AnalysisWorld) -> Void

  init(_ name: String, readsRuntime: Bool = true, _ run: @escaping @Sendable (AnalysisWorld) -> Void) {
    self.name = name
    self.readsRuntime = readsRuntime
    self.run = run
  }

  static let all: [Analyzer] = fileAnalyzers + runtimeAnalyzers

  private static let fileAnalyzers = [
    Analyzer("fetching keys", readsRuntime: false, analyzeKeyFetching),
    Analyzer("certificates of destinations", readsRuntime: false, analyzeAuthorities),
    Analyzer("deprecated fields", readsRuntime: false, analyzeDeprecations),
    Analyzer("patches", readsRuntime: false, analyzePatches),
    Analyzer("external control planes", readsRuntime: false, analyzeWebhookAddresses),
    Analyzer("gateway certificates", readsRuntime: false, analyzeSharedCertificates),
    Analyzer("Gateway API versions", readsRuntime: false, analyzeDefinitionVersions),
    Analyzer("mesh hosts", readsRuntime: false, analyzeMeshHosts),
    Analyzer("subsets", readsRuntime: false, analyzeSubsets),
    Analyzer("gateway references", readsRuntime: false, analyzeGatewayReferences),
    Analyzer("addresses", readsRuntime: false, analyzeEntryAddresses),
    Analyzer("telemetry providers", readsRuntime: false, analyzeTelemetryProviders),
    Analyzer("telemetry defaults", readsRuntime: false, analyzeTelemetryDefaults),
    Analyzer("Lightstep", readsRuntime: false, analyzeLightstep),
  ]

  private static let runtimeAnalyzers = [
    Analyzer("annotations", analyzeAnnotations), Analyzer("authorization", analyzeAuthorization),
    Analyzer("conditions", analyzeConditions), Analyzer("services of deployments", analyzeDeploymentServices),
    Analyzer("user ids", analyzeUserIDs), Analyzer("subset pods", analyzeSubsetPods),
    Analyzer("gateway ports", analyzeGatewayPorts), Analyzer("gateway secrets", analyzeGatewaySecrets),
    Analyzer("gateway conflicts", analyzeGatewayConflicts), Analyzer("injection", analyzeInjection),
    Analyzer("proxy images", analyzeProxyImages), Analyzer("automatic images", analyzeAutomaticImages),
    Analyzer("gateway selectors", analyzeGatewaySelectors), Analyzer("port names", analyzePortNames),
    Analyzer("sidecar selectors", analyzeSidecars), Analyzer("destinations", analyzeDestinations),
    Analyzer("claims", analyzeClaimRoutes), Analyzer("webhooks", analyzeWebhooks),
    Analyzer("telemetry selectors", analyzeTelemetrySelectors),
  ]
}
