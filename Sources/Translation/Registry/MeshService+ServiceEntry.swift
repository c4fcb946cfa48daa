import MeshModel
import ProxyModel

extension MeshService {
  /// SE-1: one service for each host and address.
  static func services(
    _ entry: ServiceEntry, of object: MeshObject, inherited: TrafficDistribution
  ) -> [MeshService] {
    let addresses = entry.addresses.isEmpty ? ["0.0.0.0"] : entry.addresses.compactMap(usableAddress)
    let distribution =
      object.metadata.annotations[trafficDistributionAnnotation].map(TrafficDistribution.init(annotation:)) ?? inherited
    return entry.hosts.flatMap { host in
      addresses.map { address in
        var service = MeshService(
          hostname: host, namespace: object.id.namespace, name: host, origin: Origin(object: object.id, field: ""),
          registry: .external, resolution: Resolution(entry.resolution ?? .none), ports: entry.ports.map(Port.init),
          address: address)
        service.isMeshExternal = (entry.location ?? .meshExternal) == .meshExternal
        service.exportTo = entry.exportTo
        service.labels = object.metadata.labels
        service.selector = entry.workloadSelector ?? [:]
        service.subjectAltNames = entry.subjectAltNames
        service.trafficDistribution = distribution
        service.creationTime = object.metadata.creationTime
        return service
      }
    }
  }

  /// SE-2: a CIDR of one address is that address; nil for text that is neither.
  private static func usableAddress(_ text: String) -> String? {
    if IPAddress(text) != nil { return text }
    guard let block = CIDRBlock(text) else { return nil }
    guard block.length == block.bytes.count * 8, let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
      return text
    }
    return String(text[..<slash])
  }
}

extension MeshService.Resolution {
  /// SE-4.
  init(_ resolution: ServiceEntryResolution) {
    switch resolution {
    case .none: self = .passthrough
    case .static: self = .clientSide
    case .dns: self = .strictDNS
    case .dnsRoundRobin: self = .logicalDNS
    case .dynamicDNS: self = .dynamicDNS
    }
  }

  /// Endpoints are names to resolve.
  var isDNS: Bool {
    switch self {
    case .strictDNS, .logicalDNS: true
    case .clientSide, .passthrough, .dynamicDNS, .alias: false
    }
  }
}

extension MeshService.Port {
  /// PR-3.
  init(_ port: ServiceEntryPort) {
    self.init(
      number: port.number, name: port.name, protocol: PortProtocol(written: port.protocol),
      targetPort: port.targetPort == 0 ? nil : .number(port.targetPort))
  }
}
