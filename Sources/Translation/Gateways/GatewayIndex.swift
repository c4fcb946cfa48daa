import MeshModel
import ProxyModel

/// Gateway objects in creation order (GW-1, GW-2).
struct GatewayIndex: Sendable {
  private let gateways: [(id: ObjectID, gateway: Gateway)]

  init(_ snapshot: Snapshot) {
    gateways = snapshot.objects(of: .gateway).sortedByAge().compactMap { object in
      guard case .gateway(let gateway) = object.content else { return nil }
      return (object.id, gateway)
    }
  }

  /// Every server that the pod of this vantage runs, merged by port (GW-1 to GW-11).
  func merged(for vantage: Vantage, targets: [ServiceTarget]) -> MergedGateway {
    var merged = MergedGateway()
    for (id, gateway) in gateways where gateway.selector.allSatisfy({ vantage.labels[$0.key] == $0.value }) {
      for (place, server) in gateway.servers.enumerated() {
        let port = Self.listenerPort(of: server, targets: targets.filter { $0.service.namespace == vantage.namespace })
        merged.add(server, at: place, of: id, on: port)
      }
    }
    return merged
  }

  /// GW-3: the first service of the pod with the server's port tells where it really listens.
  private static func listenerPort(of server: GatewayServer, targets: [ServiceTarget]) -> UInt32 {
    let label = "experimental.istio.io/disable-gateway-port-translation"
    let target = targets.first { $0.port.number == server.port.number && $0.service.labels[label] == nil }
    return target?.targetPort ?? server.port.number
  }
}
