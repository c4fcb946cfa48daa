import ProxyModel

/// Which filter chain takes a connection: each step narrows, and none is taken back (FM-1).
struct FilterChainSelection {
  /// nil: no chain, not even the default one.
  var chain: FilterChain?
  var isDefault = false

  init(_ listener: Listener, _ connection: Connection, _ inspection: Inspection, trace: inout Trace?) {
    var verdicts: [Trace.ChainVerdict?] = Array(repeating: nil, count: trace == nil ? 0 : listener.filterChains.count)
    var left = Array(listener.filterChains.indices)
    let chains = listener.filterChains

    func keep(
      _ kept: [Int], _ reason: (FilterChainMatch) -> Trace.ChainVerdict, _ verdicts: inout [Trace.ChainVerdict?]
    ) {
      if !verdicts.isEmpty {
        for place in left where !kept.contains(place) { verdicts[place] = reason(chains[place].match) }
      }
      left = kept
    }

    let port = connection.port
    let samePort = left.filter { chains[$0].match.destinationPort == port }
    let byPort = samePort.isEmpty ? left.filter { chains[$0].match.destinationPort == nil } : samePort
    keep(byPort, { .destinationPort($0.destinationPort ?? 0) }, &verdicts)
    keep(Self.longestPrefix(left, chains, connection.destination), { _ in .destinationAddress }, &verdicts)
    keep(Self.bestName(left, chains, inspection.serverName), { _ in .serverName }, &verdicts)
    let sameTransport = left.filter { chains[$0].match.transportProtocol == inspection.transportProtocol }
    let byTransport = sameTransport.isEmpty ? left.filter { chains[$0].match.transportProtocol.isEmpty } : sameTransport
    keep(byTransport, { .transportProtocol(wanted: $0.transportProtocol) }, &verdicts)
    keep(
      Self.byProtocol(left, chains, inspection.applicationProtocols),
      { .applicationProtocols(wanted: $0.applicationProtocols) }, &verdicts)

    if let place = left.first {
      chain = chains[place]
    } else {
      chain = listener.defaultFilterChain
      isDefault = chain != nil
    }
    guard trace != nil else { return }
    for place in chains.indices {
      let verdict = verdicts[place] ?? (place == left.first ? .chosen : .destinationAddress)
      trace?.steps.append(.filterChain(name: chains[place].name, verdict: verdict))
    }
    if isDefault, let chain { trace?.steps.append(.filterChain(name: chain.name, verdict: .chosenAsDefault)) }
  }

  /// The chains of the longest prefix that holds the address; a chain without prefixes counts as length 0.
  private static func longestPrefix(_ left: [Int], _ chains: [FilterChain], _ address: IPAddress) -> [Int] {
    var best = -1
    var kept: [Int] = []
    for place in left {
      let ranges = chains[place].match.prefixRanges
      var length = ranges.isEmpty ? 0 : -1
      for range in ranges where range.contains(address) { length = max(length, range.length) }
      guard length >= 0, length >= best else { continue }
      if length > best {
        best = length
        kept = []
      }
      kept.append(place)
    }
    return kept
  }

  /// The exact name, else the longest wildcard, else the chains without names.
  private static func bestName(_ left: [Int], _ chains: [FilterChain], _ name: String) -> [Int] {
    guard left.contains(where: { !chains[$0].match.serverNames.isEmpty }) else { return left }
    if !name.isEmpty {
      let exact = left.filter { chains[$0].match.serverNames.contains(name) }
      if !exact.isEmpty { return exact }
      var rest = Substring(name).utf8.dropFirst()
      while let dot = rest.firstIndex(of: UInt8(ascii: ".")) {
        let suffix = rest[dot...]
        guard suffix.count > 1 else { break }
        let wildcard = "*" + String(decoding: suffix, as: UTF8.self)
        let found = left.filter { chains[$0].match.serverNames.contains(wildcard) }
        if !found.isEmpty { return found }
        rest = suffix.dropFirst()
      }
    }
    return left.filter { chains[$0].match.serverNames.isEmpty || chains[$0].match.serverNames.contains("*") }
  }

  /// The first protocol of the client that any chain names, else the chains without protocols.
  private static func byProtocol(_ left: [Int], _ chains: [FilterChain], _ offered: [String]) -> [Int] {
    for name in offered {
      let found = left.filter { chains[$0].match.applicationProtocols.contains(name) }
      if !found.isEmpty { return found }
    }
    return left.filter { chains[$0].match.applicationProtocols.isEmpty }
  }
}
