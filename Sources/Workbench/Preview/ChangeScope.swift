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
    // A rule for many is asked as those see it whom it is for.
    var clients: [(host: String, match: HTTPMatchRequest)] = []
    var gateways: Set<String> = []
    for id in touched {
      guard let object = snapshot[id] else { continue }
      switch object.content {
      case .virtualService(let service):
        virtualServices.insert(id)
        hosts += service.hosts.map { ShortName.host($0, namespace: id.namespace) }
      case .destinationRule(let rule):
        let host = ShortName.host(rule.host, namespace: id.namespace)
        hosts.append(host)
        var client = HTTPMatchRequest()
        client.sourceNamespace = id.namespace
        client.sourceLabels = rule.workloadSelector?.matchLabels ?? [:]
        let named = Self.services(covered: host, snapshot)
        clients += named.map { ($0, client) }
        if host.utf8.first == UInt8(ascii: "*") { hosts += named }
      case .service: hosts.append(ShortName.service(id.name, id.namespace))
      case .serviceEntry(let entry): hosts += entry.hosts
      case .gateway: gateways.insert("\(id.namespace)/\(id.name)")
      case .authorizationPolicy, .peerAuthentication, .requestAuthentication, .sidecar, .pod, .workload:
        let isRoot = id.namespace == (snapshot.meshConfig.rootNamespace ?? "istio-system")
        let services = snapshot.objects(of: .service).filter { isRoot || $0.id.namespace == id.namespace }
        hosts += services.prefix(Self.mostServices).map { ShortName.service($0.id.name, $0.id.namespace) }
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
    addPlainRequests(to: hosts, clients, session)
  }

  private static func services(covered host: String, _ snapshot: Snapshot) -> [String] {
    guard host.utf8.first == UInt8(ascii: "*") else { return [host] }
    let services = snapshot.objects(of: .service).map { ShortName.service($0.id.name, $0.id.namespace) }
    let entries = snapshot.objects(of: .serviceEntry).flatMap { object -> [String] in
      guard case .serviceEntry(let entry) = object.content else { return [] }
      return entry.hosts
    }
    return Array((services + entries).filter { names([host], $0) }.prefix(mostServices))
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

  private mutating func addPlainRequests(
    to hosts: [String], _ clients: [(host: String, match: HTTPMatchRequest)], _ session: SimulationSession
  ) {
    let choice = ClientChoice(session)
    for host in hosts {
      guard let service = Self.service(host, session) else { continue }
      var content = VirtualService()
      content.hosts = [host]
      let usual = choice.clients(for: content, service.id).prefix(1)
      var rule = HTTPRoute()
      rule.match = clients.filter { $0.host == host }.map(\.match)
      content.http = [rule]
      let others = choice.clients(for: content, service.id).filter { client in
        rule.match.contains { match in
          client.vantage.namespace == match.sourceNamespace && client.vantage.labels.contains(match.sourceLabels)
        }
      }
      for client in usual + others.filter({ !usual.contains($0) }) {
        for port in service.ports {
          var line = RequestLine()
          line.proxy = client.reference
          var http = RequestLine.HTTP()
          http.authority = port == 80 ? service.name : "\(service.name):\(port)"
          line.http = http
          plainRequests.append(NamedRequest(name: "\(service.name):\(port)", line: line))
        }
      }
    }
  }

  private static func service(_ host: String, _ session: SimulationSession) -> (
    id: ObjectID, name: String, ports: [UInt32]
  )? {
    let labels = host.split(separator: ".")
    guard labels.count > 1 else { return nil }
    if let object = session.addresses.service(host, from: String(labels[1])),
      case .service(let service) = object.content
    {
      return (object.id, "\(object.id.name).\(object.id.namespace)", service.ports.map(\.port))
    }
    for object in session.snapshot.objects(of: .serviceEntry) {
      guard case .serviceEntry(let entry) = object.content, entry.hosts.contains(host) else { continue }
      let web = entry.ports.filter { ["HTTP", "HTTP2", "GRPC", "GRPC-WEB"].contains($0.protocol.uppercased()) }
      return (object.id, ConcreteName.of(host), web.map(\.number))
    }
    return nil
  }
}
