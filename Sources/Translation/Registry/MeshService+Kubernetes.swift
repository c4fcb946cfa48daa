import MeshModel

extension MeshService {
  static let trafficDistributionAnnotation = "networking.istio.io/traffic-distribution"

  /// A Kubernetes Service.
  init(_ service: Service, of object: MeshObject, inherited: TrafficDistribution) {
    let isAlias = service.type == "ExternalName" && !service.externalName.isEmpty
    let isHeadless = service.clusterIP == "None"
    self.init(
      hostname: ShortName.service(object.id.name, object.id.namespace), namespace: object.id.namespace,
      name: object.id.name, origin: Origin(object: object.id, field: ""), registry: .kubernetes,
      resolution: isHeadless ? .passthrough : isAlias ? .alias : .clientSide,
      ports: service.ports.map(Port.init),
      address: isHeadless || service.clusterIP.isEmpty ? "0.0.0.0" : service.clusterIP)
    if !isHeadless { extraAddresses = Array(service.clusterIPs.dropFirst()) }
    isMeshExternal = isAlias
    externalName = isAlias ? service.externalName.lowercased() : ""
    exportTo = Self.exportTo(annotation: object.metadata.annotations["networking.istio.io/exportTo"] ?? "")
    labels = object.metadata.labels
    selector = service.selector
    self.isHeadless = isHeadless
    creationTime = object.metadata.creationTime
    publishesNotReady = service.publishNotReadyAddresses
    isNodeLocal = service.internalTrafficPolicy == "Local"
    trafficDistribution =
      TrafficDistribution(field: service.trafficDistribution)
      ?? object.metadata.annotations[Self.trafficDistributionAnnotation].map(TrafficDistribution.init(annotation:))
      ?? inherited
  }

  private static func exportTo(annotation text: String) -> [String] {
    if text.isEmpty { return [] }
    return text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let leading = part.drop { $0 == " " || $0 == "\t" }
      return String(leading.prefix { $0 != " " && $0 != "\t" })
    }
  }
}

extension MeshService.TrafficDistribution {
  /// `spec.trafficDistribution`; nil where it says nothing that counts.
  init?(field text: String) {
    switch text {
    case "PreferClose", "PreferSameZone": self = .sameZone
    case "PreferSameNode": self = .sameNode
    default: return nil
    }
  }

  /// The annotation; letter case does not count.
  init(annotation text: String) {
    switch text.lowercased() {
    case "preferclose", "prefersamezone": self = .sameZone
    case "prefersamenode": self = .sameNode
    default: self = .any
    }
  }
}

extension MeshService.Port {
  init(_ port: ServicePort) {
    self.init(
      number: port.port, name: port.name, protocol: PortProtocol(kubernetes: port), targetPort: port.targetPort)
  }
}

extension PortProtocol {
  /// PR-1, PR-2.
  init(kubernetes port: ServicePort) {
    if port.protocol == "UDP" {
      self = .udp
      return
    }
    switch port.appProtocol {
    case "kubernetes.io/h2c":
      self = .http2
      return
    case "kubernetes.io/ws":
      self = .http
      return
    case "kubernetes.io/wss":
      self = .https
      return
    default: break
    }
    let name = (port.appProtocol ?? port.name).lowercased()
    if name.utf8.starts(with: "grpc-web".utf8) {
      self = .grpcWeb
      return
    }
    let prefix = name.utf8.prefix { $0 != UInt8(ascii: "-") }
    let declared = PortProtocol(written: String(Substring(prefix)))
    self = declared == .unsupported && [25, 53, 3306, 27017].contains(port.port) ? .tcp : declared
  }
}

extension ServicePort {
  /// The protocol as the mesh takes it, by the port's `appProtocol` or name; `auto` where proxies look for themselves.
  package var meshProtocol: String {
    let found = PortProtocol(kubernetes: self)
    return found == .unsupported ? "auto" : found.rawValue.uppercased()
  }
}
