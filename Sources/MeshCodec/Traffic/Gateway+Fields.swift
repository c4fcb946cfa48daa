import MeshModel

extension Gateway: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("servers", &servers)
    fields("selector", &selector)
  }
}

extension GatewayServer: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("port", &port)
    fields("bind", &bind)
    fields("hosts", &hosts)
    fields("tls", &tls)
    fields("defaultEndpoint", &defaultEndpoint)
    fields("name", &name)
  }
}

extension GatewayPort: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("number", &number)
    fields("protocol", &`protocol`)
    fields("name", &name)
    fields("targetPort", &targetPort)
  }
}
