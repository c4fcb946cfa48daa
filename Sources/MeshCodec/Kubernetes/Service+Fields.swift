import MeshModel
import YAML

extension Service {
  mutating func map(_ fields: inout FieldMap) {
    fields.nested("spec") { fields in
      fields("type", &type)
      fields("clusterIP", &clusterIP)
      fields("clusterIPs", &clusterIPs)
      fields("externalIPs", &externalIPs)
      fields("externalName", &externalName)
      fields("selector", &selector)
      fields("ports", &ports)
      fields("publishNotReadyAddresses", &publishNotReadyAddresses)
      fields("trafficDistribution", &trafficDistribution)
      fields("internalTrafficPolicy", &internalTrafficPolicy)
    }
    var ingress = loadBalancerAddresses.map { Ingress(address: $0) }
    fields.nested("status") { fields in
      fields.nested("loadBalancer") { fields in fields("ingress", &ingress) }
    }
    loadBalancerAddresses = ingress.map(\.address).filter { !$0.isEmpty }
  }

  /// An entry point of which only the address counts.
  private struct Ingress: FieldMapped {
    var address = ""

    mutating func map(_ fields: inout FieldMap) { fields("ip", &address) }
  }
}

extension ServicePort: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("name", &name)
    fields("protocol", &`protocol`)
    fields("port", &port)
    fields("targetPort", &targetPort)
    fields("appProtocol", &appProtocol)
    fields("nodePort", &nodePort)
  }
}

extension PortReference: FieldValue {
  static func read(_ node: Node, _ context: DecodingContext) -> PortReference? {
    switch node.resolved {
    case .int(let number):
      guard number >= 0, number <= Int64(UInt16.max) else {
        context.report(.outOfRange(node, lowest: "0", highest: "65535"), at: node)
        return nil
      }
      return .number(UInt32(number))
    case .string(let name):
      return .name(name)
    case .float, .bool, .null, nil:
      context.report(.wrongType(expected: .portReference, node), at: node)
      return nil
    }
  }

  var written: Value {
    switch self {
    case .number(let number): .integer(Int64(number))
    case .name(let name): .string(name)
    }
  }

  var isZero: Bool { false }
}
