import MeshModel
import ProxyModel

/// Every service of the snapshot, one per hostname and namespace and address, and their endpoints.
struct ServiceRegistry: Sendable {
  /// In the order of OR-3.
  let services: [MeshService]
  let workloads: WorkloadIndex
  let snapshot: Snapshot
  /// The one that counts for a hostname, by namespace (SV-1), as places in `services`.
  private let best: [String: [String: Int]]
  /// All of a hostname and namespace, as places in `services`.
  private let all: [HostKey: [Int]]
  private let everywhere: [Int]
  private let exported: [String: [Int]]
  private let exportedByDefault: [String]
  /// EndpointSlices by the service they belong to.
  let slices: [HostKey: [EndpointSlice]]

  init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    workloads = WorkloadIndex(snapshot)
    let given = snapshot.meshConfig.defaultServiceExportTo ?? []
    exportedByDefault = given.isEmpty ? ["*"] : given
    let distribution = NamespaceDistribution(snapshot)
    var found: [MeshService] = []
    for object in snapshot.objects(of: .service) {
      guard case .service(let service) = object.content else { continue }
      found.append(MeshService(service, of: object, inherited: distribution.byNamespace[object.id.namespace] ?? .any))
    }
    for object in snapshot.objects(of: .serviceEntry) {
      guard case .serviceEntry(let entry) = object.content else { continue }
      found += MeshService.services(entry, of: object, inherited: distribution.byNamespace[object.id.namespace] ?? .any)
    }
    found = Self.byAge(found)
    Self.resolveAliases(&found)
    services = found
    (best, all) = Self.index(found)
    (everywhere, exported) = Self.visibility(found, exportedByDefault)
    slices = Self.slices(snapshot)
  }

  /// Those a namespace can see: first those exported to it by name, then the public ones, each in the order of OR-3.
  func visible(from namespace: String) -> [MeshService] {
    ((exported[namespace] ?? []) + everywhere).map { services[$0] }
  }

  /// The service of a hostname in one namespace, visible or not (SV-1).
  func service(_ hostname: String, namespace: String) -> MeshService? {
    best[hostname]?[namespace].map { services[$0] }
  }

  /// The namespaces that have a service of that hostname.
  func namespaces(of hostname: String) -> Set<String> {
    Set((best[hostname] ?? [:]).keys)
  }

  /// All services of one hostname and namespace in the order of OR-3: several addresses, or several objects.
  func services(_ key: HostKey) -> [MeshService] {
    (all[key] ?? []).map { services[$0] }
  }

  /// SV-4: what a hostname means from a namespace, whatever a Sidecar imports.
  func bestService(_ hostname: String, from namespace: String) -> MeshService? {
    guard let candidates = best[hostname] else { return nil }
    if let own = candidates[namespace] { return services[own] }
    var oldest: Int?
    for place in candidates.values where isVisible(services[place], from: namespace) {
      if services[place].registry == .kubernetes { return services[place] }
      oldest = min(oldest ?? place, place)
    }
    return oldest.map { services[$0] }
  }

  /// EX-3.
  func isVisible(_ service: MeshService, from namespace: String) -> Bool {
    let tokens = exportTokens(service)
    if tokens.contains("*") || tokens.contains(namespace) { return true }
    return tokens.contains(".") && service.namespace == namespace
  }

  /// EX-1.
  func exportTokens(_ service: MeshService) -> [String] {
    service.exportTo.isEmpty ? exportedByDefault : service.exportTo
  }

  private static func byAge(_ services: [MeshService]) -> [MeshService] {
    services.enumerated().sorted { a, b in
      let (one, other) = (a.element, b.element)
      let (first, second) = (one.creationTime ?? Int64.min, other.creationTime ?? Int64.min)
      if first != second { return first < second }
      if one.name != other.name { return one.name < other.name }
      if one.namespace != other.namespace { return one.namespace < other.namespace }
      return a.offset < b.offset
    }.map(\.element)
  }

  private static func index(_ services: [MeshService]) -> (best: [String: [String: Int]], all: [HostKey: [Int]]) {
    var best: [String: [String: Int]] = [:]
    var all: [HostKey: [Int]] = [:]
    for (place, service) in services.enumerated() {
      all[service.key, default: []].append(place)
      if let existing = best[service.hostname]?[service.namespace] {
        // SV-1: Kubernetes displaces a ServiceEntry, otherwise the oldest stays.
        guard services[existing].registry == .external, service.registry == .kubernetes else { continue }
      }
      best[service.hostname, default: [:]][service.namespace] = place
    }
    return (best, all)
  }

  /// EX-3: `*` makes the others void, then `~` does.
  private static func visibility(
    _ services: [MeshService], _ byDefault: [String]
  ) -> (everywhere: [Int], exported: [String: [Int]]) {
    var everywhere: [Int] = []
    var exported: [String: [Int]] = [:]
    for (place, service) in services.enumerated() {
      let tokens = Set(service.exportTo.isEmpty ? byDefault : service.exportTo)
      if tokens.contains("*") {
        everywhere.append(place)
      } else if !tokens.contains("~") {
        for token in Set(tokens.map { $0 == "." ? service.namespace : $0 }) {
          exported[token, default: []].append(place)
        }
      }
    }
    return (everywhere, exported)
  }

  /// EN-1: chains end at a concrete service, loops are dropped.
  private static func resolveAliases(_ services: inout [MeshService]) {
    var targets: [String: String] = [:]
    for service in services where service.resolution == .alias { targets[service.hostname] = service.externalName }
    if targets.isEmpty { return }
    var aliases: [String: [HostKey]] = [:]
    for service in services where service.resolution == .alias {
      var seen: Set<String> = [service.hostname]
      var target = service.externalName
      while let next = targets[target], seen.insert(target).inserted { target = next }
      if targets[target] == nil { aliases[target, default: []].append(service.key) }
    }
    for place in services.indices {
      guard let found = aliases[services[place].hostname] else { continue }
      services[place].aliases = found.sorted { ($0.namespace, $0.hostname) < ($1.namespace, $1.hostname) }
    }
  }

  private static func slices(_ snapshot: Snapshot) -> [HostKey: [EndpointSlice]] {
    var result: [HostKey: [EndpointSlice]] = [:]
    for object in snapshot.objects(of: .endpointSlice) {
      guard case .endpointSlice(let slice) = object.content, slice.addressType != "FQDN",
        let name = object.metadata.labels["kubernetes.io/service-name"]
      else { continue }
      let hostname = ShortName.service(name, object.id.namespace)
      result[HostKey(hostname: hostname, namespace: object.id.namespace), default: []].append(slice)
    }
    return result
  }
}

/// `networking.istio.io/traffic-distribution` of namespaces, which their services inherit (LO-1).
private struct NamespaceDistribution {
  var byNamespace: [String: MeshService.TrafficDistribution] = [:]

  init(_ snapshot: Snapshot) {
    for object in snapshot.objects(of: .namespace) {
      guard let text = object.metadata.annotations[MeshService.trafficDistributionAnnotation] else { continue }
      byNamespace[object.id.name] = MeshService.TrafficDistribution(annotation: text)
    }
  }
}
