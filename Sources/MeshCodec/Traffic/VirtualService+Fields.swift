import MeshModel

extension VirtualService: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("hosts", &hosts)
    fields("gateways", &gateways)
    fields("http", &http)
    fields("tls", &tls)
    fields("tcp", &tcp)
    fields("exportTo", &exportTo)
  }
}

extension HTTPRoute: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("name", &name)
    fields("match", &match)
    fields("route", &route)
    fields("redirect", &redirect)
    fields("directResponse", &directResponse)
    fields("delegate", &delegate)
    fields("rewrite", &rewrite)
    fields("timeout", &timeout)
    fields("retries", &retries)
    fields("fault", &fault)
    fields("mirror", &mirror)
    fields("mirrors", &mirrors)
    fields("mirrorPercent", &mirrorPercent)
    fields("mirrorPercentage", &mirrorPercentage)
    fields("corsPolicy", &corsPolicy)
    fields("headers", &headers)
  }
}

extension Delegate: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("name", &name)
    fields("namespace", &namespace)
  }
}

extension Percent: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("value", &value)
  }
}

extension HTTPMatchRequest: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("name", &name)
    fields("uri", &uri)
    fields("scheme", &scheme)
    fields("method", &method)
    fields("authority", &authority)
    fields.conditions("headers", &headers)
    fields("port", &port)
    fields("sourceLabels", &sourceLabels)
    fields("gateways", &gateways)
    fields.conditions("queryParams", &queryParams)
    fields("ignoreUriCase", &ignoreUriCase)
    fields.conditions("withoutHeaders", &withoutHeaders)
    fields("sourceNamespace", &sourceNamespace)
    fields("statPrefix", &statPrefix)
  }
}

extension TLSRoute: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("match", &match)
    fields("route", &route)
  }
}

extension TLSMatchAttributes: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("sniHosts", &sniHosts)
    fields("destinationSubnets", &destinationSubnets)
    fields("port", &port)
    fields("sourceLabels", &sourceLabels)
    fields("gateways", &gateways)
    fields("sourceNamespace", &sourceNamespace)
  }
}

extension TCPRoute: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("match", &match)
    fields("route", &route)
  }
}

extension L4MatchAttributes: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("destinationSubnets", &destinationSubnets)
    fields("port", &port)
    fields("sourceSubnet", &sourceSubnet)
    fields("sourceLabels", &sourceLabels)
    fields("gateways", &gateways)
    fields("sourceNamespace", &sourceNamespace)
  }
}

extension RouteDestination: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("destination", &destination)
    fields("weight", &weight)
  }
}
