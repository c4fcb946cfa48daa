import Evaluation
import MeshModel
import ProxyModel
import Translation

/// What of a mesh a change of some objects can reach.
struct ChangeScope {
  /// VirtualServices whose rules are to be asked.
  private(set) var virtualServices: Set<ObjectID> = []
  /// The first page of services that the change touches.
  private(set) var plainRequests: [NamedRequest] = []

  /// Services of one namespace whose policies change are asked, up to this many.
  private static let mostServices = 20

  init(_ session: SimulationSession, touched: [ObjectID]) {
    let snapshot = session.snapshot
    var hosts: [String] = []
    var gateways: Set<String> = []
    for id in touched {
      guard let object = snapshot[id] else { continue }
      switch object.content {
      case .virtualService(let service):
        virtualServices.insert(id)
        hosts += service.hosts.map { ShortName.host($0, namespace: id.namespace) }
      case .destinationRule(let rule): hosts.append(ShortName.host(rule.host, namespace: id.namespace))
      case .service: hosts.append("\(id.name).\(id.namespace).svc.cluster.local")
      case .serviceEntry(let entry): hosts += entry.hosts
      case .gateway: gateways.insert("\(id.namespace)/\(id.name)")
      case .authorizationPolicy, .peerAuthentication, .requestAuthentication, .sidecar, .pod, .workload:
        let isRoot = id.namespace == (snapshot.meshConfig.rootNamespace ?? "istio-system")
        let services = snapshot.objects(of: .service).filter { isRoot || $0.id.namespace == id.namespace }
        hosts += services.prefix(Self.mostServices).map { "\($0.id.name).\($0.id.namespace).svc.cluster.local" }
      case .workloadEntry, .workloadGroup, .proxyConfig, .namespace, .endpoints, .endpointSlice, .serviceAccount, .node,
        .configMap, .secret, .opaque:
        break
      }
    }
    for object in snapshot.objects(of: .virtualService) {
      guard case .virtualService(let service) = object.content else { continue }
      let bound = service.gateways.map { ShortName.gateway($0, namespace: object.id.namespace) }
      let targets = Self.targets(of: service).map { ShortName.host($0, namespace: object.id.namespace) }
      let isReached = bound.contains(where: gateways.contains) || targets.contains { Self.names(hosts, $0) }
      if isReached { virtualServices.insert(object.id) }
    }
    addPlainRequests(to: hosts, session)
  }

  private static func names(_ hosts: [String], _ target: String) -> Bool {
    hosts.contains { host in
      guard host.utf8.first == UInt8(ascii: "*") else { return host == target }
      return target.hasSuffixBytes(String(host.dropFirst()))
    }
  }

  private static func targets(of service: VirtualService) -> [String] { destinations(of: service).map(\.host) }

  /// Where the rules send requests, and copies of them.
  static func destinations(of service: VirtualService) -> [Destination] {
    var result = service.http.flatMap(\.route).map(\.destination)
    result += service.http.compactMap(\.mirror)
    result += service.http.flatMap(\.mirrors).compactMap(\.destination)
    result += service.tls.flatMap(\.route).map(\.destination)
    result += service.tcp.flatMap(\.route).map(\.destination)
    return result
  }

  private mutating func addPlainRequests(to hosts: [String], _ session: SimulationSession) {
    let choice = ClientChoice(session)
    for host in hosts {
      let labels = host.split(separator: ".")
      guard labels.count > 1, let object = session.addresses.service(host, from: String(labels[1])),
        case .service(let service) = object.content
      else { continue }
      var content = VirtualService()
      content.hosts = [host]
      guard let client = choice.clients(for: content, object.id).first else { continue }
      for port in service.ports {
        var line = RequestLine()
        line.proxy = client.reference
        var http = RequestLine.HTTP()
        let name = "\(object.id.name).\(object.id.namespace)"
        http.authority = port.port == 80 ? name : "\(name):\(port.port)"
        line.http = http
        plainRequests.append(NamedRequest(name: "\(name):\(port.port)", line: line))
      }
    }
  }
}
