import MeshModel
import ProxyModel

/// One port of a service as one workload serves it.
struct ServiceTarget: Sendable {
  var service: MeshService
  var port: MeshService.Port
  /// The container's port.
  var targetPort: UInt32
}

extension ServiceRegistry {
  /// Every service port that leads to the workload of a vantage: the oldest service first, then by hostname (IN-3).
  func targets(of vantage: Vantage) -> [ServiceTarget] {
    let found = kubernetesTargets(of: vantage) + entryTargets(of: vantage)
    return found.enumerated().sorted { a, b in
      let (one, other) = (a.element.service, b.element.service)
      let (first, second) = (one.creationTime ?? Int64.min, other.creationTime ?? Int64.min)
      if first != second { return first < second }
      if one.hostname != other.hostname { return one.hostname.utf8.lexicographicallyPrecedes(other.hostname.utf8) }
      return a.offset < b.offset
    }.map(\.element)
  }

  /// Services whose selector chooses the pod; without any, those that list its address.
  private func kubernetesTargets(of vantage: Vantage) -> [ServiceTarget] {
    let named = namedPorts(of: vantage)
    let own = services.filter {
      $0.registry == .kubernetes && $0.namespace == vantage.namespace && $0.resolution != .alias
    }
    let selecting = own.filter { !$0.selector.isEmpty && vantage.labels.contains(all: $0.selector) }
    if !selecting.isEmpty {
      return selecting.flatMap { service in
        service.ports.compactMap { port in
          port.number(in: named).map { ServiceTarget(service: service, port: port, targetPort: $0) }
        }
      }
    }
    guard let address = vantage.addresses.first else { return [] }
    return own.filter(\.selector.isEmpty).flatMap { service in
      let here = endpoints(service.key).filter { $0.address == address }
      return service.ports.compactMap { port in
        here.first { $0.portName == port.name && $0.portNumber == nil }?.port.map {
          ServiceTarget(service: service, port: port, targetPort: $0)
        }
      }
    }
  }

  /// ServiceEntries that select the workload, or that list its address among their endpoints.
  private func entryTargets(of vantage: Vantage) -> [ServiceTarget] {
    var seen: Set<HostKey> = []
    return services.flatMap { service -> [ServiceTarget] in
      guard service.registry == .external, leads(service, to: vantage), seen.insert(service.key).inserted else {
        return []
      }
      if !service.selector.isEmpty {
        return service.ports.map {
          ServiceTarget(service: service, port: $0, targetPort: $0.number(in: [:]) ?? $0.number)
        }
      }
      let here = endpoints(service.key).filter { $0.address == vantage.addresses.first }
      return service.ports.compactMap { port in
        here.first { $0.portNumber == port.number }?.port.map {
          ServiceTarget(service: service, port: port, targetPort: $0)
        }
      }
    }
  }

  private func leads(_ service: MeshService, to vantage: Vantage) -> Bool {
    if !service.selector.isEmpty {
      return service.namespace == vantage.namespace && vantage.labels.contains(all: service.selector)
    }
    guard let address = vantage.addresses.first,
      case .serviceEntry(let entry)? = snapshot[service.origin.object]?.content
    else { return false }
    return entry.endpoints.contains { $0.address == address }
  }

  private func namedPorts(of vantage: Vantage) -> [String: UInt32] {
    guard let id = vantage.object else { return [:] }
    let candidates = id.kind == .pod ? workloads.pods(in: id.namespace) : workloads.templates(in: id.namespace)
    return candidates[id]?.ports ?? [:]
  }
}
