package import MeshModel
import Translation

/// A port that a host can be dialled on.
package struct ServicePortRow: Hashable, Sendable {
  package var host: String
  package var number: UInt32
  package var name: String
  package var `protocol`: String
  /// A number or a name; empty where it is the same port.
  package var target: String
  package var object: ObjectID
}

/// The ports of Services and ServiceEntries.
package enum ServicePorts {
  /// Of one host as an object of a namespace means it, in the order of the objects; of all where none is named.
  package static func rows(of host: String?, namespace: String?, in objects: [MeshObject]) -> [ServicePortRow] {
    let wanted = host.map { ShortName.host($0, namespace: namespace ?? "default") }
    var rows: [ServicePortRow] = []
    for object in objects.sorted(by: { $0.id < $1.id }) {
      switch object.content {
      case .service(let service):
        let name = ShortName.service(object.id.name, object.id.namespace)
        if let wanted {
          guard wanted == name || host == "\(object.id.name).\(object.id.namespace)" else { continue }
        } else if let namespace, object.id.namespace != namespace {
          continue
        }
        for port in service.ports {
          let target =
            switch port.targetPort {
            case .number(let number): "\(number)"
            case .name(let name): name
            case nil: ""
            }
          rows.append(
            ServicePortRow(
              host: name, number: port.port, name: port.name, protocol: port.meshProtocol, target: target,
              object: object.id))
        }
      case .serviceEntry(let entry):
        if wanted == nil, let namespace, object.id.namespace != namespace { continue }
        for name in entry.hosts where wanted == nil || wanted == name || host == name {
          for port in entry.ports {
            rows.append(
              ServicePortRow(
                host: name, number: port.number, name: port.name, protocol: port.protocol,
                target: port.targetPort == 0 ? "" : "\(port.targetPort)", object: object.id))
          }
        }
      case .virtualService, .destinationRule, .gateway, .sidecar, .workloadEntry, .workloadGroup, .proxyConfig,
        .peerAuthentication, .requestAuthentication, .authorizationPolicy, .namespace, .pod, .workload, .endpoints,
        .endpointSlice, .serviceAccount, .node, .configMap, .secret, .opaque:
        continue
      }
    }
    return rows
  }

  /// The hosts that the rules of a VirtualService lead to, each once.
  package static func hosts(of service: VirtualService) -> [String] {
    var hosts = service.hosts.filter { $0.utf8.first != UInt8(ascii: "*") }
    hosts += service.http.flatMap(\.route).map(\.destination.host)
    hosts += service.tls.flatMap(\.route).map(\.destination.host)
    hosts += service.tcp.flatMap(\.route).map(\.destination.host)
    var seen: Set<String> = []
    return hosts.filter { seen.insert($0).inserted }
  }
}

/// A server name (SNI) that a mesh knows, and the field that says it.
package struct ServerNameRow: Hashable, Sendable {
  package var name: String
  package var origin: Origin
}

/// Server names of tls rules, of servers of Gateways, and of ServiceEntries with ports of TLS.
package enum ServerNames {
  private static let secure: Set<String> = ["TLS", "HTTPS"]

  package static func rows(in objects: [MeshObject], namespace: String?) -> [ServerNameRow] {
    var rows: [ServerNameRow] = []
    for object in objects.sorted(by: { $0.id < $1.id }) where namespace == nil || object.id.namespace == namespace {
      func add(_ name: String, _ field: String) {
        rows.append(ServerNameRow(name: name, origin: Origin(object: object.id, field: field)))
      }
      switch object.content {
      case .virtualService(let service):
        for (place, rule) in service.tls.enumerated() {
          for (index, match) in rule.match.enumerated() {
            for name in match.sniHosts { add(name, "spec.tls[\(place)].match[\(index)].sniHosts") }
          }
        }
      case .gateway(let gateway):
        for (place, server) in gateway.servers.enumerated() where secure.contains(server.port.protocol.uppercased()) {
          for host in server.hosts {
            // `namespace/host` says who may bind to it.
            let name = host.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? host
            add(name, "spec.servers[\(place)].hosts")
          }
        }
      case .serviceEntry(let entry):
        guard entry.ports.contains(where: { secure.contains($0.protocol.uppercased()) }) else { continue }
        for host in entry.hosts { add(host, "spec.hosts") }
      case .destinationRule, .sidecar, .workloadEntry, .workloadGroup, .proxyConfig, .peerAuthentication,
        .requestAuthentication, .authorizationPolicy, .service, .namespace, .pod, .workload, .endpoints,
        .endpointSlice, .serviceAccount, .node, .configMap, .secret, .opaque:
        continue
      }
    }
    return rows
  }
}
