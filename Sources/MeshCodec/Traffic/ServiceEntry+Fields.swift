import MeshModel

extension ServiceEntry: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("hosts", &hosts)
    fields("addresses", &addresses)
    fields("ports", &ports)
    fields("location", &location)
    fields("resolution", &resolution)
    fields("endpoints", &endpoints)
    fields.labelSelector("workloadSelector", &workloadSelector)
    fields("exportTo", &exportTo)
    fields("subjectAltNames", &subjectAltNames)
  }

  /// What a controller wrote under `status`.
  mutating func mapStatus(_ fields: inout FieldMap) {
    fields("addresses", &statusAddresses)
    fields.ignored("conditions", "validationMessages", "observedGeneration")
  }
}

extension ServiceEntryAddress: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("value", &value)
    fields("host", &host)
  }
}

extension ServiceEntryPort: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("number", &number)
    fields("protocol", &`protocol`)
    fields("name", &name)
    fields("targetPort", &targetPort)
  }
}

extension ServiceEntryLocation: FieldEnumeration {}
extension ServiceEntryResolution: FieldEnumeration {}

extension WorkloadEntry: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("address", &address)
    fields("ports", &ports)
    fields("labels", &labels)
    fields("network", &network)
    fields("locality", &locality)
    fields("weight", &weight)
    fields("serviceAccount", &serviceAccount)
  }

  /// `status.conditions`, of which one tells of health (SE-11).
  mutating func mapStatus(_ fields: inout FieldMap) {
    var conditions: [StatusCondition] = []
    if let isHealthy {
      conditions = [StatusCondition(type: "Healthy", status: isHealthy ? "True" : "False")]
    }
    fields("conditions", &conditions)
    fields.ignored("validationMessages", "observedGeneration")
    if let health = conditions.last(where: { $0.type == "Healthy" }) {
      isHealthy = health.status == "True"
    }
  }
}

/// A condition of a status, of Istio's and Kubernetes' kinds alike.
struct StatusCondition: FieldMapped {
  var type = ""
  var status = ""

  mutating func map(_ fields: inout FieldMap) {
    fields("type", &type)
    fields("status", &status)
    fields.ignored(
      "lastProbeTime", "lastTransitionTime", "lastUpdateTime", "reason", "message", "observedGeneration")
  }
}

extension WorkloadGroup: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields.nested("metadata") { fields in
      fields("labels", &labels)
      fields("annotations", &annotations)
    }
    fields("template", &template)
    fields("probe", &probe)
  }
}

extension ProxyConfig: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("selector", &selector)
    fields("concurrency", &concurrency)
    fields("environmentVariables", &environmentVariables)
    fields.nested("image") { fields in fields("imageType", &imageType) }
  }
}
