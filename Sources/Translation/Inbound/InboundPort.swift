import MeshModel
import ProxyModel

/// One port on which a workload serves, with everything that its chains and its cluster need.
struct InboundPort {
  /// The container's port; 0 is every port that nobody declared.
  var number: UInt32
  /// Of the service, or of the Sidecar's ingress listener.
  var port: MeshService.Port
  /// The service that supplies protocol and policy (IN-3); nil where a Sidecar listens for no service.
  var service: MeshService?
  /// The address in the chains' names; empty for ports that nobody declared.
  var bind: String
  /// Whether the port is opened for itself instead of being captured.
  var bindsToPort = false
  /// The Sidecar's ingress listener.
  var ingress: Ingress?

  struct Ingress {
    var listener: SidecarIngressListener
    var origin: Origin
  }

  /// IN-4.
  var clusterName: String { isPassthrough ? "InboundPassthroughCluster" : "inbound|\(number)||" }

  /// Nobody declared it.
  var isPassthrough: Bool { bind.isEmpty }
}

/// Which ports a workload serves on (IN-1 to IN-3, SC-15).
struct InboundPorts {
  let targets: [ServiceTarget]
  let sidecar: Sidecar?
  let sidecarID: ObjectID?
  let vantage: Vantage
  let meshConfig: MeshConfig

  private var isIPv6: Bool {
    !vantage.addresses.isEmpty && vantage.addresses.allSatisfy { $0.utf8.contains(UInt8(ascii: ":")) }
  }

  var wildcard: String { isIPv6 ? "::" : "0.0.0.0" }
  var loopback: String { isIPv6 ? "::1" : "127.0.0.1" }

  /// Whether the Sidecar lists what is served; the services' ports then do not count.
  var isListed: Bool { !(sidecar?.ingress.isEmpty ?? true) }

  /// By number.
  func ports() -> [InboundPort] {
    var found: [UInt32: InboundPort] = [:]
    for port in isListed ? listed() : served() where found[port.number] == nil { found[port.number] = port }
    return found.values.sorted { $0.number < $1.number }
  }

  /// Whether chains of its own exist for a port, so that a port's own mode needs no passthrough chains (PA-4).
  func declares(_ number: UInt32) -> Bool {
    isListed
      ? sidecar?.ingress.contains { $0.port?.number == number } ?? false
      : targets.contains { $0.targetPort == number }
  }

  private func served() -> [InboundPort] {
    let own = [meshConfig.proxyListenPort ?? 15001, meshConfig.proxyInboundListenPort ?? 15006].map(UInt32.init)
    return targets.filter { !own.contains($0.targetPort) }.map { target in
      InboundPort(number: target.targetPort, port: target.port, service: target.service, bind: wildcard)
    }
  }

  private func listed() -> [InboundPort] {
    guard let sidecar, let sidecarID else { return [] }
    return sidecar.ingress.enumerated().compactMap { place, listener in
      guard let written = listener.port else { return nil }
      let port = MeshService.Port(
        number: written.number, name: written.name, protocol: PortProtocol(written: written.protocol))
      return InboundPort(
        number: written.number, port: port, service: targets.first { $0.targetPort == written.number }?.service,
        bind: listener.bind.isEmpty ? vantage.addresses.first ?? wildcard : listener.bind,
        bindsToPort: listener.captureMode == CaptureMode.none,
        ingress: InboundPort.Ingress(
          listener: listener, origin: Origin(object: sidecarID, field: "spec.ingress[\(place)]")))
    }
  }
}
