import MeshModel

extension Sidecar: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields.labelSelector("workloadSelector", &workloadSelector)
    fields("ingress", &ingress)
    fields("egress", &egress)
    fields("inboundConnectionPool", &inboundConnectionPool)
    fields("outboundTrafficPolicy", &outboundTrafficPolicy)
  }
}

extension SidecarIngressListener: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("port", &port)
    fields("bind", &bind)
    fields("captureMode", &captureMode)
    fields("defaultEndpoint", &defaultEndpoint)
    fields("tls", &tls)
    fields("connectionPool", &connectionPool)
  }
}

extension SidecarEgressListener: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("port", &port)
    fields("bind", &bind)
    fields("captureMode", &captureMode)
    fields("hosts", &hosts)
  }
}

extension SidecarPort: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("number", &number)
    fields("protocol", &`protocol`)
    fields("name", &name)
    fields("targetPort", &targetPort)
  }
}

extension CaptureMode: FieldEnumeration {}

extension OutboundTrafficPolicy: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("mode", &mode)
    fields("egressProxy", &egressProxy)
    // The mesh's policy has one more member than a Sidecar's.
    if fields.reading?.syntax == .protoJSON { fields.unmodelled("tls") }
  }
}

extension OutboundTrafficMode: FieldEnumeration {}
