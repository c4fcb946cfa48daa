import MeshModel

extension Pod {
  mutating func map(_ fields: inout FieldMap) {
    fields.nested("spec") { fields in mapSpec(&fields) }
    fields.nested("status") { fields in
      fields("phase", &phase)
      fields("podIP", &podIP)
      var addresses = podIPs.map { Address(ip: $0) }
      fields("podIPs", &addresses)
      podIPs = addresses.map(\.ip)
      var conditions: [StatusCondition] = []
      if let isReady { conditions = [StatusCondition(type: "Ready", status: isReady ? "True" : "False")] }
      fields("conditions", &conditions)
      isReady = conditions.last { $0.type == "Ready" }.map { $0.status == "True" }
    }
  }

  mutating func mapSpec(_ fields: inout FieldMap) {
    fields("serviceAccountName", &serviceAccountName)
    fields("nodeName", &nodeName)
    fields("hostNetwork", &hostNetwork)
    fields("containers", &containers)
  }

  private struct Address: FieldMapped {
    var ip = ""

    mutating func map(_ fields: inout FieldMap) { fields("ip", &ip) }
  }
}

extension Container: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("name", &name)
    fields("image", &image)
    fields("ports", &ports)
    var kinds = ["livenessProbe", "readinessProbe", "startupProbe"]
    guard fields.reading == nil else {
      for kind in kinds {
        var probe: Probe?
        fields.nested(kind) { fields in fields("httpGet", &probe) }
        if let probe { probes.append(probe) }
      }
      return
    }
    for given in probes.prefix(3) {
      var probe: Probe? = given
      fields.nested(kinds.removeFirst()) { fields in fields("httpGet", &probe) }
    }
  }
}

extension ContainerPort: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("name", &name)
    fields("containerPort", &containerPort)
    fields("protocol", &`protocol`)
  }
}

extension Probe: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("path", &path)
    fields("port", &port)
    fields("scheme", &scheme)
  }
}

extension Workload {
  mutating func map(_ fields: inout FieldMap) {
    fields.nested("spec") { fields in
      fields("replicas", &replicas)
      fields("selector", &selector)
      fields.nested("template") { fields in
        fields.nested("metadata") { fields in
          fields("labels", &templateLabels)
          fields("annotations", &templateAnnotations)
        }
        fields.nested("spec") { fields in template.mapSpec(&fields) }
      }
    }
  }
}
