package import Diagnostics
package import MeshModel

/// Reads and changes the servers of a Gateway.
package struct GatewayEdit: Hashable, Sendable {
  package private(set) var gateway: Value

  package init(_ gateway: Value) {
    self.gateway = gateway
  }

  package static func newGateway(_ id: ObjectID, selector: [Value.Member]) -> Value {
    .newObject(id, apiVersion: "networking.istio.io/v1", spec: .object(of: [("selector", .object(selector))]))
  }

  package var servers: [Value] { gateway.at(["spec", "servers"])?.items ?? [] }

  /// The labels of the gateway's workloads.
  package var selector: [String: String] {
    let members = gateway.at(["spec", "selector"])?.members ?? []
    return Dictionary(members.compactMap { member in member.value.text.map { (member.key, $0) } }) { first, _ in first }
  }

  /// How a server is called on the command line: by its name, its port's name, its port, or its place.
  package enum Address: Hashable, Sendable {
    case port(Int64)
    /// A server's own name, its port's name, or `#2` for the third one.
    case name(String)

    package var text: LocalizedText {
      switch self {
      case .port(let number): LocalizedText(en: "port \(number)", zh: "端口 \(number)")
      case .name(let name): LocalizedText(en: "'\(name)'", zh: "'\(name)'")
      }
    }
  }

  package static func label(of server: Value) -> String {
    let port = server.at(["port", "number"])?.scalarText ?? "?"
    let name = server["name"]?.scalarText ?? server.at(["port", "name"])?.scalarText
    return name.map { "\(port) \($0)" } ?? port
  }

  private static func has(_ server: Value, _ address: Address, at place: Int) -> Bool {
    switch address {
    case .port(let number): server.at(["port", "number"]) == .integer(number)
    case .name(let name):
      server["name"] == .string(name) || server.at(["port", "name"]) == .string(name) || name == "#\(place)"
    }
  }

  /// Every one of these must hold; there must be exactly one such server.
  package func place(of addresses: [Address]) throws(EditProblem) -> Int {
    let there = servers
    let labels = there.map(Self.label)
    guard !there.isEmpty else {
      throw .noServers(gateway: gateway.at(["metadata", "name"])?.scalarText ?? "")
    }
    let found = there.indices.filter { place in addresses.allSatisfy { Self.has(there[place], $0, at: place) } }
    let text =
      addresses.isEmpty
      ? LocalizedText(en: "the command", zh: "该命令")
      : LocalizedText(
        en: addresses.map(\.text.en).joined(separator: ", "), zh: addresses.map(\.text.zh).joined(separator: "、"))
    guard let first = found.first else { throw .noSuchServer(text, there: labels) }
    guard found.count == 1 else {
      throw .severalServers(text, there: found.map { "#\($0) \(labels[$0])" })
    }
    return first
  }

  package mutating func add(_ server: Value, at place: ListPlace<Address>) throws(EditProblem) {
    try Self.requireEssentials(server)
    var list = servers
    let port = server.at(["port", "number"])
    let hosts = Set((server["hosts"]?.items ?? []).compactMap(\.scalarText))
    for other in list where other.at(["port", "number"]) == port {
      let same = (other["hosts"]?.items ?? []).compactMap(\.scalarText).first(where: hosts.contains)
      if let same { throw .serverExists(port: port?.scalarText ?? "", host: same) }
    }
    switch place {
    case .end: list.append(server)
    case .before(let address): list.insert(server, at: try self.place(of: [address]))
    case .after(let address): list.insert(server, at: try self.place(of: [address]) + 1)
    }
    gateway = gateway.setting(["spec", "servers"], to: .array(list))
  }

  package mutating func replace(_ place: Int, by server: Value) throws(EditProblem) {
    try Self.requireEssentials(server)
    var list = servers
    list[place] = server
    gateway = gateway.setting(["spec", "servers"], to: .array(list))
  }

  package mutating func remove(_ place: Int) {
    var list = servers
    list.remove(at: place)
    gateway =
      list.isEmpty ? gateway.removing(["spec", "servers"]) : gateway.setting(["spec", "servers"], to: .array(list))
  }

  package var isEmpty: Bool { servers.isEmpty }

  private static func requireEssentials(_ server: Value) throws(EditProblem) {
    guard server.at(["port", "number"]) != nil else {
      throw .missing(field: "port.number", what: LocalizedText(en: "say the port with --port", zh: "请用 --port 给出端口"))
    }
    guard server.at(["port", "protocol"]) != nil else {
      throw .missing(
        field: "port.protocol", what: LocalizedText(en: "say what is spoken with --protocol", zh: "请用 --protocol 给出协议"))
    }
    guard server["hosts"]?.isEmptyCollection == false else {
      throw .missing(field: "hosts", what: LocalizedText(en: "say at least one with --host", zh: "请用 --host 至少给出一个"))
    }
  }

  /// What a new server says unless told otherwise: the port's name is its protocol and number, as Istio's samples do.
  package static func completed(_ server: Value) -> Value {
    guard let port = server["port"], let number = port["number"]?.scalarText, let spoken = port["protocol"]?.text else {
      return server
    }
    let name = port["name"] ?? .string("\(spoken.lowercased())-\(number)")
    let order: [(String, Value?)] = [
      ("number", port["number"]), ("name", name), ("protocol", port["protocol"]), ("targetPort", port["targetPort"]),
    ]
    return server.setting(["port"], to: .object(of: order))
  }
}
