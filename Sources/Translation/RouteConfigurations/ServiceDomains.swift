import MeshModel
import ProxyModel

/// The domains under which clients of one namespace reach services (RD-5 to RD-8).
struct ServiceDomains {
  let clientNamespace: String

  struct Result {
    var domains: [String] = []
    /// Those that are short forms, and yield to a service of that very name (RD-10).
    var shortForms: Set<String> = []
  }

  /// - Parameter port: given where domains carry a port as well (RD-6).
  func domains(of service: MeshService, appending port: UInt32?) -> Result {
    var result = Result()
    for host in [service.hostname] + service.aliases.map(\.hostname) {
      add(host, port, to: &result.domains)
      var short: [String] = []
      addShortForms(of: host, port, to: &short)
      result.domains += short
      result.shortForms.formUnion(short)
    }
    if service.resolution == .passthrough, service.registry == .kubernetes {
      result.domains += result.domains.map { "*." + $0 }  // RD-8
    }
    for address in [service.address] + service.extraAddresses where !address.isEmpty && address != "0.0.0.0" {
      add(address, port, to: &result.domains)
    }
    return result
  }

  /// Every name of an ExternalName Service that a client may put into SNI (TL-7).
  func names(ofAlias host: String) -> [String] {
    var names = [host]
    addShortForms(of: host, nil, to: &names)
    return names
  }

  private func add(_ host: String, _ port: UInt32?, to domains: inout [String]) {
    domains.append(VirtualHostName.bracketed(host))
    if let port { domains.append(VirtualHostName.name(host, port: port)) }
  }

  /// The dotted full name, and for names of the cluster the forms that its DNS search list completes.
  private func addShortForms(of host: String, _ port: UInt32?, to domains: inout [String]) {
    if IPAddress(host) == nil { domains.append(host + ".") }
    if let port { domains.append(VirtualHostName.name(host + ".", port: port)) }
    guard let (name, namespace) = Self.parts(of: host) else { return }
    let qualified = name + "." + namespace
    if namespace == clientNamespace {
      add(name, port, to: &domains)
      add(qualified + ".svc", port, to: &domains)
      add(qualified, port, to: &domains)
    } else {
      add(qualified, port, to: &domains)
      add(qualified + ".svc", port, to: &domains)
    }
  }

  private static let suffix = ".svc." + ShortName.clusterDomain

  /// `name` and `namespace` of `name.namespace.svc.cluster.local`; the namespace is all up to the first `.svc.`.
  private static func parts(of host: String) -> (name: String, namespace: String)? {
    guard host.utf8.count > suffix.utf8.count, host.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) else {
      return nil
    }
    let utf8 = host.utf8
    guard let dot = utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
    // The suffix is there, so the search ends.
    var start = utf8.index(after: dot)
    while let next = utf8[start...].firstIndex(of: UInt8(ascii: ".")) {
      let rest = utf8[next...]
      if rest.starts(with: ".svc.".utf8) {
        return (String(host[..<dot]), String(host[utf8.index(after: dot)..<next]))
      }
      start = utf8.index(after: next)
    }
    return nil
  }
}
