import MeshModel
import ProxyModel

/// Fields that no type of ours has, on objects other than VirtualServices and DestinationRules, which carry their own.
struct UnknownFieldReach: Sendable {
  private let objects: [MeshObject]
  private let rootNamespace: String

  private static let kinds: [ObjectKind] = [
    .gateway, .serviceEntry, .sidecar, .workloadEntry, .peerAuthentication, .requestAuthentication,
    .authorizationPolicy,
  ]

  init(_ snapshot: Snapshot) {
    objects = Self.kinds.flatMap { snapshot.objects(of: $0).filter { !$0.unknownFields.isEmpty } }
    rootNamespace = snapshot.meshConfig.rootNamespaceName
  }

  var isEmpty: Bool { objects.isEmpty }

  /// - Parameter sidecar: the object that holds for the proxy.
  func mark(_ configuration: inout ProxyConfiguration, sidecar: MeshObject?) {
    for object in objects {
      let notes = object.unknownFields.map {
        NotModelled(origin: Origin(object: object.id, field: $0), reason: .unknownField)
      }
      if concernsAll(object, configuration.vantage, sidecar?.id) {
        configuration.notModelled += notes
      } else {
        configuration.mark(notes, wherever: object.id)
      }
    }
  }

  /// Whether it holds for the whole proxy.
  private func concernsAll(_ object: MeshObject, _ vantage: Vantage, _ sidecar: ObjectID?) -> Bool {
    switch object.content {
    case .sidecar: object.id == sidecar
    case .gateway(let gateway): vantage.kind == .gateway && Self.carries(vantage, gateway.selector)
    case .peerAuthentication(let policy): vantage.kind == .inbound && selects(object.id, policy.selector, vantage)
    case .requestAuthentication(let policy): vantage.kind != .sidecar && selects(object.id, policy.selector, vantage)
    case .authorizationPolicy(let policy): vantage.kind != .sidecar && selects(object.id, policy.selector, vantage)
    case .virtualService, .destinationRule, .serviceEntry, .workloadEntry, .workloadGroup, .proxyConfig, .service,
      .namespace, .pod, .workload, .endpoints, .endpointSlice, .serviceAccount, .node, .configMap, .secret, .opaque:
      false
    }
  }

  private func selects(_ id: ObjectID, _ selector: WorkloadSelector?, _ vantage: Vantage) -> Bool {
    guard id.namespace == rootNamespace || id.namespace == vantage.namespace else { return false }
    return Self.carries(vantage, selector?.matchLabels ?? [:])
  }

  private static func carries(_ vantage: Vantage, _ labels: [String: String]) -> Bool {
    labels.allSatisfy { vantage.labels[$0.key] == $0.value }
  }
}

extension ProxyConfiguration {
  /// Marks what an object brought in: listeners, virtual hosts, clusters and their endpoints.
  fileprivate mutating func mark(_ notes: [NotModelled], wherever object: ObjectID) {
    for place in listeners.indices where listeners[place].origins.contains(where: { $0.object == object }) {
      listeners[place].notModelled += notes
    }
    for name in routeConfigurations.keys {
      guard let places = routeConfigurations[name]?.virtualHosts.indices else { continue }
      for place in places where routeConfigurations[name]?.virtualHosts[place].origin?.object == object {
        routeConfigurations[name]?.virtualHosts[place].notModelled += notes
      }
    }
    for name in clusters.keys {
      guard let cluster = clusters[name] else { continue }
      let endpoints = cluster.localities.lazy.flatMap(\.endpoints)
      guard cluster.origin?.object == object || endpoints.contains(where: { $0.origin?.object == object }) else {
        continue
      }
      clusters[name]?.notModelled += notes
    }
  }
}
