import MeshModel

/// The mesh's own trust domain and those that stand for it (AM-12).
struct TrustDomains: Sendable {
  /// The own one first.
  let names: [String]

  init(_ meshConfig: MeshConfig) {
    names = [meshConfig.trustDomainName] + meshConfig.trustDomainAliases
  }

  /// Principals of the mesh's own domain, or of `cluster.local`, are written once for every name of the domain.
  func expanded(principals: [String]) -> [String] {
    principals.flatMap { principal -> [String] in
      let parts = principal.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 5, parts[0] != "*" else { return [principal] }
      guard isKnown(parts[0]) || parts[0] == "cluster.local" else { return [principal] }
      var result: [String] = []
      for name in names {
        let renamed = Self.isTail(name, parts[0]) ? principal : ([name] + parts[1...]).joined(separator: "/")
        if !result.contains(renamed) { result.append(renamed) }
      }
      return result
    }
  }

  func expanded(domains: [String]) -> [String] {
    var result: [String] = []
    for domain in domains {
      for name in names.contains(domain) ? names : [domain] where !result.contains(name) { result.append(name) }
    }
    return result
  }

  private func isKnown(_ domain: String) -> Bool {
    names.contains { name in
      name == domain || name == "*" || Self.isHead(domain, name) || Self.isHead(name, domain)
        || Self.isTail(domain, name) || Self.isTail(name, domain)
    }
  }

  /// Whether `pattern` is `x*` and the text begins with `x`.
  private static func isHead(_ text: String, _ pattern: String) -> Bool {
    pattern.utf8.last == UInt8(ascii: "*") && text.utf8.starts(with: pattern.utf8.dropLast())
  }

  /// Whether `pattern` is `*x` and the text ends with `x`.
  private static func isTail(_ text: String, _ pattern: String) -> Bool {
    guard pattern.utf8.first == UInt8(ascii: "*") else { return false }
    let tail = pattern.utf8.dropFirst()
    return text.utf8.count >= tail.count && text.utf8.suffix(tail.count).elementsEqual(tail)
  }
}
