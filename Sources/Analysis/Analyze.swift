package import Diagnostics
package import Validation
package import YAML

/// What is said across objects, as `istioctl analyze` says it.
///
/// Analyzers do not know of each other, so several threads may put them to worlds of their own; what they say is joined
/// in the analyzers' order.
package struct AnalysisRun: Sendable {
  private let objects: [ManifestObject]
  private let decoded: [Node?]
  private let mesh: MeshSettings
  private let manner: Manner
  private let now: Int64?
  private let certificateFiles: [String: [UInt8]]?
  private let analyzers: [Analyzer]

  /// `decoded` holds what ``validate(_:manner:)`` made of each object, in the same order.
  package init(
    _ objects: [ManifestObject], decoded: [Node?], mesh: MeshSettings, manner: Manner, now: Int64?,
    certificateFiles: [String: [UInt8]]? = nil
  ) {
    var known: [(ManifestObject, Node?)] = []
    known.reserveCapacity(objects.count)
    for (object, node) in zip(objects, decoded) where !ignoredNamespaces.contains(object.subject.namespace) {
      if object.subject.kind == "Namespace", ignoredNamespaces.contains(object.subject.name) { continue }
      // What Istio cannot read is not there.
      if object.isIstio, node == nil { continue }
      if manner != .drydock, !FileReading.isTaken(object) { continue }
      known.append((object, node))
    }
    self.objects = known.map(\.0)
    self.decoded = known.map(\.1)
    self.mesh = mesh
    self.manner = manner
    self.now = now
    self.certificateFiles = certificateFiles
    switch manner {
    case .istio: analyzers = Analyzer.fileAnalyzers
    case .cluster: analyzers = Analyzer.fileAnalyzers + Analyzer.runtimeAnalyzers
    case .drydock: analyzers = Analyzer.fileAnalyzers + Analyzer.runtimeAnalyzers + Analyzer.ownAnalyzers
    case .istioctl: analyzers = []
    }
  }

  /// How many analyzers there are to run.
  package var count: Int { analyzers.count }

  /// What one thread's analyzers say.
  package struct Share: Sendable {
    fileprivate struct Saying {
      var object: Int
      var analyzer: Int
      var findings: ArraySlice<Finding>
    }

    fileprivate var sayings: [Saying] = []
  }

  /// Runs the analyzers whose numbers are handed out until there is none left.
  package func run(next: () -> Int?) -> Share {
    var share = Share()
    guard var number = next() else { return share }
    let resources = zip(objects, decoded).map { Resource($0, decoded: $1) }
    let world = AnalysisWorld(
      resources, mesh: mesh, manner: manner, now: now, certificateFiles: certificateFiles)
    var heard = [Int](repeating: 0, count: resources.count)
    while true {
      let analyzer = analyzers[number]
      let isNeeded = analyzer.needs.isEmpty || analyzer.needs.contains { !world.all($0).isEmpty }
      if manner != .drydock || isNeeded { analyzer.run(world) }
      for (place, resource) in resources.enumerated() where resource.log.findings.count > heard[place] {
        let findings = resource.log.findings[heard[place]...]
        share.sayings.append(Share.Saying(object: place, analyzer: number, findings: findings))
        heard[place] = resource.log.findings.count
      }
      guard let other = next() else { return share }
      number = other
    }
  }

  /// What all of them said, of each object once.
  package func findings(_ shares: [Share]) -> [Finding] {
    let sayings = shares.flatMap(\.sayings).sorted { ($0.object, $0.analyzer) < ($1.object, $1.analyzer) }
    var findings: [Finding] = []
    var start = 0
    while start < sayings.count {
      let object = sayings[start].object
      let end = sayings[start...].firstIndex { $0.object != object } ?? sayings.count
      let said = unique(sayings[start..<end].flatMap(\.findings), manner)
      let note = objects[object].node["metadata"]?["annotations"]?["galley.istio.io/analyze-suppress"]?.string
      let suppressions = Suppressions(annotation: note ?? "")
      findings += said.filter { !suppressions.covers($0.like) }
      start = end
    }
    return findings
  }
}

/// Kubernetes' own namespaces, where Istio looks at nothing.
package let ignoredNamespaces: Set<String> = ["kube-system", "kube-public", "kube-node-lease", "local-path-storage"]

/// Istio says the same words of one object only once; some of its words name no place.
private func unique(_ findings: [Finding], _ manner: Manner) -> [Finding] {
  let placeless = ["IST0151", "IST0152", "IST0153", "IST0154", "IST0155", "IST0161"]
  if findings.count < 2 { return findings }
  var seen: Set<String> = []
  return findings.filter { finding in
    let isPlaceless = manner != .drydock && placeless.contains(finding.like ?? "")
    let place = manner == .drydock ? finding.field : ""
    return seen.insert("\(finding.code) \(isPlaceless ? "" : finding.message.en) \(place)").inserted
  }
}

/// The codes that an annotation keeps Istio from saying: `galley.istio.io/analyze-suppress: IST0103,IST0108` or `*`.
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
    Analyzer("certificates", judgeCertificates), Analyzer("certificate files", judgeCertificateFiles),
    Analyzer("Kiali", judgeAsKiali),
    Analyzer("names as Kiali", judgeNamesAsKiali), Analyzer("peers as Kiali", judgePeersAsKiali),
    Analyzer("Gateway API as Kiali", judgeGatewaysAsKiali), Analyzer("ambient as Kiali", judgeAmbientAsKiali),
    Analyzer("workloads as Kiali", judgeWorkloadsAsKiali), Analyzer("early annotations", judgeEarlyAnnotations),
    Analyzer("mesh networks", judgeMeshNetworks), Analyzer("scope of routes", judgeRouteScope),
    Analyzer("destinations and their settings", judgeDestinations),
    Analyzer("effects of policies", judgePolicyEffects),
  ]
}
