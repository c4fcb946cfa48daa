import MeshModel

/// Which Services lead to the ports of a gateway's workloads.
struct GatewayServicePorts {
  private let services: [(id: ObjectID, service: Service)]

  /// Services of the pods that the selector chooses; where no pod is known, those that ask for its labels too.
  init(_ objects: [MeshObject], selector: [String: String]) {
    let pods = objects.filter { object in
      guard case .pod = object.content, !selector.isEmpty else { return false }
      return selector.allSatisfy { object.metadata.labels[$0.key] == $0.value }
    }
    services = objects.sorted { $0.id < $1.id }.compactMap { object in
      guard case .service(let service) = object.content, !service.selector.isEmpty else { return nil }
      let asksForThem = selector.allSatisfy { service.selector[$0.key] == $0.value }
      let hasPod = pods.contains { pod in
        pod.id.namespace == object.id.namespace
          && service.selector.allSatisfy { pod.metadata.labels[$0.key] == $0.value }
      }
      return hasPod || (pods.isEmpty && asksForThem && !selector.isEmpty) ? (object.id, service) : nil
    }
  }

  /// `istio-system/istio-ingressgateway:443` for each service port that leads to this port of the workloads (GW-2).
  func services(opening number: Int64) -> [String] {
    var found: [String] = []
    for (id, service) in services {
      for port in service.ports where Self.leads(port, to: number) {
        found.append("\(id.namespace)/\(id.name):\(port.port)")
      }
    }
    return found
  }

  /// A Gateway names the service's port, and may name the port that it leads to.
  private static func leads(_ port: ServicePort, to number: Int64) -> Bool {
    if Int64(port.port) == number { return true }
    guard case .number(let target) = port.targetPort else { return false }
    return Int64(target) == number
  }
}
