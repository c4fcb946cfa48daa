import MeshModel

/// For each service the VirtualService whose host names it most specifically (WC-1).
struct WildcardOwners {
  private var table = HostTable<ObjectID>()

  /// - Parameter virtualServices: in the order of VS-2: the first of equal hosts counts.
  init(_ virtualServices: [ResolvedVirtualService]) {
    let hasWildcards = virtualServices.contains { $0.hosts.contains(where: HostName.isWildcard) }
    guard hasWildcards else { return }  // Only asked about wildcard hosts.
    for virtualService in virtualServices {
      for host in virtualService.hosts where table[host] == nil { table[host] = virtualService.id }
    }
  }

  func owner(of service: String) -> ObjectID? {
    table.mostSpecific(for: service)?.value
  }
}
