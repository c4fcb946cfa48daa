import MeshModel

/// An object as an API server gives it back.
enum ServedObject {
  static func of(_ value: Value, _ id: ObjectID) -> Value {
    var result = value.replacing("metadata", by: metadata(value["metadata"] ?? .object([])))
    if id.kind.sort == .managed { result = result.replacing("status", by: .object([])) }
    if id.kind == .service, let spec = result["spec"] { result = result.replacing("spec", by: service(spec)) }
    return result.reversed
  }

  private static func metadata(_ value: Value) -> Value {
    var result = value
    let added: [(String, Value)] = [
      ("uid", .string("0d7c6a0e-5f4b-4e34-9e0a-3a3b1f6c9a10")), ("resourceVersion", .string("184467")),
      ("generation", .integer(3)), ("creationTimestamp", .string("2026-11-02T08:15:30Z")),
      ("managedFields", .array([.object([.init(key: "manager", value: .string("kubectl"))])])),
    ]
    for (key, value) in added { result = result.replacing(key, by: value) }
    let annotations = result["annotations"] ?? .object([])
    return result.replacing(
      "annotations",
      by: annotations.replacing("kubectl.kubernetes.io/last-applied-configuration", by: .string("{}\n")))
  }

  private static func service(_ spec: Value) -> Value {
    var result = spec
    func add(_ key: String, _ value: Value) { if result[key] == nil { result = result.replacing(key, by: value) } }
    add("type", .string("ClusterIP"))
    add("sessionAffinity", .string("None"))
    add("ipFamilyPolicy", .string("SingleStack"))
    add("ipFamilies", .array([.string("IPv4")]))
    if result["type"] != .string("ExternalName") {
      add("clusterIP", .string("10.96.1.2"))
      add("clusterIPs", .array([result["clusterIP"] ?? .null]))
      add("internalTrafficPolicy", .string("Cluster"))
    }
    guard case .array(let ports) = result["ports"] else { return result }
    let served = ports.map { port in
      var port = port
      if port["protocol"] == nil { port = port.replacing("protocol", by: .string("TCP")) }
      if port["targetPort"] == nil, let number = port["port"] { port = port.replacing("targetPort", by: number) }
      return port
    }
    return result.replacing("ports", by: .array(served))
  }
}

extension Value {
  func replacing(_ key: String, by value: Value) -> Value {
    guard case .object(var members) = self else { return self }
    if let place = members.firstIndex(where: { $0.key == key }) {
      members[place].value = value
    } else {
      members.append(Member(key: key, value: value))
    }
    return .object(members)
  }

  /// Members in another order, as a server keeps none.
  fileprivate var reversed: Value {
    switch self {
    case .object(let members): .object(members.reversed().map { Member(key: $0.key, value: $0.value.reversed) })
    case .array(let elements): .array(elements.map(\.reversed))
    case .null, .bool, .integer, .number, .string: self
    }
  }
}
