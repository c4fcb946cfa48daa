import MeshModel

extension EndpointSlice {
  mutating func map(_ fields: inout FieldMap) {
    fields("addressType", &addressType)
    fields("endpoints", &endpoints)
    fields("ports", &ports)
  }
}

extension SliceEndpoint: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("addresses", &addresses)
    fields.nested("conditions") { fields in
      fields("ready", &ready)
      fields("serving", &serving)
      fields("terminating", &terminating)
    }
    fields("hostname", &hostname)
    fields("nodeName", &nodeName)
    fields("zone", &zone)
    fields.nested("targetRef") { fields in
      fields("kind", &targetKind)
      fields("name", &targetName)
      fields("namespace", &targetNamespace)
    }
  }
}

extension EndpointPort: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("name", &name)
    fields("port", &port)
    fields("protocol", &`protocol`)
    fields("appProtocol", &appProtocol)
  }
}

extension Endpoints {
  mutating func map(_ fields: inout FieldMap) {
    fields("subsets", &subsets)
  }
}

extension EndpointSubset: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("addresses", &addresses)
    fields("notReadyAddresses", &notReadyAddresses)
    fields("ports", &ports)
  }
}

extension EndpointAddress: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("ip", &ip)
    fields("hostname", &hostname)
    fields("nodeName", &nodeName)
    fields.nested("targetRef") { fields in
      fields("kind", &targetKind)
      fields("name", &targetName)
      fields("namespace", &targetNamespace)
    }
  }
}
