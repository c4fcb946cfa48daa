import Certificates
package import EnvoyConfig
package import ProxyModel

extension SimulationSession {
  /// A workload's proxy as a bootstrap for a real Envoy; servers that end TLS get a throw-away certificate for their
  /// own names, good for a day from `now` (seconds since 1970).
  package func bootstrap(of vantage: Vantage, _ options: BootstrapOptions, now: Int64) -> Bootstrap {
    let configuration = configuration(of: vantage)
    var options = options
    let names = configuration.terminatedServerNames
    if options.certificate == nil, !names.isEmpty, let made = try? ThrowawayCertificate(names: names, now: now) {
      options.certificate = BootstrapOptions.CertificatePair(
        certificate: made.certificate, privateKey: made.privateKey)
    }
    return configuration.bootstrap(options)
  }
}

extension ProxyConfiguration {
  /// Names for which some listener ends TLS, sorted; `localhost` stands for servers without a name.
  fileprivate var terminatedServerNames: [String] {
    var names: Set<String> = []
    for listener in listeners {
      for chain in listener.filterChains + [listener.defaultFilterChain].compactMap({ $0 }) where chain.tls != nil {
        names.formUnion(chain.match.serverNames.isEmpty ? ["localhost"] : chain.match.serverNames)
      }
    }
    return names.sorted()
  }
}
