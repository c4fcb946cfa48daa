import Evaluation
import MeshModel
import ProxyModel
import Synchronization
import Translation

/// Follows what a proxy forwards to those who receive it, and asks their proxies.
final class ArrivalFollower: Sendable {
  let directory: ReceiverDirectory
  private let translator: Translator
  private let groups = Mutex<[GroupKey: [Group]]>([:])
  /// Whether some policy tells the pods of a workload apart by their addresses.
  private let tellsAddressesApart: Bool

  /// A hop further than this is a circle.
  static let farthest = 4

  /// Endpoints of one cluster that one client reaches in the same way.
  struct Group: Sendable {
    var endpoints: [String]
    /// Of the first of them.
    var address: IPAddress
    var port: UInt32
    var found: ReceiverDirectory.Found
    var approach: Approach
  }

  private struct GroupKey: Hashable {
    var client: Client
    var cluster: String
    var destination: String
  }

  /// What of a client decides on its connections.
  private struct Client: Hashable {
    var vantage: Vantage
    var carriesTLS: Bool
  }

  init(_ snapshot: Snapshot, _ vantages: VantageResolver, _ translator: Translator) {
    directory = ReceiverDirectory(snapshot, vantages)
    self.translator = translator
    tellsAddressesApart = snapshot.objects(of: .authorizationPolicy).contains { object in
      guard case .authorizationPolicy(let policy) = object.content else { return false }
      return (policy.rules ?? []).contains { $0.when.contains { $0.key == "destination.ip" } }
    }
  }

  func identity(of vantage: Vantage) -> String {
    let account = vantage.serviceAccount.isEmpty ? "default" : vantage.serviceAccount
    return "spiffe://\(translator.trustDomain)/ns/\(vantage.namespace)/sa/\(account)"
  }

  /// How one cluster of a client's proxy reaches its endpoints.
  func groups(
    of cluster: Cluster, for vantage: Vantage, _ connection: Connection, carriesTLS: Bool
  ) -> [Group] {
    let follows = cluster.discovery == .originalDestination
    let key = GroupKey(
      client: Client(vantage: vantage, carriesTLS: carriesTLS), cluster: cluster.name,
      destination: follows ? "\(connection.destination):\(connection.port)" : "")
    if let known = groups.withLock({ $0[key] }) { return known }
    let made = makeGroups(of: cluster, for: vantage, connection, carriesTLS: carriesTLS)
    groups.withLock { $0[key] = made }
    return made
  }

  private func makeGroups(
    of cluster: Cluster, for vantage: Vantage, _ connection: Connection, carriesTLS: Bool
  ) -> [Group] {
    let choice = ApproachChoice(
      snapshot: translator.snapshot, cluster: cluster, identity: identity(of: vantage), carriesTLS: carriesTLS)
    var hostname = cluster.service
    var port = cluster.port
    let endpoints: [Endpoint]
    switch cluster.discovery {
    case .originalDestination:
      let dialled = cluster.originalDestinationPort ?? connection.port
      if let behind = translator.endpoints(behind: connection.destination, port: dialled) {
        (hostname, port, endpoints) = (behind.hostname, dialled, behind.endpoints)
      } else {
        endpoints = [Endpoint(address: joined(connection.destination, dialled))]
      }
    case .dynamicForwardProxy: endpoints = []
    case .eds, .staticEndpoints, .strictDNS, .logicalDNS:
      endpoints = cluster.localities.flatMap(\.endpoints).filter { $0.health == .healthy }
    }
    return collected(endpoints) { endpoint in
      group(endpoint, hostname: hostname, port: port, choice)
    }
  }

  /// One endpoint by itself.
  private func group(_ endpoint: Endpoint, hostname: String, port: UInt32, _ choice: ApproachChoice) -> Group {
    let (address, number) = place(of: endpoint)
    let found = directory.receiver(of: endpoint, at: address)
    var target = number ?? port
    var mode = PeerTLS.Mode.disable
    if let vantage = found.vantage {
      if number == nil { target = translator.targetPort(ofService: hostname, port: port, at: vantage) ?? port }
      if vantage.kind == .inbound { mode = translator.peerTLS(of: vantage, port: target).mode }
    }
    let accepts = endpoint.acceptsMeshTLS
    let approach = choice.approach(accepts: accepts, isExpected: found.isExpected, serverMode: mode)
    return Group(
      endpoints: [endpoint.address], address: address ?? Self.standIn, port: target, found: found, approach: approach)
  }

  /// Those that behave alike together, in the order of their first.
  private func collected(_ endpoints: [Endpoint], _ group: (Endpoint) -> Group) -> [Group] {
    var result: [Group] = []
    var places: [Essence: Int] = [:]
    for endpoint in endpoints.sorted(by: { $0.address.utf8.lexicographicallyPrecedes($1.address.utf8) }) {
      let one = group(endpoint)
      let essence = Essence(one, tellsAddressesApart: tellsAddressesApart)
      if let place = places[essence] {
        result[place].endpoints.append(endpoint.address)
      } else {
        places[essence] = result.count
        result.append(one)
      }
    }
    return result
  }

  /// What a receiver's behaviour depends on.
  private struct Essence: Hashable {
    var kind: Receiver.Kind
    var vantage: Vantage?
    var port: UInt32
    var approach: Approach
    var address: IPAddress?

    init(_ group: Group, tellsAddressesApart: Bool) {
      kind = group.found.receiver.kind
      vantage = group.found.vantage.map(SourceSelection.essence)
      port = group.port
      approach = group.approach
      address = tellsAddressesApart ? group.address : nil
    }
  }

  /// Where it is, as far as it has an address of its own.
  private func place(of endpoint: Endpoint) -> (IPAddress?, UInt32?) {
    guard let (host, port) = Authority.split(endpoint.address), let address = IPAddress(host) else { return (nil, nil) }
    return (address, port)
  }

  private func joined(_ address: IPAddress, _ port: UInt32) -> String {
    address.isIPv4 ? "\(address):\(port)" : "[\(address)]:\(port)"
  }

  // SAFETY: the text is an address.
  private static let standIn = IPAddress(AddressBook.standIn)!
}
