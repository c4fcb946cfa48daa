import MeshModel

/// The external authorizers of the mesh configuration that can be asked (AZ-6).
struct AuthorizerDirectory: Sendable {
  private var usable: [String: Authorizer] = [:]

  struct Authorizer: Sendable {
    var cluster: String
    var speaksGRPC: Bool
    var failsOpen: Bool
    var statusOnError: UInt32?
  }

  /// `hosts`: the namespaces that have a service of a hostname.
  init(_ providers: [ExtensionProvider], namespaces: (_ hostname: String) -> Set<String>) {
    var seen: Set<String> = []
    for provider in providers {
      guard let settings = provider.envoyExtAuthzHttp ?? provider.envoyExtAuthzGrpc else { continue }
      let isRepeated = !seen.insert(provider.name).inserted
      usable[provider.name] = nil
      guard !isRepeated, Self.isName(provider.name), (1...65535).contains(settings.port),
        let host = Self.host(settings.service, namespaces), let status = Self.status(settings.statusOnError)
      else { continue }
      let isHTTP = provider.envoyExtAuthzHttp != nil
      if isHTTP, !Self.isSound(settings) { continue }
      usable[provider.name] = Authorizer(
        cluster: NetworkRouting.clusterName(host, port: settings.port), speaksGRPC: !isHTTP,
        failsOpen: settings.failOpen, statusOnError: status == 0 ? nil : status)
    }
  }

  subscript(name: String) -> Authorizer? { usable[name] }

  /// `host`, which one namespace must have, or `namespace/host`.
  private static func host(_ service: String, _ namespaces: (String) -> Set<String>) -> String? {
    let parts = service.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2 { return namespaces(parts[1]).contains(parts[0]) ? parts[1] : nil }
    return namespaces(service).count == 1 ? service : nil
  }

  /// 0 when none is given; nil when it is no status that Envoy knows.
  private static func status(_ text: String) -> UInt32? {
    guard !text.isEmpty else { return 0 }
    guard let status = UInt32(text), (100...511).contains(status) else { return nil }
    return status
  }

  private static func isSound(_ settings: ExternalAuthorizer) -> Bool {
    let lists =
      settings.includeRequestHeadersInCheck + settings.headersToUpstreamOnAllow + settings.headersToDownstreamOnDeny
      + settings.headersToDownstreamOnAllow
    guard !lists.contains("*") else { return false }
    return settings.pathPrefix.isEmpty || settings.pathPrefix.utf8.first == UInt8(ascii: "/")
  }

  /// A DNS label: lower-case letters, digits and inner hyphens.
  private static func isName(_ name: String) -> Bool {
    let hyphen = UInt8(ascii: "-")
    guard (1...63).contains(name.utf8.count), name.utf8.first != hyphen, name.utf8.last != hyphen else { return false }
    return name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == hyphen }
  }
}
