import MeshModel
import ProxyModel

/// What Gateway API objects, which are not modelled yet, would add: listeners of gateways, and routes of services.
struct GatewayAPIReach: Sendable {
  /// Gateways by name, with what tells the workloads that run them.
  private var gateways: [Owner] = []
  /// Routes whose parent is a service, by its hostname.
  private var routes: [String: [NotModelled]] = [:]

  private struct Owner: Sendable {
    var id: ObjectID
    /// Run by a workload that is named by address instead of a label.
    var isAddressed: Bool
  }

  private static let group = "gateway.networking.k8s.io"
  private static let label = "gateway.networking.k8s.io/gateway-name"

  init(_ snapshot: Snapshot) {
    for object in snapshot.objects(of: ObjectKind(group: Self.group, kind: "Gateway")) {
      guard case .opaque(let value) = object.content else { continue }
      gateways.append(Owner(id: object.id, isAddressed: !(value["spec"]?["addresses"] ?? .null).items.isEmpty))
    }
    for kind in ["HTTPRoute", "GRPCRoute"] {
      for object in snapshot.objects(of: ObjectKind(group: Self.group, kind: kind)) {
        guard case .opaque(let value) = object.content else { continue }
        for parent in (value["spec"]?["parentRefs"] ?? .null).items { add(object.id, parent) }
      }
    }
  }

  private mutating func add(_ route: ObjectID, _ parent: Value) {
    let name = parent.text("name")
    let written = parent.text("namespace")
    let namespace = written.isEmpty ? route.namespace : written
    let host: String
    switch parent.text("kind") {
    case "Service": host = ShortName.service(name, namespace)
    case "ServiceEntry", "Hostname": host = name
    default: return
    }
    routes[host, default: []].append(NotModelled(origin: Origin(object: route, field: ""), reason: .gatewayAPI))
  }

  var isEmpty: Bool { gateways.isEmpty && routes.isEmpty }

  func mark(_ configuration: inout ProxyConfiguration) {
    switch configuration.vantage.kind {
    case .gateway:
      for owner in gateways where runs(owner, configuration.vantage) {
        configuration.notModelled.append(
          NotModelled(origin: Origin(object: owner.id, field: ""), reason: .gatewayAPI))
      }
    case .sidecar:
      for name in configuration.routeConfigurations.keys { markHosts(&configuration.routeConfigurations[name]) }
    case .inbound: return
    }
  }

  private func runs(_ owner: Owner, _ vantage: Vantage) -> Bool {
    if let name = vantage.labels[Self.label] { return name == owner.id.name && vantage.namespace == owner.id.namespace }
    return owner.isAddressed
  }

  private func markHosts(_ table: inout RouteConfiguration?) {
    guard var result = table else { return }
    for place in result.virtualHosts.indices {
      let name = result.virtualHosts[place].name
      guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")), let notes = routes[String(name[..<colon])] else {
        continue
      }
      result.virtualHosts[place].notModelled += notes
    }
    table = result
  }
}
