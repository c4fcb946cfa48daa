import Diagnostics
package import YAML

/// A proxy's settings as the annotation `proxy.istio.io/config` has them: YAML, on top of the mesh's own.
package enum ProxySettings {
  /// Whether a proxy could start with them.
  package static func areGood(_ text: String) -> Bool {
    let (documents, problems) = parseYAML(Array(text.utf8), file: "")
    if problems.contains(where: { $0.severity == .error }) { return false }
    guard let node = documents.first?.node, !node.isNull else { return true }
    return areGood(node)
  }

  package static func areGood(_ node: Node) -> Bool {
    guard let message = Schema.istio.messages["MeshProxyConfig"] else { return true }
    var decoder = Decoder(.lenient)
    guard let decoded = try? decoder.decode(node, message, at: "") else { return false }
    let settings = Part(root: decoded)
    return hasNames(settings) && hasAddresses(settings) && hasNumbers(settings) && isGoodTracing(settings["tracing"])
      && isGoodProvider(settings["privateKeyProvider"])
  }

  /// What may not be taken away again.
  private static func hasNames(_ settings: Part) -> Bool {
    ["configPath", "binaryPath", "serviceCluster", "discoveryAddress"].allSatisfy {
      settings[$0].isAbsent || settings[$0].hasText
    }
  }

  private static func hasAddresses(_ settings: Part) -> Bool {
    let addresses = [
      settings["discoveryAddress"], settings["statsdUdpAddress"], settings["envoyMetricsServiceAddress"],
      settings["envoyMetricsService"]["address"], settings["envoyAccessLogService"]["address"],
    ]
    return addresses.allSatisfy { !$0.hasText || isAddress($0.text) }
  }

  private static func hasNumbers(_ settings: Part) -> Bool {
    for name in ["proxyAdminPort", "statusPort"] where settings[name].isPresent {
      if !(1...65_535).contains(settings[name].number) { return false }
    }
    if settings["drainDuration"].isPresent {
      let drain = settings["drainDuration"].duration
      if drain < 1_000_000_000 || drain % 1_000_000_000 != 0 { return false }
    }
    return ["", "NONE", "MUTUAL_TLS"].contains(settings["controlPlaneAuthPolicy"].text)
  }

  private static func isGoodTracing(_ tracing: Part) -> Bool {
    for name in ["zipkin", "datadog"] where tracing[name].isPresent {
      let marker = "$(HOST_IP)".utf8
      var address = Array(tracing[name]["address"].text.utf8)
      if let place = address.indices.first(where: { address[$0...].starts(with: marker) }) {
        address.replaceSubrange(place..<(place + marker.count), with: "127.0.0.1".utf8)
      }
      if !isAddress(String(decoding: address, as: UTF8.self)) { return false }
    }
    let lightstep = tracing["lightstep"]
    if lightstep.isPresent, !isAddress(lightstep["address"].text) || !lightstep["accessToken"].hasText { return false }
    return isGoodTLS(tracing["tlsSettings"])
  }

  /// What Istio asks of the settings of a client outside of DestinationRules.
  private static func isGoodTLS(_ tls: Part) -> Bool {
    let mode = tls["mode"].text
    let hasAuthorities = tls["caCertificates"].hasText
    if tls["credentialName"].text.utf8.starts(with: "configmap://".utf8) { return false }
    if tls["insecureSkipVerify"].isTrue {
      let isNamed = hasAuthorities || !tls["subjectAltNames"].isEmpty
      if mode == "SIMPLE", isNamed || tls["credentialName"].hasText { return false }
      if mode == "MUTUAL", isNamed { return false }
    }
    if mode == "SIMPLE" || mode == "MUTUAL", tls["credentialName"].hasText {
      return !["clientCertificate", "caCertificates", "privateKey", "caCrl"].contains { tls[$0].hasText }
    }
    return mode != "MUTUAL" || (tls["clientCertificate"].hasText && tls["privateKey"].hasText)
  }

  private static func isGoodProvider(_ provider: Part) -> Bool {
    guard provider.isPresent else { return true }
    let given = [provider["cryptomb"], provider["qat"]].filter(\.isPresent)
    return !given.isEmpty && given.allSatisfy { $0["pollDelay"].isPresent && $0["pollDelay"].duration != 0 }
  }

  private static func isAddress(_ text: String) -> Bool {
    guard let address = HostPort(text), let port = GoNumber.integer(address.port), (1...65_535).contains(port) else {
      return false
    }
    return HostText.problem(inFQDN: address.host) == nil || AddressText.isAddress(address.host)
  }
}
