import MeshModel
import ProxyModel

/// An outbound listener while services are still joining it.
struct OutboundListenerEntry {
  struct Key: Hashable {
    var bind: String
    var port: UInt32
  }

  let key: Key
  let bind: OutboundListeners.Bind
  private(set) var chains: [ChainDraft]
  private var conditions: Set<ChainDraft.Condition>
  /// Of whoever came first; `unsupported` once HTTP and TCP are told apart by sniffing.
  var `protocol`: PortProtocol
  /// SC-10: an explicit egress listener takes nobody from the catch-all.
  var isLocked = false
  private var origins: [Origin] = []
  private var known: Set<Origin> = []
  private var notModelled: [NotModelled] = []

  init(key: Key, bind: OutboundListeners.Bind, chains: [ChainDraft], protocol: PortProtocol) {
    self.key = key
    self.bind = bind
    self.chains = chains
    conditions = Set(chains.map(\.condition))
    self.protocol = `protocol`
  }

  /// LI-7: a chain that asks the same as an earlier one is dropped.
  mutating func merge(_ incoming: [ChainDraft]) {
    for chain in incoming where conditions.insert(chain.condition).inserted { chains.append(chain) }
  }

  mutating func note(_ service: MeshService, _ egress: ProxyScope.EgressListener) {
    for origin in [egress.origin, service.origin] {
      if let origin, known.insert(origin).inserted { origins.append(origin) }
    }
  }

  /// LI-7: protocols in which the server speaks first get along with none but themselves.
  func isServerFirst(with other: PortProtocol) -> Bool {
    let pair: [PortProtocol] = [`protocol`, other]
    return `protocol` != other && (pair.contains(.mongo) || pair.contains(.mysql))
  }

  /// LI-6: the chain without a condition comes last; where there is none, what is left passes or is dropped.
  func listener(meshConfig: MeshConfig, fallback: TCPProxy) -> Listener {
    var listener = Listener(name: "\(key.bind)_\(key.port)", address: key.bind, port: key.port)
    listener.bindsToPort = bind.bindsToPort
    listener.origins = origins
    listener.notModelled = notModelled
    listener.inspectsTLS = chains.contains {
      !$0.serverNames.isEmpty || !($0.tls?.applicationProtocols.isEmpty ?? true) || $0.readsServerName
    }
    listener.inspectsHTTP = chains.contains { !$0.applicationProtocols.isEmpty }
    for draft in chains {
      if draft.takesEverything {
        listener.defaultFilterChain = draft.chain()
      } else {
        listener.filterChains.append(draft.chain())
      }
    }
    if let last = listener.defaultFilterChain, listener.filterChains.isEmpty {
      listener.filterChains = [last]
      listener.defaultFilterChain = nil
    } else if listener.defaultFilterChain == nil {
      listener.defaultFilterChain = FilterChain(name: "PassthroughFilterChain", filters: [.tcpProxy(fallback)])
    }
    return listener
  }
}

extension ChainDraft {
  /// Restricts the chain to what the HTTP inspector knows for HTTP (LI-11).
  mutating func sniffHTTP() {
    applicationProtocols += Self.sniffedHTTP
    transportProtocol = "raw_buffer"
  }
}
