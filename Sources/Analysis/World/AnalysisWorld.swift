import Diagnostics
package import Validation

/// Everything that one analysis sees.
package struct AnalysisWorld {
  package let manner: Manner
  package let mesh: MeshSettings
  /// Seconds since 1970; nil when nobody asks what has expired.
  package let now: Int64?
  /// The files that proxies would have, by the paths that objects name; nil when nobody gave them.
  package let certificateFiles: [String: [UInt8]]?
  /// In the order of the files, by kind.
  private let resources: [String: [Resource]]
  private let places: [String: [FullName: Resource]]
  package let pods: SelectorIndex
  package let hosts: HostTable

  package init(
    _ given: [Resource], mesh: MeshSettings, manner: Manner, now: Int64?, certificateFiles: [String: [UInt8]]? = nil
  ) {
    self.manner = manner
    self.certificateFiles = certificateFiles
    self.now = now
    self.mesh = mesh
    var resources: [String: [Resource]] = [:]
    var places: [String: [FullName: Resource]] = [:]
    for resource in given {
      let kind = Self.key(resource.object)
      // A later object takes the place of one with the same name.
      if places[kind]?[resource.fullName] != nil {
        resources[kind]?.removeAll { $0.fullName == resource.fullName }
      }
      resources[kind, default: []].append(resource)
      places[kind, default: [:]][resource.fullName] = resource
    }
    self.resources = resources
    self.places = places
    pods = SelectorIndex((resources["Pod"] ?? []) + (manner == .drydock ? Self.promisedPods(resources) : []))
    hosts = HostTable(entries: resources["ServiceEntry"] ?? [], services: resources["Service"] ?? [])
  }

  /// Istio's and Kubernetes' own kinds go by their name, others with their group.
  private static func key(_ object: ManifestObject) -> String {
    let kind = object.subject.kind
    let own = ["", "apps", "admissionregistration.k8s.io", "apiextensions.k8s.io"]
    if object.isIstio || own.contains(object.group) { return kind }
    return "\(object.group)/\(kind)"
  }

  /// The pods that Deployments and the like would make.
  private static func promisedPods(_ resources: [String: [Resource]]) -> [Resource] {
    ["Deployment", "StatefulSet", "DaemonSet"].flatMap { resources[$0] ?? [] }.map { Resource(templateOf: $0) }
  }

  package func all(_ kind: String) -> [Resource] { resources[kind] ?? [] }

  package func find(_ kind: String, _ name: FullName) -> Resource? { places[kind]?[name] }

  package func namespace(_ name: String) -> Resource? { find("Namespace", FullName("", name)) }
}

/// What an analysis asks of the mesh's configuration.
package struct MeshSettings: Sendable {
  package var rootNamespace = "istio-system"
  package var hasAccessLogProviders = false
  package var lightstepProviders: Set<String> = []
  package var providers: Set<String> = []
  package var allocatesAddresses = false
  package var imageType = ""
  package var trustDomain = "cluster.local"
  package var trustDomains: Set<String> = []
  package var pathNormalization = ""
  /// Whether clients use mutual TLS on their own where they can.
  package var hasAutomaticTLS = true
  /// Whether somebody gave the settings, so that what they lack is missing.
  package var isGiven = false

  package init() {}

  package init(_ config: Part) {
    isGiven = true
    if config["rootNamespace"].hasText { rootNamespace = config["rootNamespace"].text }
    if config["trustDomain"].hasText { trustDomain = config["trustDomain"].text }
    pathNormalization = config["pathNormalization"]["normalization"].text
    trustDomains = Set(config["trustDomainAliases"].items.map(\.text))
    hasAutomaticTLS = config["enableAutoMtls"].isAbsent || config["enableAutoMtls"].isTrue
    hasAccessLogProviders = !config["defaultProviders"]["accessLogging"].isEmpty
    for provider in config["extensionProviders"].items {
      providers.insert(provider["name"].text)
      if provider["lightstep"].isPresent { lightstepProviders.insert(provider["name"].text) }
    }
    let metadata = config["defaultConfig"]["proxyMetadata"]
    if metadata["ISTIO_META_DNS_CAPTURE"].literal == "true" {
      allocatesAddresses =
        metadata["ISTIO_META_DNS_AUTO_ALLOCATE"].literal == "true"
        || metadata["PILOT_ENABLE_IP_AUTOALLOCATE"].literal == "true"
    }
    imageType = config["defaultConfig"]["image"]["imageType"].text
  }
}
