import MeshModel
import ProxyModel

extension Translator {
  /// What the proxy of a vantage sees.
  func scope(for vantage: Vantage) -> ProxyScope {
    switch vantage.kind {
    case .gateway: gatewayScope(vantage)
    case .sidecar, .inbound: sidecarScope(vantage)
    }
  }

  /// SC-2.
  private func gatewayScope(_ vantage: Vantage) -> ProxyScope {
    var scope = ProxyScope(
      vantage: vantage, sidecar: nil, outboundTrafficPolicy: meshTrafficPolicy, destinationRules: destinationRules)
    let services = registry.visible(from: vantage.namespace)
    for service in services { scope.add(service) }
    scope.egress = [
      ProxyScope.EgressListener(
        port: nil, bind: "", captureMode: .default, services: services, virtualServices: [], origin: nil)
    ]
    return scope
  }

  private func sidecarScope(_ vantage: Vantage) -> ProxyScope {
    let object = sidecars.sidecar(namespace: vantage.namespace, labels: vantage.labels)
    var written: Sidecar?
    if case .sidecar(let sidecar)? = object?.content { written = sidecar }
    var scope = ProxyScope(
      vantage: vantage, sidecar: object, outboundTrafficPolicy: trafficPolicy(of: written),
      destinationRules: destinationRules)
    let visible = registry.visible(from: vantage.namespace)
    let virtual = virtualServices.selected(gateway: ShortName.meshGateway, from: vantage.namespace)
    for (place, listener) in egressListeners(of: written).enumerated() {
      let hosts = ImportedHosts(listener.hosts, ownNamespace: vantage.namespace)
      let matchesPort = listener.wantsOnePort
      let imported = importedServices(visible, hosts, listener, from: vantage.namespace)
      let routes = virtual.filter(hosts.selects)
      for service in imported { scope.add(service) }
      addDestinations(of: routes, onlyPort: matchesPort ? listener.port?.number : nil, to: &scope)
      scope.egress.append(
        ProxyScope.EgressListener(
          port: listener.port, bind: listener.bind, captureMode: listener.captureMode ?? .default, services: imported,
          virtualServices: routes,
          origin: object.map {
            Origin(object: $0.id, field: written?.egress.isEmpty == false ? "spec.egress[\(place)]" : "")
          }))
    }
    return scope
  }

  /// SC-3.
  private func egressListeners(of sidecar: Sidecar?) -> [SidecarEgressListener] {
    if let sidecar, !sidecar.egress.isEmpty { return sidecar.egress }
    var everything = SidecarEgressListener()
    everything.hosts = ["*/*"]
    return [everything]
  }

  /// SC-5, SC-8, SV-2.
  private func importedServices(
    _ visible: [MeshService], _ hosts: ImportedHosts, _ listener: SidecarEgressListener, from namespace: String
  ) -> [MeshService] {
    var imported: [MeshService] = []
    imported.reserveCapacity(visible.count)
    var owner: [String: Owner] = [:]
    for service in visible {
      guard let selected = hosts.selects(service) else { continue }
      guard
        var service = listener.wantsOnePort ? service.trimmed(toPort: listener.port?.number ?? 0) : service
      else { continue }
      if !service.aliases.isEmpty { service.aliases = service.aliases.filter { selected.covers($0.hostname) } }
      let candidate = Owner(namespace: service.namespace, isKubernetes: service.registry == .kubernetes)
      if let current = owner[service.hostname] {
        if candidate.namespace == namespace {
          owner[service.hostname] = candidate
        } else if !current.isKubernetes, candidate.isKubernetes, current.namespace != namespace {
          owner[service.hostname] = candidate
        }
      } else {
        owner[service.hostname] = candidate
      }
      imported.append(service)
    }
    return imported.filter { owner[$0.hostname]?.namespace == $0.namespace }
  }

  private struct Owner {
    var namespace: String
    var isKubernetes: Bool
  }

  /// SC-11, SC-12, SV-4: destinations come along although the Sidecar hides them.
  private func addDestinations(of routes: [ResolvedVirtualService], onlyPort: UInt32?, to scope: inout ProxyScope) {
    let namespace = scope.vantage.namespace
    for route in routes {
      var ports: [String: Set<UInt32>] = [:]
      var order: [String] = []
      for destination in route.destinations(from: namespace) {
        if ports[destination.host] == nil { order.append(destination.host) }
        ports[destination.host, default: []].insert(destination.port ?? 0)
      }
      for host in order {
        guard let service = registry.bestService(host, from: namespace) else { continue }
        let trimmed: MeshService?
        if let onlyPort {
          trimmed = service.trimmed(toPort: onlyPort)
        } else {
          trimmed = service.trimmed(toPorts: ports[host] ?? [])
        }
        if let trimmed { scope.add(trimmed) }
      }
    }
  }

  /// SC-13.
  private func trafficPolicy(of sidecar: Sidecar?) -> OutboundTrafficPolicy {
    guard var policy = sidecar?.outboundTrafficPolicy else { return meshTrafficPolicy }
    policy.mode = policy.mode ?? .registryOnly
    return policy
  }

  /// Only the mode counts mesh-wide.
  private var meshTrafficPolicy: OutboundTrafficPolicy {
    var policy = OutboundTrafficPolicy()
    guard let written = snapshot.meshConfig.outboundTrafficPolicy else {
      policy.mode = .allowAny
      return policy
    }
    policy.mode = written.mode ?? .registryOnly
    return policy
  }
}

extension SidecarEgressListener {
  /// SC-8: an HTTP proxy's port is not the services'.
  fileprivate var wantsOnePort: Bool {
    guard let port, port.number != 0 else { return false }
    return PortProtocol(written: port.protocol) != .httpProxy
  }
}

extension MeshService {
  /// SV-4: 0 among the ports stands for all of them; nil when it has none of them.
  fileprivate func trimmed(toPorts numbers: Set<UInt32>) -> MeshService? {
    if numbers.isEmpty || numbers.contains(0) { return self }
    let kept = ports.filter { numbers.contains($0.number) }
    if kept.isEmpty { return nil }
    var result = self
    result.ports = kept
    return result
  }
}

extension ResolvedVirtualService {
  /// Every destination that a client of a namespace could be sent to, mirrors included (SC-12).
  fileprivate func destinations(from namespace: String) -> [Destination] {
    var result: [Destination] = []
    for rule in http.map(\.rule) where rule.match.couldHold(from: namespace) {
      result += rule.route.map(\.destination)
      if let mirror = rule.mirror { result.append(mirror) }
      result += rule.mirrors.compactMap(\.destination)
    }
    result += tcp.flatMap { $0.route.map(\.destination) }
    result += tls.flatMap { $0.route.map(\.destination) }
    return result
  }
}

extension [HTTPMatchRequest] {
  /// Whether any sourceNamespace named here is this one, or none is named.
  fileprivate func couldHold(from namespace: String) -> Bool {
    let named = map(\.sourceNamespace).filter { !$0.isEmpty }
    return named.isEmpty || named.contains(namespace)
  }
}
