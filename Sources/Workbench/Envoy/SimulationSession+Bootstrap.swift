import Certificates
package import EnvoyConfig
import ProxyModel

extension SimulationSession {
  /// The proxy that a reference names, as a bootstrap for a real Envoy; servers that end TLS get a throw-away
  /// certificate for their own names.
  package func bootstrap(
    of reference: RequestLine.ProxyReference, _ options: BootstrapOptions, now: Int64
  ) throws(QuestionProblem) -> Bootstrap {
    let configuration = configuration(of: try vantages.vantage(of: reference))
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
