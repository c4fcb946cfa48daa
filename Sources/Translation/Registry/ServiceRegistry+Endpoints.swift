import MeshModel
import ProxyModel

extension ServiceRegistry {
  /// Everything behind a hostname of a namespace, also what is not ready: of Kubernetes first, then of ServiceEntries in
  /// the order of OR-3 (SE-13).
  func endpoints(_ key: HostKey) -> [RegistryEndpoint] {
    var result: [RegistryEndpoint] = []
    var sawRoundRobin: Set<UInt32> = []
    let found = services(key)
    if let kubernetes = found.first(where: { $0.registry == .kubernetes }) {
      result += endpoints(ofKubernetes: kubernetes)
    }
    for service in found where service.registry == .external {
      for endpoint in endpoints(ofEntry: service) {
        // SE-13: names that are resolved one at a time keep the first of each port.
        if service.resolution == .logicalDNS, let number = endpoint.portNumber, sawRoundRobin.contains(number) {
          continue
        }
        result.append(endpoint)
        if let number = endpoint.portNumber { sawRoundRobin.insert(number) }
      }
    }
    return result
  }

  /// Those of one port, also what is not ready.
  func endpoints(_ key: HostKey, port: MeshService.Port) -> [RegistryEndpoint] {
    endpoints(key).filter { $0.portNumber == port.number || $0.portNumber == nil && $0.portName == port.name }
  }

  private func endpoints(ofKubernetes service: MeshService) -> [RegistryEndpoint] {
    let given: [RegistryEndpoint]
    if let written = slices[service.key] {
      given = endpoints(of: service, from: written)
    } else if let written = writtenEndpoints(service) {
      given = written
    } else {
      given = derivedEndpoints(service)
    }
    return given + selectedEntries(service)
  }

  private func endpoints(of service: MeshService, from slices: [EndpointSlice]) -> [RegistryEndpoint] {
    var result: [RegistryEndpoint] = []
    var seen: Set<AddressAndPort> = []
    for slice in slices {
      for endpoint in slice.endpoints {
        guard let isReady = readiness(endpoint) else { continue }
        for address in endpoint.addresses {
          let isPod = endpoint.targetKind == "Pod"
          guard let pod = pod(isPod ? endpoint.targetName : nil, address, service.namespace) else { continue }
          for port in slice.ports {
            let key = AddressAndPort(address: address, port: port.name)
            guard seen.insert(key).inserted else { continue }
            var one = pod.endpoint(address: address, port: port.port ?? 0, portName: port.name)
            one.isHealthy = isReady
            result.append(one)
          }
        }
      }
    }
    return result
  }

  private struct AddressAndPort: Hashable {
    var address: String
    var port: String
  }

  /// nil: it is shutting down and never gets traffic.
  private func readiness(_ endpoint: SliceEndpoint) -> Bool? {
    if endpoint.ready ?? true { return true }
    return endpoint.terminating ?? true ? nil : false
  }

  /// The workload behind an address that an object lists: nil when it should be a pod that is not there.
  private func pod(_ name: String?, _ address: String, _ namespace: String) -> ListedWorkload? {
    let pods = workloads.pods(in: namespace)
    if let name {
      if let pod = pods[ObjectID(kind: .pod, namespace: namespace, name: name)] { return ListedWorkload(instance: pod) }
      return pods.isEmpty ? ListedWorkload(instance: nil) : nil
    }
    return ListedWorkload(instance: pods.at(address))
  }

  private struct ListedWorkload {
    var instance: WorkloadIndex.Instance?

    func endpoint(address: String, port: UInt32, portName: String) -> RegistryEndpoint {
      guard let instance else {
        return RegistryEndpoint(
          address: address, port: port, portName: portName,
          labels: WorkloadIndex.augmented([:], Locality(), node: ""), namespace: "")
      }
      var result = instance.endpoint(port: port, portName: portName)
      result.address = address
      return result
    }
  }

  private func writtenEndpoints(_ service: MeshService) -> [RegistryEndpoint]? {
    let id = ObjectID(kind: .endpoints, namespace: service.namespace, name: service.name)
    guard case .endpoints(let written)? = snapshot[id]?.content else { return nil }
    var result: [RegistryEndpoint] = []
    for subset in written.subsets {
      for address in subset.addresses {
        let name = address.targetKind == "Pod" ? address.targetName : nil
        guard let pod = pod(name, address.ip, service.namespace) else { continue }
        for port in subset.ports {
          result.append(pod.endpoint(address: address.ip, port: port.port ?? 0, portName: port.name))
        }
      }
    }
    return result
  }

  /// What Kubernetes would derive: pods that the selector chooses, otherwise the workloads whose pods it would choose.
  private func derivedEndpoints(_ service: MeshService) -> [RegistryEndpoint] {
    guard !service.selector.isEmpty else { return [] }
    let pods = workloads.pods(in: service.namespace).selected(by: service.selector)
    let chosen =
      pods.isEmpty ? workloads.templates(in: service.namespace).selected(by: service.selector) : pods
    return chosen.flatMap { instance in
      service.ports.compactMap { port -> RegistryEndpoint? in
        guard let number = port.number(in: instance.ports) else { return nil }
        var endpoint = instance.endpoint(port: number, portName: port.name)
        endpoint.isHealthy = instance.isReady || service.publishesNotReady
        return endpoint
      }
    }
  }

  /// WorkloadEntries that a Kubernetes Service selects.
  private func selectedEntries(_ service: MeshService) -> [RegistryEndpoint] {
    guard service.resolution == .clientSide, !service.selector.isEmpty else { return [] }
    let chosen = workloads.entries(in: service.namespace).selected(by: service.selector).filter { !$0.needsDNS }
    return service.ports.flatMap { port in
      chosen.compactMap { instance -> RegistryEndpoint? in
        let number: UInt32
        switch port.targetPort {
        case .name(let name)?:
          guard let named = instance.ports[name] else { return nil }
          number = named
        case .number(let target)?:
          number = instance.ports[port.name] ?? (target == 0 ? port.number : target)
        case nil:
          number = instance.ports[port.name] ?? port.number
        }
        return instance.endpoint(port: number, portName: port.name)
      }
    }
  }

  /// SE-5 to SE-7.
  private func endpoints(ofEntry service: MeshService) -> [RegistryEndpoint] {
    guard let object = snapshot[service.origin.object], case .serviceEntry(let entry) = object.content else {
      return []
    }
    let usesDNS = service.resolution.isDNS
    if let selector = entry.workloadSelector, !selector.isEmpty {
      // Pods come before WorkloadEntries: in the order of their kinds, then by name.
      let pods = workloads.pods(in: service.namespace).selected(by: selector).filter(\.isReady)
      let entries = workloads.entries(in: service.namespace).selected(by: selector)
      return (pods + entries).filter { usesDNS || !$0.needsDNS }.flatMap { $0.endpoints(of: service) }
    }
    if entry.endpoints.isEmpty {
      guard usesDNS else { return [] }
      return service.ports.map { port in
        RegistryEndpoint(
          address: service.hostname, port: port.number(in: [:]) ?? port.number, portName: port.name,
          portNumber: port.number, namespace: service.namespace,
          origin: Origin(object: object.id, field: "spec.hosts"))
      }
    }
    return entry.endpoints.enumerated().flatMap { place, endpoint in
      WorkloadIndex.instance(endpoint, id: object.id).endpoints(of: service).map { one in
        var one = one
        one.origin = Origin(object: object.id, field: "spec.endpoints[\(place)]")
        return one
      }
    }
  }
}

extension MeshService.Port {
  /// The port that a workload with these named ports listens on; nil when the name is not among them.
  func number(in named: [String: UInt32]) -> UInt32? {
    switch targetPort {
    case .number(0)?, nil: number
    case .number(let target)?: target
    case .name(let name)?: named[name]
    }
  }
}

extension WorkloadIndex.Instance {
  private static let unix = "unix://"

  func endpoint(port: UInt32, portName: String) -> RegistryEndpoint {
    RegistryEndpoint(
      address: address.isEmpty ? id.namespace + "/" + id.name : address, port: address.isEmpty ? nil : port,
      portName: portName, labels: labels, weight: weight, locality: locality, namespace: id.namespace,
      serviceAccount: serviceAccount, hasMeshTLS: hasMeshTLS, nodeName: nodeName, origin: Origin(object: id, field: ""))
  }

  /// SE-7: one endpoint for each port of a ServiceEntry.
  func endpoints(of service: MeshService) -> [RegistryEndpoint] {
    service.ports.map { port in
      var result: RegistryEndpoint
      if address.utf8.starts(with: Self.unix.utf8) {
        result = endpoint(port: 0, portName: port.name)
        result.address = String(address.dropFirst(Self.unix.count))
      } else {
        let named = ports[port.name].flatMap { $0 == 0 ? nil : $0 }
        result = endpoint(port: named ?? port.number(in: [:]) ?? port.number, portName: port.name)
      }
      result.portNumber = port.number
      return result
    }
  }
}

extension [String: String] {
  /// Whether every label of a selector is among these.
  func contains(all selector: [String: String]) -> Bool {
    selector.allSatisfy { self[$0.key] == $0.value }
  }
}
