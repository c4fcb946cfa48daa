import Evaluation
import MeshModel
import ProxyModel
import Translation

/// From where the rules of a VirtualService are to be seen.
struct ClientChoice: Sendable {
  let session: SimulationSession
  private let clients: ClientList

  init(_ session: SimulationSession) {
    self.session = session
    clients = ClientList(session)
  }

  struct Client: Hashable {
    var reference: RequestLine.ProxyReference
    var vantage: Vantage
  }

  /// Clients inside the mesh first, then gateways, each once.
  func clients(for service: VirtualService, _ id: ObjectID) -> [Client] {
    var result: [Client] = []
    func add(_ client: Client?) {
      if let client, !result.contains(client) { result.append(client) }
    }
    let gateways = service.gateways.isEmpty ? ["mesh"] : service.gateways
    if gateways.contains("mesh") {
      add(sidecar(namespace: id.namespace, labels: [:], avoiding: service))
      for wish in wishes(of: service) {
        add(
          sidecar(
            namespace: wish.namespace.isEmpty ? id.namespace : wish.namespace, labels: wish.labels, avoiding: service))
      }
      for namespace in service.exportTo where ![".", "*", "~", id.namespace].contains(namespace) {
        add(sidecar(namespace: namespace, labels: [:], avoiding: service))
      }
    }
    for gateway in gateways + service.http.flatMap(\.match).flatMap(\.gateways) where gateway != "mesh" {
      add(self.gateway(ShortName.gateway(gateway, namespace: id.namespace)))
    }
    return result
  }

  /// A client of every other namespace, a few of them: some rules are seen from elsewhere only.
  func others(for service: VirtualService, _ id: ObjectID) -> [Client] {
    guard service.gateways.isEmpty || service.gateways.contains("mesh") else { return [] }
    var seen: Set = [id.namespace]
    let namespaces = clients.entries.map(\.vantage.namespace).filter { seen.insert($0).inserted }
    return namespaces.prefix(6).map { sidecar(namespace: $0, labels: [:], avoiding: service) }
  }

  /// The ports of the services that its hosts are.
  func ports(of service: VirtualService, _ id: ObjectID) -> Set<UInt32> {
    var ports: Set<UInt32> = []
    for host in service.hosts {
      if case .service(let found)? = session.addresses.service(host, from: id.namespace)?.content {
        ports.formUnion(found.ports.map(\.port))
      }
    }
    for object in session.snapshot.objects(of: .serviceEntry) {
      guard case .serviceEntry(let entry) = object.content, entry.hosts.contains(where: service.hosts.contains) else {
        continue
      }
      ports.formUnion(entry.ports.map(\.number))
    }
    return ports
  }

  private struct Wish: Hashable {
    var namespace: String
    var labels: [String: String]
  }

  /// What matches say of their clients.
  private func wishes(of service: VirtualService) -> [Wish] {
    var wishes: [Wish] = []
    func add(_ namespace: String, _ labels: [String: String]) {
      let wish = Wish(namespace: namespace, labels: labels)
      if !namespace.isEmpty || !labels.isEmpty, !wishes.contains(wish) { wishes.append(wish) }
    }
    for match in service.http.flatMap(\.match) { add(match.sourceNamespace, match.sourceLabels) }
    for match in service.tls.flatMap(\.match) { add(match.sourceNamespace, match.sourceLabels) }
    for match in service.tcp.flatMap(\.match) { add(match.sourceNamespace, match.sourceLabels) }
    return wishes
  }

  /// A workload of the mesh where one fits; one that is described otherwise.
  private func sidecar(namespace: String, labels: [String: String], avoiding service: VirtualService) -> Client {
    let names = service.hosts + service.http.flatMap(\.route).map(\.destination.host)
    let servers = names.compactMap { session.addresses.service($0, from: namespace) }
    let fitting = clients.entries.filter { entry in
      entry.vantage.namespace == namespace && entry.vantage.labels.contains(labels) && !isGateway(entry.vantage)
        && session.missingSidecar(of: entry.vantage) == nil
    }
    let outside = fitting.first { entry in
      !servers.contains { server in
        guard case .service(let content) = server.content, !content.selector.isEmpty else { return false }
        return server.id.namespace == namespace && entry.vantage.labels.contains(content.selector)
      }
    }
    if let found = (outside ?? fitting.first)?.vantage { return Client(found, kind: .sidecar) }
    var reference = RequestLine.ProxyReference()
    reference.namespace = namespace
    reference.labels = labels
    return Client(reference: reference, vantage: Vantage(kind: .sidecar, namespace: namespace, labels: labels))
  }

  private func isGateway(_ vantage: Vantage) -> Bool {
    session.snapshot.objects(of: .gateway).contains { object in
      guard case .gateway(let gateway) = object.content, !gateway.selector.isEmpty else { return false }
      return vantage.labels.contains(gateway.selector)
    }
  }

  /// nil: there is no such Gateway.
  private func gateway(_ name: String) -> Client? {
    let (namespace, short) = VantageResolver.split(name)
    guard let object = session.snapshot[ObjectID(kind: .gateway, namespace: namespace, name: short)],
      case .gateway(let gateway) = object.content
    else { return nil }
    if let pod = session.snapshot.objects(of: .pod).first(where: { $0.metadata.labels.contains(gateway.selector) }) {
      return Client(session.vantages.vantage(ofPod: pod, kind: .gateway), kind: .gateway)
    }
    guard let vantage = try? SourceSelection(session).gateway(name, namespace: namespace) else { return nil }
    return Client(vantage, kind: .gateway)
  }
}

extension ClientChoice.Client {
  init(_ given: Vantage, kind: Vantage.Kind) {
    vantage = given
    vantage.kind = kind
    reference = RequestLine.ProxyReference()
    reference.kind = kind
    if let object = given.object {
      reference.pod = "\(object.namespace)/\(object.name)"
    } else {
      reference.namespace = given.namespace
      reference.labels = given.labels
    }
  }
}
