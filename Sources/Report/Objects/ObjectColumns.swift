import MeshModel

/// What a table shows of a kind beside the name.
struct ObjectColumns: Sendable {
  var title: String
  var cell: @Sendable (ObjectContent) -> String

  private init(_ title: String, _ cell: @escaping @Sendable (ObjectContent) -> String) {
    self.title = title
    self.cell = cell
  }

  static func columns(of content: ObjectContent) -> [ObjectColumns] {
    switch content {
    case .virtualService: virtualService
    case .destinationRule: destinationRule
    case .gateway: gateway
    case .serviceEntry: serviceEntry
    case .service: service
    case .pod: pod
    case .workload: workload
    case .authorizationPolicy: authorizationPolicy
    case .workloadEntry: workloadEntry
    case .sidecar, .workloadGroup, .proxyConfig, .peerAuthentication, .requestAuthentication, .namespace, .endpoints,
      .endpointSlice, .serviceAccount, .node, .configMap, .secret, .opaque:
      []
    }
  }

  private static func list(_ values: [String]) -> String { values.joined(separator: ",") }

  private static let virtualService = [
    ObjectColumns("GATEWAYS") { content in
      guard case .virtualService(let service) = content else { return "" }
      return service.gateways.isEmpty ? "mesh" : list(service.gateways)
    },
    ObjectColumns("HOSTS") { content in
      guard case .virtualService(let service) = content else { return "" }
      return list(service.hosts)
    },
    ObjectColumns("RULES") { content in
      guard case .virtualService(let service) = content else { return "" }
      let counts = [(service.http.count, "http"), (service.tls.count, "tls"), (service.tcp.count, "tcp")]
      return counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    },
  ]

  private static let destinationRule = [
    ObjectColumns("HOST") { content in
      guard case .destinationRule(let rule) = content else { return "" }
      return rule.host
    },
    ObjectColumns("SUBSETS") { content in
      guard case .destinationRule(let rule) = content else { return "" }
      return list(rule.subsets.map(\.name))
    },
  ]

  private static let gateway = [
    ObjectColumns("SELECTOR") { content in
      guard case .gateway(let gateway) = content else { return "" }
      return list(gateway.selector.keys.sorted().map { "\($0)=\(gateway.selector[$0] ?? "")" })
    },
    ObjectColumns("SERVERS") { content in
      guard case .gateway(let gateway) = content else { return "" }
      return list(gateway.servers.map { "\($0.port.number)/\($0.port.protocol)" })
    },
    ObjectColumns("HOSTS") { content in
      guard case .gateway(let gateway) = content else { return "" }
      return list(Set(gateway.servers.flatMap(\.hosts)).sorted())
    },
  ]

  private static let serviceEntry = [
    ObjectColumns("HOSTS") { content in
      guard case .serviceEntry(let entry) = content else { return "" }
      return list(entry.hosts)
    },
    ObjectColumns("PORTS") { content in
      guard case .serviceEntry(let entry) = content else { return "" }
      return list(entry.ports.map { "\($0.number)/\($0.protocol)" })
    },
  ]

  private static let service = [
    ObjectColumns("TYPE") { content in
      guard case .service(let service) = content else { return "" }
      return service.type.isEmpty ? "ClusterIP" : service.type
    },
    ObjectColumns("CLUSTER-IP") { content in
      guard case .service(let service) = content else { return "" }
      return service.clusterIP
    },
    ObjectColumns("PORTS") { content in
      guard case .service(let service) = content else { return "" }
      return list(service.ports.map { "\($0.port)/\($0.protocol.isEmpty ? "TCP" : $0.protocol)" })
    },
  ]

  private static let pod = [
    ObjectColumns("READY") { content in
      guard case .pod(let pod) = content else { return "" }
      return pod.isReady.map { $0 ? "yes" : "no" } ?? ""
    },
    ObjectColumns("IP") { content in
      guard case .pod(let pod) = content else { return "" }
      return pod.podIP
    },
    ObjectColumns("NODE") { content in
      guard case .pod(let pod) = content else { return "" }
      return pod.nodeName
    },
  ]

  private static let workload = [
    ObjectColumns("REPLICAS") { content in
      guard case .workload(let workload) = content else { return "" }
      return workload.replicas.map(String.init) ?? ""
    }
  ]

  private static let authorizationPolicy = [
    ObjectColumns("ACTION") { content in
      guard case .authorizationPolicy(let policy) = content else { return "" }
      return policy.action?.rawValue ?? "ALLOW"
    },
    ObjectColumns("RULES") { content in
      guard case .authorizationPolicy(let policy) = content else { return "" }
      return String(policy.rules?.count ?? 0)
    },
  ]

  private static let workloadEntry = [
    ObjectColumns("ADDRESS") { content in
      guard case .workloadEntry(let entry) = content else { return "" }
      return entry.address
    }
  ]
}
