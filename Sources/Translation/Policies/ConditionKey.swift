/// What a condition of a policy asks about (AM-10); fields of sources and operations are the same questions.
enum ConditionKey: Hashable, Sendable {
  case host, method, path
  case destinationIP, destinationPort, sni
  /// `experimental.envoy.filters.…`: metadata that no modelled filter writes.
  case filterMetadata
  case sourceIP, remoteIP, namespace, serviceAccount, trustDomain, principal
  case requestPrincipal, audience, presenter
  case header(String)
  case claim([String])

  /// The key of a `when`; nil for an unknown one, whose rule is left out.
  init?(_ key: String) {
    switch key {
    case "source.ip": self = .sourceIP
    case "remote.ip": self = .remoteIP
    case "source.namespace": self = .namespace
    case "source.serviceAccount": self = .serviceAccount
    case "source.trustDomain": self = .trustDomain
    case "source.principal": self = .principal
    case "request.auth.principal": self = .requestPrincipal
    case "request.auth.audiences": self = .audience
    case "request.auth.presenter": self = .presenter
    case "destination.ip": self = .destinationIP
    case "destination.port": self = .destinationPort
    case "connection.sni": self = .sni
    default:
      if key.utf8.starts(with: "experimental.envoy.filters.".utf8) {
        self = .filterMetadata
      } else if let name = Self.bracketed(key, after: "request.headers") {
        self = .header(name)
      } else if let path = Self.bracketed(key, after: "request.auth.claims") {
        self = .claim(Self.nested(path))
      } else {
        return nil
      }
    }
  }

  var isAboutOperation: Bool {
    switch self {
    case .host, .method, .path, .destinationIP, .destinationPort, .sni, .filterMetadata: true
    case .sourceIP, .remoteIP, .namespace, .serviceAccount, .trustDomain, .principal, .requestPrincipal, .audience,
      .presenter, .header, .claim:
      false
    }
  }

  /// What stands between the first bracket and the last.
  private static func bracketed(_ key: String, after prefix: String) -> String? {
    let bytes = key.utf8
    guard bytes.starts(with: prefix.utf8) else { return nil }
    let rest = bytes.dropFirst(prefix.utf8.count)
    guard rest.count >= 2, rest.first == UInt8(ascii: "["), rest.last == UInt8(ascii: "]") else { return nil }
    return String(Substring(rest.dropFirst().dropLast()))
  }

  /// `a][b` is the claim `b` inside `a`; with brackets in any other place it is one name.
  private static func nested(_ text: String) -> [String] {
    var parts: [[UInt8]] = [[]]
    var isInside = true
    for byte in text.utf8 {
      switch (byte, isInside) {
      case (UInt8(ascii: "]"), true): isInside = false
      case (UInt8(ascii: "["), false):
        isInside = true
        parts.append([])
      case (UInt8(ascii: "["), true), (_, false): return [text]
      case (_, true): parts[parts.count - 1].append(byte)
      }
    }
    return isInside ? parts.map { String(decoding: $0, as: UTF8.self) } : [text]
  }
}
