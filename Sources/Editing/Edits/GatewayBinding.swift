package import MeshModel

/// Which Gateways a VirtualService is bound to.
package struct GatewayBinding: Hashable, Sendable {
  package private(set) var service: Value
  /// `NAMESPACE/NAME` of the VirtualService's namespace.
  private let namespace: String

  package init(_ service: Value, namespace: String) {
    self.service = service
    self.namespace = namespace
  }

  private var written: [String] {
    (service.at(["spec", "gateways"])?.items ?? []).compactMap(\.scalarText)
  }

  /// Each as `NAMESPACE/NAME`; `mesh` stays.
  private func full(_ name: String) -> String {
    if name == "mesh" { return name }
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1)
    guard parts.count == 2 else { return "\(namespace)/\(name)" }
    return parts[0].elementsEqual(".".utf8) ? "\(namespace)/\(Substring(parts[1]))" : name
  }

  package func isBound(to gateway: ObjectID) -> Bool {
    written.contains { full($0) == "\(gateway.namespace)/\(gateway.name)" }
  }

  package enum Effect: Hashable, Sendable {
    case bound
    /// It named no gateways, which means the mesh: that is said now, so that clients inside stay as they were.
    case boundBesideMesh
    case wasBound
  }

  package mutating func bind(to gateway: ObjectID) -> Effect {
    if isBound(to: gateway) { return .wasBound }
    let name = gateway.namespace == namespace ? gateway.name : "\(gateway.namespace)/\(gateway.name)"
    let isOfMesh = written.isEmpty
    let list = (isOfMesh ? ["mesh"] : written) + [name]
    service = service.setting(["spec", "gateways"], to: .array(list.map { .string($0) }))
    return isOfMesh ? .boundBesideMesh : .bound
  }

  /// False where it was not bound. Without gateways it would be the mesh's, so the last one stays as `mesh` only when
  /// that stands there.
  package mutating func unbind(from gateway: ObjectID) -> Bool {
    guard isBound(to: gateway) else { return false }
    let left = written.filter { full($0) != "\(gateway.namespace)/\(gateway.name)" }
    service =
      left.isEmpty
      ? service.removing(["spec", "gateways"])
      : service.setting(["spec", "gateways"], to: .array(left.map { .string($0) }))
    return true
  }

  package var isOfMeshOnly: Bool { written.isEmpty || written == ["mesh"] }

  /// Hosts of the VirtualService that a server lets in, for the sort of rules that the server can have (GC-1).
  package func hosts(servedBy server: Value, of gateway: ObjectID) -> [String] {
    guard rules(of: server).contains(where: { !(service.at(["spec", $0])?.items.isEmpty ?? true) }) else { return [] }
    let own = (service.at(["spec", "hosts"])?.items ?? []).compactMap(\.scalarText)
    let open = (server["hosts"]?.items ?? []).compactMap(\.scalarText)
    return own.filter { host in open.contains { admits($0, host, gateway) } }
  }

  private func rules(of server: Value) -> [String] {
    let mode = server.at(["tls", "mode"])?.text ?? (server["tls"] == nil ? "" : "PASSTHROUGH")
    let endsTLS = !["", "PASSTHROUGH", "AUTO_PASSTHROUGH"].contains(mode)
    switch server.at(["port", "protocol"])?.text {
    case "TCP", "MONGO": return ["tcp"]
    case "TLS": return endsTLS ? ["tcp"] : ["tls", "tcp"]
    case "HTTPS": return endsTLS ? ["http"] : ["tls", "tcp"]
    default: return ["http"]
    }
  }

  /// `NAMESPACE/HOST`, where the namespace may be `*` or `.` (GW-4).
  private func admits(_ pattern: String, _ host: String, _ gateway: ObjectID) -> Bool {
    let parts = pattern.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1)
    guard parts.count == 2 else { return Self.overlap(pattern, host) }
    let space = String(Substring(parts[0]))
    let isOpen = space == "*" || (space == "." ? gateway.namespace : space) == namespace
    return isOpen && Self.overlap(String(Substring(parts[1])), host)
  }

  private static func overlap(_ a: String, _ b: String) -> Bool {
    covers(a, b) || covers(b, a)
  }

  private static func covers(_ pattern: String, _ host: String) -> Bool {
    guard pattern.utf8.first == UInt8(ascii: "*") else { return pattern.utf8.elementsEqual(host.utf8) }
    let suffix = pattern.utf8.dropFirst()
    return host.utf8.count >= suffix.count && host.utf8.suffix(suffix.count).elementsEqual(suffix)
  }
}
