import MeshModel
import ProxyModel

/// The TCP and TLS chains that one port of one service brings to an outbound listener.
struct OutboundTCPChains {
  let routing: NetworkRouting
  let service: MeshService
  let port: MeshService.Port
  /// Set when the service's address is a network (LI-3).
  let destinations: [String]
  /// Whether the listener is bound to every address.
  let isOnWildcard: Bool
  let wildcard: String
  /// Those whose hosts overlap the service's (TL-2), in the order of VS-2.
  let virtualServices: [ResolvedVirtualService]
  /// Names by which an ExternalName Service makes this one known (EN-1).
  let aliases: [String]
  /// Checks in front of a wildcard DYNAMIC_DNS service (corrections 4.2).
  let dynamicDNSChecks: [NetworkFilter]

  func drafts() -> [ChainDraft] {
    port.protocol.isTLS ? tlsDrafts() : tcpDrafts()
  }

  private var conditions: StaticConditions {
    StaticConditions(
      gateway: "mesh", port: port.number, labels: routing.scope.vantage.labels,
      namespace: routing.scope.vantage.namespace)
  }

  /// TL-1 to TL-7.
  private func tlsDrafts() -> [ChainDraft] {
    var drafts: [ChainDraft] = []
    var destinations = destinations
    var handled = Set<[[String]]>()
    var isMatched = false
    for virtualService in virtualServices {
      for (ruleIndex, rule) in virtualService.tls.enumerated() {
        for (matchIndex, match) in rule.match.enumerated() where conditions.hold(for: match) {
          if !match.destinationSubnets.isEmpty, port.number > 0 {
            destinations = match.destinationSubnets  // TL-5: stays for what follows
          }
          guard handled.insert([match.sniHosts, match.destinationSubnets]).inserted else { continue }  // TL-4
          isMatched = true
          let origin = virtualService.origin("spec.tls[\(ruleIndex)].match[\(matchIndex)]")
          guard let proxy = routing.proxy(for: rule.route, listenerPort: port.number, origin: origin) else { continue }
          drafts.append(
            ChainDraft(
              serverNames: match.sniHosts, destinations: destinations, filters: [.tcpProxy(proxy)], origin: origin))
        }
      }
    }
    guard !isMatched else { return drafts }  // TL-6
    var own = ownDraft(destinations: destinations)
    if needsServerName(destinations: destinations) { own.serverNames = [service.hostname] + aliases }
    drafts.append(own)
    return drafts
  }

  /// TL-7.
  private func needsServerName(destinations: [String]) -> Bool {
    var address = service.address
    if address.utf8.contains(UInt8(ascii: "/")) { address = "" }
    if service.registry == .external, address == "0.0.0.0", wildcard == "::" { address = "::" }
    return !destinations.isEmpty || address.isEmpty || (address == wildcard && isOnWildcard) || isWildcardDynamicDNS
  }

  private var isWildcardDynamicDNS: Bool { service.isWildcardDynamicDNS }

  /// TC-1 to TC-4.
  private func tcpDrafts() -> [ChainDraft] {
    var drafts: [ChainDraft] = []
    var hasOwn = false
    scan: for virtualService in virtualServices {
      for (ruleIndex, rule) in virtualService.tcp.enumerated() {
        let field = "spec.tcp[\(ruleIndex)]"
        var subnets: [String] = []
        var first: Origin?
        var isTerminal = rule.match.isEmpty
        for (matchIndex, match) in rule.match.enumerated() where conditions.hold(for: match) {
          let origin = virtualService.origin("\(field).match[\(matchIndex)]")
          if match.destinationSubnets.isEmpty || port.number == 0 {
            isTerminal = true
            first = origin
            break
          }
          first = first ?? origin
          subnets += match.destinationSubnets
        }
        if isTerminal {
          drafts.append(draft(rule, first ?? virtualService.origin(field), destinations))
          hasOwn = true
          break scan
        }
        guard let first else { continue }
        drafts.append(draft(rule, first, subnets))
        // TC-3: the service's own networks are taken, yet the scan goes on.
        if subnets.sorted() == destinations.sorted() { hasOwn = true }
      }
    }
    if !hasOwn { drafts.append(ownDraft(destinations: destinations)) }
    return drafts
  }

  private func draft(_ rule: TCPRoute, _ origin: Origin, _ destinations: [String]) -> ChainDraft {
    let proxy = routing.proxy(for: rule.route, listenerPort: port.number, origin: origin)
    return ChainDraft(
      destinations: destinations, filters: proxy.map { [.tcpProxy($0)] } ?? [], origin: origin)
  }

  /// The chain to the service itself: its only port, else the listener's.
  private func ownDraft(destinations: [String]) -> ChainDraft {
    let number = service.ports.count == 1 ? service.ports[0].number : port.number
    let proxy = NetworkFilter.tcpProxy(routing.proxy(toService: service, port: number))
    var draft = ChainDraft(destinations: destinations, filters: dynamicDNSChecks + [proxy])
    draft.readsServerName = isWildcardDynamicDNS
    return draft
  }
}

extension MeshService {
  /// Its endpoint is found by the name in SNI.
  var isWildcardDynamicDNS: Bool { resolution == .dynamicDNS && HostName.isWildcard(hostname) }
}
