import MeshModel
import ProxyModel

/// A filter chain while listeners are still being put together: what it asks of a connection is kept as it was written.
struct ChainDraft: Sendable {
  /// `*` among them means any name (FM-3).
  var serverNames: [String] = []
  /// Addresses and networks, as written.
  var destinations: [String] = []
  var applicationProtocols: [String] = []
  var transportProtocol = ""
  var tls: DownstreamTLS?
  var filters: [NetworkFilter] = []
  var origin: Origin?
  /// The chain reads the SNI although it does not match on it (DYNAMIC_DNS).
  var readsServerName = false
  var notModelled: [NotModelled] = []

  /// Plaintext HTTP as the HTTP inspector reports it (LI-11).
  static let sniffedHTTP = ["http/1.1", "h2c"]

  /// Whether the chain takes every connection; such a one becomes the default chain (LI-6).
  var takesEverything: Bool {
    (serverNames.isEmpty || serverNames.contains("*")) && applicationProtocols.isEmpty && transportProtocol.isEmpty
      && destinations.isEmpty
  }

  /// LI-7: of two chains with the same condition the later one is dropped.
  var condition: Condition {
    Condition(
      serverNames: Set(serverNames).subtracting(["*"]), networks: Set(networks),
      applicationProtocols: applicationProtocols, transportProtocol: transportProtocol)
  }

  struct Condition: Hashable, Sendable {
    var serverNames: Set<String>
    var networks: Set<CIDRBlock>
    var applicationProtocols: [String]
    var transportProtocol: String
  }

  /// The written networks that can be told apart: unreadable and unspecified ones count for nothing.
  private var networks: [CIDRBlock] {
    destinations.sorted().compactMap { text in
      guard let block = CIDRBlock(text), !Self.isUnspecified(text) else { return nil }
      return block
    }
  }

  private static func isUnspecified(_ text: String) -> Bool {
    text.utf8.starts(with: "0.0.0.0".utf8)
      && (text.utf8.count == 7 || text.utf8.dropFirst(7).first == UInt8(ascii: "/"))
  }

  /// The condition as Envoy gets it.
  var match: FilterChainMatch {
    var match = FilterChainMatch()
    guard !takesEverything else { return match }
    match.applicationProtocols = applicationProtocols
    match.transportProtocol = transportProtocol
    if !serverNames.contains("*") { match.serverNames = serverNames.sorted() }
    match.prefixRanges = networks
    return match
  }

  func chain(named name: String = "") -> FilterChain {
    var chain = FilterChain(name: name, match: match, tls: tls, filters: filters, origin: origin)
    chain.notModelled = notModelled
    return chain
  }
}
