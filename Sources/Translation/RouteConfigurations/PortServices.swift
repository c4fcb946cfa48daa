import MeshModel

/// The services of an egress listener that have one port, each trimmed to it (RD-2).
struct PortServices {
  /// In the listener's order.
  private(set) var services: [MeshService] = []
  private var places: [String: Int] = [:]
  private var wildcards: [String] = []

  /// - Parameter port: nil for a proxy port or a socket, where services keep all their ports.
  init(_ all: [MeshService], port: UInt32?) {
    for var service in all {
      if let port {
        guard let trimmed = service.trimmed(toPort: port) else { continue }
        service = trimmed
        service.hostname = service.hostname.lowercased()  // HN-8
      }
      if let place = places[service.hostname] {
        // The later of two objects counts; of several addresses of one ServiceEntry, the first does.
        if services[place].origin.object != service.origin.object { services[place] = service }
        continue
      }
      places[service.hostname] = services.count
      services.append(service)
      if HostName.isWildcard(service.hostname) { wildcards.append(service.hostname) }
    }
  }

  subscript(host: String) -> MeshService? {
    places[host].map { services[$0] }
  }

  func place(of host: String) -> Int? { places[host] }

  /// NH-2: whether a host of the VirtualService has a name in common with a service here.
  func concern(_ virtualService: ResolvedVirtualService) -> Bool {
    virtualService.hosts.contains { host in
      let host = host.lowercased()
      if places[host] != nil { return true }
      if HostName.isWildcard(host) { return services.contains { HostName.overlap(host, $0.hostname) } }
      return wildcards.contains { HostName.overlap(host, $0) }
    }
  }
}
