import MeshModel

/// The servers of all Gateways that select one workload, by what they listen on.
struct MergedGateway: Sendable {
  /// One entry for each listener's share, in the order in which they came up.
  private(set) var ports: [PortServers] = []
  /// GW-7: the servers behind one route configuration; HTTPS servers have one each.
  private(set) var serversByRouteName: [String: [BoundServer]] = [:]

  private var places: [ServerPort: Int] = [:]
  private var plainPorts: [UInt32: ServerPort] = [:]
  private var takenPorts: Set<UInt32> = []
  /// By port: the bind that last claimed a host in SNI (GW-8).
  private var claimedHosts: [UInt32: [String: String]] = [:]

  struct PortServers: Sendable {
    var port: ServerPort
    var servers: [BoundServer]
    /// Of plaintext HTTP; empty otherwise.
    var routeName: String
  }

  struct ServerPort: Hashable, Sendable {
    var number: UInt32
    /// As written; its letter case tells servers apart.
    var `protocol`: String
    var bind: String
  }

  mutating func add(_ written: GatewayServer, at place: Int, of gateway: ObjectID, on number: UInt32) {
    var server = written
    server.hosts = BoundServer.canonicalHosts(written.hosts, namespace: gateway.namespace)
    var bound = BoundServer(gateway: gateway, place: place, server: server, listenerPort: number, routeName: "")
    let kind = bound.kind
    bound.routeName = BoundServer.routeName(of: server, kind: kind, on: number, gateway: gateway)
    if server.tls != nil {
      guard claim(server.hosts, bind: server.bind, port: number) else { return }
    }
    let port = ServerPort(number: number, protocol: server.port.protocol, bind: server.bind)
    guard takenPorts.contains(number) else {
      takenPorts.insert(number)
      start(bound, kind, on: port)
      return
    }
    if let current = plainPorts[number] {
      join(bound, kind, on: port, besides: current)
    } else if !kind.isTLS {
      start(bound, kind, on: port)
    } else {
      joinTLS(bound, kind, on: port)
    }
  }

  /// GW-8: false when one of the hosts is taken on that port and bind, which drops the whole server.
  mutating func claim(_ hosts: [String], bind: String, port: UInt32) -> Bool {
    guard !hosts.contains(where: { claimedHosts[port]?[$0] == bind }) else { return false }
    for host in hosts { claimedHosts[port, default: [:]][host] = bind }
    return true
  }

  private mutating func start(_ server: BoundServer, _ kind: BoundServer.Kind, on port: ServerPort) {
    if !kind.isTLS { plainPorts[port.number] = port }
    if kind.isHTTP { serversByRouteName[server.routeName] = [server] }
    let entry = PortServers(port: port, servers: [server], routeName: server.routeName)
    if let place = places[port] {
      ports[place] = entry
      ports.append(entry)
      return
    }
    places[port] = ports.count
    ports.append(entry)
  }

  /// GW-7: a plaintext server is on that port already.
  private mutating func join(
    _ server: BoundServer, _ kind: BoundServer.Kind, on port: ServerPort, besides current: ServerPort
  ) {
    if current.bind == port.bind {
      guard Self.canMerge(server.portProtocol, PortProtocol(written: current.protocol)), !server.routeName.isEmpty
      else {
        return
      }
      append(server, to: current)
      return
    }
    guard places[port] != nil else {
      start(server, kind, on: port)
      return
    }
    if let place = places[port] { ports[place].routeName = server.routeName }
    append(server, to: port)
  }

  /// Only servers with TLS are on that port so far.
  private mutating func joinTLS(_ server: BoundServer, _ kind: BoundServer.Kind, on port: ServerPort) {
    if kind.isHTTP {
      guard serversByRouteName[server.routeName] == nil else { return }  // GW-11
      serversByRouteName[server.routeName] = [server]
    }
    if let place = places[port] {
      ports[place].servers.append(server)
    } else {
      places[port] = ports.count
      ports.append(PortServers(port: port, servers: [server], routeName: ""))
    }
  }

  private mutating func append(_ server: BoundServer, to port: ServerPort) {
    guard let place = places[port] else { return }
    ports[place].servers.append(server)
    serversByRouteName[server.routeName, default: []].append(server)
  }

  private static func canMerge(_ incoming: PortProtocol, _ current: PortProtocol) -> Bool {
    (incoming.isHTTP || incoming == current) && current.isHTTP
  }
}
