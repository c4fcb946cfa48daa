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
  switch manner {
  case .istio: for analyzer in Analyzer.fileAnalyzers { analyzer.run(world) }
  case .cluster: for analyzer in Analyzer.fileAnalyzers + Analyzer.runtimeAnalyzers { analyzer.run(world) }
  case .drydock:
    for analyzer in Analyzer.fileAnalyzers + Analyzer.runtimeAnalyzers + Analyzer.ownAnalyzers
    where analyzer.needs.isEmpty || analyzer.needs.contains(where: { !world.all($0).isEmpty }) {
      analyzer.run(world)
    }
  case .istioctl: break
  }
  return resources.flatMap { resource in unique(resource.log.findings, manner).filter { !resource.suppresses($0) } }
}

/// Kubernetes' own namespaces, where Istio looks at nothing.
package let ignoredNamespaces: Set<String> = ["kube-system", "kube-public", "kube-node-lease", "local-path-storage"]

/// Istio says the same words of one object only once; some of its words name no place.
private func unique(_ findings: [Finding], _ manner: Manner) -> [Finding] {
  let placeless = ["IST0151", "IST0152", "IST0153", "IST0154", "IST0155", "IST0161"]
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
  /// Kinds without which it has nothing to say: files that hold none of them are not the whole world.
  let needs: [String]
  let run: @Sendable (AnalysisWorld) -> Void

  init(_ name: String, needs: [String] = [], _ run: @escaping @Sendable (AnalysisWorld) -> Void) {
    self.name = name
    self.needs = needs
    self.run = run
  }

  static let fileAnalyzers = [
    Analyzer("fetching keys", analyzeKeyFetching),
    Analyzer("certificates of destinations", analyzeAuthorities),
    Analyzer("deprecated fields", analyzeDeprecations),
    Analyzer("patches", analyzePatches),
    Analyzer("external control planes", analyzeWebhookAddresses),
    Analyzer("gateway certificates", analyzeSharedCertificates),
    Analyzer("Gateway API versions", analyzeDefinitionVersions),
    Analyzer("mesh hosts", analyzeMeshHosts),
    Analyzer("subsets", analyzeSubsets),
    Analyzer("gateway references", analyzeGatewayReferences),
    Analyzer("addresses", analyzeEntryAddresses),
    Analyzer("telemetry providers", analyzeTelemetryProviders),
    Analyzer("telemetry defaults", analyzeTelemetryDefaults),
    Analyzer("Lightstep", analyzeLightstep),
  ]

  private static let pods = ["Pod", "Deployment", "StatefulSet", "DaemonSet"]

  /// Those that read Services, Pods, Namespaces, Nodes or Secrets, which `istioctl` never reads from files.
  static let runtimeAnalyzers = [
    Analyzer("annotations", analyzeAnnotations), Analyzer("authorization", needs: pods, analyzeAuthorization),
    Analyzer("conditions", analyzeConditions), Analyzer("services of deployments", analyzeDeploymentServices),
    Analyzer("user ids", analyzeUserIDs), Analyzer("subset pods", needs: pods, analyzeSubsetPods),
    Analyzer("gateway ports", needs: pods, analyzeGatewayPorts),
    Analyzer("gateway secrets", needs: pods, analyzeGatewaySecrets),
    Analyzer("gateway conflicts", needs: pods, analyzeGatewayConflicts), Analyzer("injection", analyzeInjection),
    Analyzer("proxy images", analyzeProxyImages), Analyzer("automatic images", analyzeAutomaticImages),
    Analyzer("gateway selectors", needs: pods, analyzeGatewaySelectors), Analyzer("port names", analyzePortNames),
    Analyzer("sidecar selectors", needs: pods, analyzeSidecars),
    Analyzer("destinations", needs: ["Service", "ServiceEntry"], analyzeDestinations),
    Analyzer("claims", needs: pods, analyzeClaimRoutes), Analyzer("webhooks", analyzeWebhooks),
    Analyzer("telemetry selectors", needs: pods, analyzeTelemetrySelectors),
  ]

  static let ownAnalyzers = [
    Analyzer("routes", judgeRoutes), Analyzer("references", judgeReferences), Analyzer("access", judgeAccess),
    Analyzer("certificates", judgeCertificates), Analyzer("Kiali", judgeAsKiali),
    Analyzer("names as Kiali", judgeNamesAsKiali), Analyzer("peers as Kiali", judgePeersAsKiali),
    Analyzer("Gateway API as Kiali", judgeGatewaysAsKiali), Analyzer("ambient as Kiali", judgeAmbientAsKiali),
    Analyzer("workloads as Kiali", judgeWorkloadsAsKiali), Analyzer("early annotations", judgeEarlyAnnotations),
    Analyzer("mesh networks", judgeMeshNetworks),
  ]
}
