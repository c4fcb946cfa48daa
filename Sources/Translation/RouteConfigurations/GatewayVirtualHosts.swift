import MeshModel
import ProxyModel

/// The virtual hosts of one gateway route configuration while its servers and VirtualServices come together.
struct GatewayVirtualHosts {
  /// What one VirtualService brings through one Gateway (GV-4).
  struct Part: Hashable {
    var gateway: String
    var virtualService: ObjectID
  }

  /// The routes of every part that is used.
  var routes: [Part: [Route]] = [:]
  private var hosts: [String: Draft] = [:]

  private struct Draft {
    var name: String
    var parts: [Part] = []
    var requiresTLS = false
    var origin: Origin?
    var notModelled: [NotModelled] = []
  }

  /// GM-1, GM-2: behind what the host has already.
  mutating func add(
    _ part: Part, of virtualService: ResolvedVirtualService, to host: String, port: UInt32, redirects: Bool
  ) {
    var draft = hosts[host] ?? Draft(name: VirtualHostName.name(host, port: port), origin: virtualService.origin(""))
    draft.parts.append(part)
    draft.requiresTLS = draft.requiresTLS || redirects
    draft.notModelled += virtualService.notModelled
    hosts[host] = draft
  }

  /// GV-7: a host that plaintext requests are sent away from, with or without routes.
  mutating func redirect(_ host: String, port: UInt32) {
    var draft = hosts[host] ?? Draft(name: VirtualHostName.name(host, port: port))
    draft.requiresTLS = true
    hosts[host] = draft
  }

  /// GV-10: hosts with the same routes become one, under the most specific name; sorted by name.
  func merged() -> [VirtualHost] {
    struct Key: Hashable {
      var parts: [Part]
      var requiresTLS: Bool
    }
    var places: [Key: Int] = [:]
    var result: [VirtualHost] = []
    for host in hosts.keys.sorted(by: { HostName.isMoreSpecific($0, than: $1) }) {
      guard let draft = hosts[host] else { continue }
      let key = Key(parts: draft.parts, requiresTLS: draft.requiresTLS)
      if let place = places[key] {
        result[place].domains.append(host)
        continue
      }
      places[key] = result.count
      var virtualHost = VirtualHost(
        name: draft.name, domains: [host], routes: sorted(draft.parts), requiresTLS: draft.requiresTLS,
        origin: draft.origin)
      virtualHost.notModelled = draft.notModelled
      result.append(virtualHost)
    }
    return result.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// GM-1: what catches everything goes last, the order stays otherwise.
  private func sorted(_ parts: [Part]) -> [Route] {
    let all = parts.flatMap { routes[$0] ?? [] }
    if parts.count == 1, all.dropLast().allSatisfy({ !$0.match.isCatchAll }) { return all }
    return all.filter { !$0.match.isCatchAll } + all.filter { $0.match.isCatchAll }
  }
}
