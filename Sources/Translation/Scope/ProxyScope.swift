import MeshModel
import ProxyModel

/// What one proxy sees: services, VirtualServices and DestinationRules (section 4), one service per hostname.
struct ProxyScope: Sendable {
  var vantage: Vantage
  /// In the order of the Sidecar's egress list; one catch-all when there is none (SC-3).
  ///
  /// A gateway has one, with every service visible to its namespace and no VirtualServices (SC-2).
  var egress: [EgressListener]
  /// Services that have clusters: those of `egress` and the destinations that were imported with them (SC-11, SV-4).
  private(set) var services: [MeshService]
  var sidecar: MeshObject?
  var outboundTrafficPolicy: OutboundTrafficPolicy
  private let destinationRules: DestinationRuleIndex
  private var places: [String: Int]

  struct EgressListener: Sendable {
    /// nil for the catch-all.
    var port: SidecarPort?
    var bind: String
    var captureMode: CaptureMode
    var services: [MeshService]
    /// In the order of VS-2.
    let virtualServices: [ResolvedVirtualService]
    /// Those of them with tcp or tls rules, which are few: every TCP port looks at all of them.
    let networkVirtualServices: [ResolvedVirtualService]
    var origin: Origin?

    init(
      port: SidecarPort?, bind: String, captureMode: CaptureMode, services: [MeshService],
      virtualServices: [ResolvedVirtualService], origin: Origin?
    ) {
      self.port = port
      self.bind = bind
      self.captureMode = captureMode
      self.services = services
      self.virtualServices = virtualServices
      networkVirtualServices = virtualServices.filter { !$0.tls.isEmpty || !$0.tcp.isEmpty }
      self.origin = origin
    }
  }

  init(
    vantage: Vantage, sidecar: MeshObject?, outboundTrafficPolicy: OutboundTrafficPolicy,
    destinationRules: DestinationRuleIndex
  ) {
    self.vantage = vantage
    self.sidecar = sidecar
    self.outboundTrafficPolicy = outboundTrafficPolicy
    self.destinationRules = destinationRules
    egress = []
    services = []
    places = [:]
  }

  /// The one service of a hostname that has clusters here.
  func service(_ hostname: String) -> MeshService? {
    places[hostname].map { services[$0] }
  }

  /// The DestinationRule for a hostname; nil for one outside the scope (SC-14, DR-9). Inbound ignores selectors (DR-7).
  func destinationRule(forHost hostname: String, inbound: Bool = false) -> MergedDestinationRule? {
    guard let service = service(hostname) else { return nil }
    return destinationRules.rule(
      forHost: hostname, serviceNamespace: service.namespace, clientNamespace: vantage.namespace,
      clientLabels: inbound ? nil : vantage.labels)
  }

  /// SC-9: the listener whose services and routes hold for a port, or for a Unix socket when the port is 0.
  func egress(forRoutePort port: UInt32, bind: String = "") -> EgressListener? {
    egress.first { listener in
      guard let own = listener.port else { return true }
      guard own.number == port else { return false }
      return port != 0 || listener.bind == bind
    }
  }

  /// SV-3: one service per hostname; of one kind and namespace the ports are put together.
  mutating func add(_ service: MeshService) {
    guard let place = places[service.hostname] else {
      places[service.hostname] = services.count
      services.append(service)
      return
    }
    let existing = services[place]
    switch (existing.registry, service.registry) {
    case (.kubernetes, .external): return
    case (.external, .kubernetes): services[place] = service
    case (.kubernetes, .kubernetes), (.external, .external):
      guard existing.canMergePorts(with: service) else { return }
      for port in service.ports where !existing.ports.contains(where: { $0.number == port.number }) {
        services[place].ports.append(port)
      }
    }
  }
}

extension MeshService {
  fileprivate func canMergePorts(with other: MeshService) -> Bool {
    namespace == other.namespace && resolution == other.resolution && labels == other.labels
      && selector == other.selector && Set(exportTo) == Set(other.exportTo)
  }
}
