/// Which virtual host a domain belongs to: the first that asks for it (CF-1, RD-10).
struct DomainClaims {
  private var names: Set<String> = []
  private var domains: Set<String> = []
  /// Full names of services that have a virtual host.
  private var services: Set<String> = []

  /// Says whether the name was still free.
  mutating func claim(name: String) -> Bool {
    names.insert(name).inserted
  }

  mutating func note(service hostname: String, port: UInt32) {
    services.insert(hostname)
    services.insert(VirtualHostName.name(hostname, port: port))
  }

  /// The wanted domains that were still free, claimed from now on.
  mutating func claim(_ wanted: ServiceDomains.Result) -> [String] {
    wanted.domains.filter { domain in
      let key = domain.lowercased()
      if domains.contains(key) { return false }
      if wanted.shortForms.contains(domain), services.contains(domain) { return false }
      domains.insert(key)
      return true
    }
  }

  mutating func claim(_ wanted: [String]) -> [String] {
    claim(ServiceDomains.Result(domains: wanted))
  }
}
