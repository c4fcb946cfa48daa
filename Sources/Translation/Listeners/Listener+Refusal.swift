import ProxyModel

extension Listener {
  /// Envoy refuses a listener when a connection could fit two of its chains equally well, and when a name in SNI has a
  /// `*` other than a leading `*.` (corrections 5.9).
  var isRefusedByEnvoy: Bool {
    var seen = Set<MatchPoint>()
    for chain in filterChains {
      for name in chain.match.serverNames where Self.isPartialWildcard(name) { return true }
      for point in MatchPoint.all(of: chain.match) where !seen.insert(point).inserted { return true }
    }
    return false
  }

  private static func isPartialWildcard(_ name: String) -> Bool {
    let bytes = name.utf8
    guard bytes.contains(UInt8(ascii: "*")) else { return false }
    return !bytes.starts(with: "*.".utf8) || bytes.dropFirst(2).contains(UInt8(ascii: "*"))
  }
}

/// One combination of a chain's alternatives; Envoy keeps one chain for each.
private struct MatchPoint: Hashable {
  var port: UInt32?
  var network: CIDRBlock?
  var serverName: String
  var transportProtocol: String
  var applicationProtocol: String

  static func all(of match: FilterChainMatch) -> [MatchPoint] {
    let networks: [CIDRBlock?] = match.prefixRanges.isEmpty ? [nil] : match.prefixRanges
    let names = match.serverNames.isEmpty ? [""] : match.serverNames
    let protocols = match.applicationProtocols.isEmpty ? [""] : match.applicationProtocols
    return networks.flatMap { network in
      names.flatMap { name in
        protocols.map { application in
          MatchPoint(
            port: match.destinationPort, network: network, serverName: name,
            transportProtocol: match.transportProtocol, applicationProtocol: application)
        }
      }
    }
  }
}
