import MeshModel
import ProxyModel

/// What a client's resolver answers, and which port of a pod a service's port leads to.
struct AddressBook: Sendable {
  private let snapshot: Snapshot
  private let entries: [String: String]
  private let wildcards: [(suffix: String, address: String)]

  /// Names that have no address of their own get the first one that Istio's DNS proxy hands out; no listener has it.
  static let standIn = "240.240.0.1"
  private static let domain = "svc.cluster.local"

  init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    var entries: [String: String] = [:]
    var wildcards: [(suffix: String, address: String)] = []
    for object in snapshot.objects(of: .serviceEntry) {
      guard case .serviceEntry(let entry) = object.content else { continue }
      let address = entry.addresses.first.map(Self.withoutLength) ?? Self.standIn
      for host in entry.hosts {
        let host = host.lowercased()
        if host.utf8.starts(with: "*.".utf8) {
          wildcards.append((String(host.dropFirst()), address))
        } else if entries[host] == nil {
          entries[host] = address
        }
      }
    }
    self.entries = entries
    self.wildcards = wildcards.sorted { $0.suffix.utf8.count > $1.suffix.utf8.count }
  }

  /// The address of a host as a client of that namespace resolves it; nil when the mesh does not know the name.
  func address(of host: String, from namespace: String) -> IPAddress? {
    var name = host.lowercased()
    if name.utf8.last == UInt8(ascii: ".") { name.removeLast() }
    if let address = IPAddress(name) { return address }
    return resolve(name, from: namespace, depth: 0).flatMap { IPAddress($0) }
  }

  /// The Service that a name stands for, as a client of that namespace would find it.
  func service(_ name: String, from namespace: String) -> MeshObject? {
    let labels = name.utf8.split(separator: UInt8(ascii: ".")).map { String(Substring($0)) }
    guard let first = labels.first else { return nil }
    var candidates: [(namespace: String, name: String)] = []
    if labels.count == 1 { candidates.append((namespace, first)) }
    let suffix = labels.dropFirst(2).joined(separator: ".")
    if labels.count >= 2, suffix.isEmpty || suffix == "svc" || suffix == Self.domain {
      candidates.append((labels[1], first))
    }
    for candidate in candidates {
      if let found = snapshot[ObjectID(kind: .service, namespace: candidate.namespace, name: candidate.name)] {
        return found
      }
    }
    return nil
  }

  private func resolve(_ name: String, from namespace: String, depth: Int) -> String? {
    if let object = service(name, from: namespace), case .service(let service) = object.content {
      if !service.externalName.isEmpty {
        guard depth < 4 else { return nil }
        return resolve(service.externalName.lowercased(), from: namespace, depth: depth + 1) ?? Self.standIn
      }
      if let address = service.clusterIPs.first ?? Optional(service.clusterIP), !address.isEmpty, address != "None" {
        return address
      }
      return podAddress(of: service, object.id) ?? Self.standIn
    }
    if let address = entries[name] { return address }
    return wildcards.first { name.utf8.count > $0.suffix.utf8.count && name.hasSuffixBytes($0.suffix) }?.address
  }

  /// A headless Service resolves to its endpoints.
  private func podAddress(of service: Service, _ id: ObjectID) -> String? {
    for object in snapshot.objects(of: .endpointSlice) where object.id.namespace == id.namespace {
      guard case .endpointSlice(let slice) = object.content,
        object.metadata.labels["kubernetes.io/service-name"] == id.name
      else { continue }
      if let address = slice.endpoints.lazy.compactMap(\.addresses.first).first { return address }
    }
    if let object = snapshot[ObjectID(kind: .endpoints, namespace: id.namespace, name: id.name)],
      case .endpoints(let endpoints) = object.content
    {
      if let address = endpoints.subsets.lazy.compactMap(\.addresses.first).first { return address.ip }
    }
    guard !service.selector.isEmpty else { return nil }
    for object in snapshot.objects(of: .pod) where object.id.namespace == id.namespace {
      guard case .pod(let pod) = object.content, !pod.podIP.isEmpty else { continue }
      if object.metadata.labels.contains(service.selector) { return pod.podIP }
    }
    return nil
  }

  /// The port of the workload behind a service's port (GW-3); the number itself when no service leads there.
  func targetPort(of port: UInt32, at vantage: Vantage) -> UInt32 {
    for object in snapshot.objects(of: .service) where object.id.namespace == vantage.namespace {
      guard case .service(let service) = object.content, !service.selector.isEmpty,
        vantage.labels.contains(service.selector), let found = service.ports.first(where: { $0.port == port })
      else { continue }
      return number(of: found, at: vantage)
    }
    return port
  }

  private func number(of port: ServicePort, at vantage: Vantage) -> UInt32 {
    switch port.targetPort {
    case nil: return port.port
    case .number(let number): return number == 0 ? port.port : number
    case .name(let name):
      let containers = vantage.object.flatMap { snapshot[$0] }?.containers ?? []
      let ports = containers.flatMap(\.ports)
      return ports.first { $0.name == name }?.containerPort ?? port.port
    }
  }

  /// `10.0.0.0/8` stands for its first address.
  private static func withoutLength(_ block: String) -> String {
    block.utf8.firstIndex(of: UInt8(ascii: "/")).map { String(block[..<$0]) } ?? block
  }
}

extension MeshObject {
  fileprivate var containers: [Container] {
    switch content {
    case .pod(let pod): pod.containers
    case .workload(let workload): workload.template.containers
    case .virtualService, .destinationRule, .gateway, .serviceEntry, .sidecar, .workloadEntry, .workloadGroup,
      .proxyConfig, .peerAuthentication, .requestAuthentication, .authorizationPolicy, .service, .namespace,
      .endpoints, .endpointSlice, .serviceAccount, .node, .configMap, .secret, .opaque:
      []
    }
  }
}

extension [String: String] {
  /// Whether every pair of a selector is among these labels.
  func contains(_ selector: [String: String]) -> Bool {
    selector.allSatisfy { self[$0.key] == $0.value }
  }
}

extension String {
  func hasSuffixBytes(_ suffix: String) -> Bool {
    utf8.count >= suffix.utf8.count && utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}
