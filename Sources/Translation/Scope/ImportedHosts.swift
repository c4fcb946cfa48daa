import MeshModel

/// The `hosts` of an egress listener, by namespace (SC-4).
struct ImportedHosts {
  private var byNamespace: [String: Hosts] = [:]

  init(_ hosts: [String], ownNamespace: String) {
    for text in hosts {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      let namespace = parts[0] == "." ? ownNamespace : String(parts[0])
      byNamespace[namespace, default: Hosts()].add(String(parts[1]))
    }
  }

  /// SC-5: the explicit entry of the service's namespace comes before `*`.
  func selects(_ service: MeshService) -> Hosts? {
    if let own = byNamespace[service.namespace], own.covers(service.hostname) { return own }
    if let any = byNamespace["*"], any.covers(service.hostname) { return any }
    return nil
  }

  /// SC-6.
  func selects(_ virtualService: ResolvedVirtualService) -> Bool {
    [byNamespace[virtualService.id.namespace], byNamespace["*"]].contains { hosts in
      guard let hosts else { return false }
      return virtualService.hosts.contains { hosts.overlap($0) }
    }
  }

  struct Hosts {
    private var exact: Set<String> = []
    private var wildcards: [String] = []

    mutating func add(_ host: String) {
      if HostName.isWildcard(host) { wildcards.append(host) } else { exact.insert(host) }
    }

    func covers(_ host: String) -> Bool {
      exact.contains(host) || wildcards.contains { HostName.isSubset(host, of: $0) }
    }

    func overlap(_ host: String) -> Bool {
      if exact.contains(host) || wildcards.contains(where: { HostName.overlap(host, $0) }) { return true }
      return HostName.isWildcard(host) && exact.contains { HostName.overlap(host, $0) }
    }
  }
}
