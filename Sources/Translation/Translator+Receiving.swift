package import MeshModel
package import ProxyModel

/// What those who follow a request to its receiver need to know.
extension Translator {
  /// The workload's port behind a port of a service; nil when that service does not lead there.
  package func targetPort(ofService hostname: String, port: UInt32, at vantage: Vantage) -> UInt32? {
    registry.targets(of: vantage).first { $0.service.hostname == hostname && $0.port.number == port }?.targetPort
  }

  /// What Kubernetes itself balances a service's address over; nil when no Service has that address and port.
  package func endpoints(
    behind address: IPAddress, port: UInt32
  ) -> (service: ObjectID, hostname: String, endpoints: [Endpoint])? {
    for service in registry.services where service.registry == .kubernetes {
      guard let found = service.ports.first(where: { $0.number == port }),
        ([service.address] + service.extraAddresses).contains(where: { IPAddress($0) == address })
      else { continue }
      let endpoints = registry.endpoints(service.key, port: found).filter(\.isHealthy).map { endpoint in
        Endpoint(address: endpoint.text, origin: endpoint.origin, labels: endpoint.labels)
      }
      return (service.origin.object, service.hostname, endpoints)
    }
    return nil
  }

  /// What a workload asks of its peers on one of its ports (PA-3, PA-4).
  package func peerTLS(of vantage: Vantage, port: UInt32) -> PeerTLS {
    let found = peerAuthentications.effective(namespace: vantage.namespace, labels: vantage.labels).mode(ofPort: port)
    return PeerTLS(mode: PeerTLS.Mode(found.mode), origin: found.origin)
  }

  /// The mesh's own trust domain.
  package var trustDomain: String { snapshot.meshConfig.trustDomainName }
}
