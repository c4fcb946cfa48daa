import MeshModel
import ProxyModel

extension Translator {
  /// EV-1, step 6.
  func translateInbound(_ vantage: Vantage, _ demand: Demand, into result: inout ProxyConfiguration) {
    let scope = scope(for: vantage)
    var sidecar: Sidecar?
    if case .sidecar(let written)? = scope.sidecar?.content { sidecar = written }
    let ports = InboundPorts(
      targets: registry.targets(of: vantage), sidecar: sidecar, sidecarID: scope.sidecar?.id, vantage: vantage,
      meshConfig: snapshot.meshConfig)
    let served = ports.ports().filter { port in demand.wantedPort.map { $0 == port.number } ?? true }
    result.take(inboundListeners(ports, served), for: .everything)

    let clusters = InboundClusters(scope: scope, ports: ports, meshConfig: snapshot.meshConfig)
    for cluster in served.map(clusters.cluster) + [clusters.passthrough] { result.clusters[cluster.name] = cluster }
    let outbound = result.referencedClusters.subtracting(result.clusters.keys)
    for cluster in self.clusters(for: scope, names: outbound) { result.clusters[cluster.name] = cluster }
    extensions.note(in: &result)
  }

  /// The virtual listener, and those that a Sidecar opens for themselves.
  private func inboundListeners(_ ports: InboundPorts, _ served: [InboundPort]) -> [Listener] {
    let vantage = ports.vantage
    let modes = peerAuthentications.effective(namespace: vantage.namespace, labels: vantage.labels)
    let chains = InboundChains(
      meshConfig: snapshot.meshConfig, policies: policies.filters(for: vantage, isGateway: false),
      trustDomains: policies.trustDomains.names)
    let own = UInt32(clamping: snapshot.meshConfig.proxyInboundListenPort ?? 15006)
    var virtual = Listener(name: "virtualInbound", address: ports.wildcard, port: own)
    virtual.filterChains = [InboundChains.blackhole(port: own)]
    // PA-4: a port with a mode of its own that nobody declared.
    let undeclared = [0] + modes.ports.keys.filter { !ports.declares($0) }.sorted()
    for number in undeclared {
      let port = InboundPort(
        number: number, port: MeshService.Port(number: 0, name: "", protocol: .unsupported), service: nil, bind: "")
      let mode = number == 0 ? .init(mode: modes.mode, origin: modes.origin) : modes.mode(ofPort: number)
      virtual.filterChains += chains.chains(of: port, mode: mode)
    }
    var others: [Listener] = []
    for port in served {
      let built = chains.chains(of: port, mode: modes.mode(ofPort: port.number))
      if port.bindsToPort {
        var listener = Listener(name: "\(port.bind)_\(port.number)", address: port.bind, port: port.number)
        listener.filterChains = built
        others.append(listener)
      } else {
        virtual.filterChains += built
      }
    }
    return ([virtual] + others).map { listener in
      var listener = listener
      listener.bindsToPort = true
      listener.inspectForChains()
      return listener
    }
  }
}

extension Listener {
  /// The inspectors run on the ports that have a use for them; what holds for no port in particular holds for the rest.
  fileprivate mutating func inspectForChains() {
    var needs: [UInt32: (tls: Bool, http: Bool)] = [:]
    for chain in filterChains {
      let port = chain.match.destinationPort ?? 0
      let known = needs[port] ?? (false, false)
      let readsHTTP = chain.match.applicationProtocols.contains { $0 == "http/1.1" || $0 == "h2c" }
      needs[port] = (known.tls || chain.match.transportProtocol == "tls", known.http || readsHTTP)
    }
    inspectsTLS = needs[0]?.tls ?? false
    portsInspectedOtherwiseForTLS = Set(needs.filter { $0.key != 0 && $0.value.tls != inspectsTLS }.keys)
    inspectsHTTP = needs.values.contains { $0.http }
    portsInspectedOtherwiseForHTTP = inspectsHTTP ? Set(needs.filter { $0.key != 0 && !$0.value.http }.keys) : []
  }
}
