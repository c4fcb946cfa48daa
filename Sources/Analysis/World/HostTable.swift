import Validation

/// The hosts of ServiceEntries and Services, by who can see them.
package struct HostTable {
  package struct Target {
    package var ports: [Int64]
    package var workloadLabels: [String: String]
    package var resource: Resource
  }

  private struct Key: Hashable {
    var scope: String
    var host: String
  }

  private var targets: [Key: Target] = [:]
  private var wildcards: [(key: Key, target: Target)] = []

  init(entries: [Resource], services: [Resource]) {
    for entry in entries { add(entry) }
    for service in services { add(service: service) }
    wildcards = targets.filter { HostText.isWildcard($0.key.host) }.map { ($0.key, $0.value) }
      .sorted { ($0.key.host, $0.key.scope) < ($1.key.host, $1.key.scope) }
  }

  private mutating func add(_ entry: Resource) {
    let exports = entry.spec["exportTo"].items.map(\.text)
    let target = Target(
      ports: entry.spec["ports"].items.map { $0["number"].number },
      workloadLabels: entry.spec["workloadSelector"]["labels"].texts, resource: entry)
    let scopes =
      exports.isEmpty || exports.contains("*") ? ["*"] : exports.map { $0 == "." ? entry.namespace : $0 }
    for host in entry.spec["hosts"].items {
      let name = Self.fullHost(host.text, near: entry.namespace)
      for scope in scopes { targets[Key(scope: scope, host: name)] = target }
    }
  }

  private mutating func add(service: Resource) {
    let target = Target(
      ports: service.spec["ports"].items.map { $0["port"].number }, workloadLabels: [:], resource: service)
    let given = service.annotations["networking.istio.io/exportTo"] ?? ""
    let scopes =
      given.utf8.isEmpty
      ? ["*"]
      : given.split(separator: ",").map { part in
        let text = String(part.drop { $0.isWhitespace }.prefix { !$0.isWhitespace })
        return text == "." ? service.namespace : text
      }
    let name = Self.fullHost(service.name, near: service.namespace)
    for scope in scopes { targets[Key(scope: scope, host: name)] = target }
  }

  /// What somebody in a namespace reaches under a host's name.
  package func find(_ host: String, near namespace: String, exportTo: [String]) -> Target? {
    let name = Self.fullHost(host, near: namespace)
    if let found = targets[Key(scope: "*", host: name)] { return found }
    for scope in exportTo.isEmpty ? [namespace] : exportTo {
      if let found = targets[Key(scope: scope == "." ? namespace : scope, host: name)] { return found }
    }
    let own = HostText.isWildcard(host) ? Substring(host.dropFirst()).utf8 : Substring(host).utf8
    return wildcards.first { key, _ in
      let suffix = key.host.utf8.dropFirst()
      return (key.scope == "*" || key.scope == namespace) && own.count >= suffix.count
        && own.suffix(suffix.count).elementsEqual(suffix)
    }?.target
  }

  /// Short names stand for Services near by.
  package static func fullHost(_ host: String, near namespace: String) -> String {
    if HostText.isWildcard(host) || host.utf8.contains(UInt8(ascii: ".")) { return host }
    return "\(host).\(namespace).svc.cluster.local"
  }

  /// The Service that a host's name stands for; other names are taken for names near by.
  package static func serviceName(_ host: String, near namespace: String) -> FullName {
    let tail = ".svc.cluster.local".utf8
    guard host.utf8.count > tail.count, host.utf8.suffix(tail.count).elementsEqual(tail) else {
      return FullName(namespace, host)
    }
    let rest = host.utf8.dropLast(tail.count)
    guard let dot = rest.lastIndex(of: UInt8(ascii: ".")), dot != rest.startIndex,
      rest.index(after: dot) != rest.endIndex
    else { return FullName(namespace, host) }
    return FullName(String(Substring(rest[rest.index(after: dot)...])), String(Substring(rest[..<dot])))
  }
}
