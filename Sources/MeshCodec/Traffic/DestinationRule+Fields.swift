import MeshModel

extension DestinationRule: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("host", &host)
    fields("trafficPolicy", &trafficPolicy)
    fields("subsets", &subsets)
    fields("exportTo", &exportTo)
    fields("workloadSelector", &workloadSelector)
  }
}

extension Subset: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("name", &name)
    fields("labels", &labels)
    fields("trafficPolicy", &trafficPolicy)
  }
}

extension WorkloadSelector: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("matchLabels", &matchLabels)
  }
}

extension TrafficPolicy: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("loadBalancer", &loadBalancer)
    fields("connectionPool", &connectionPool)
    fields("outlierDetection", &outlierDetection)
    fields("tls", &tls)
    fields("portLevelSettings", &portLevelSettings)
    fields("tunnel", &tunnel)
    fields("proxyProtocol", &proxyProtocol)
    fields("retryBudget", &retryBudget)
  }
}

extension PortTrafficPolicy: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields.portSelector("port", &port)
    fields("loadBalancer", &loadBalancer)
    fields("connectionPool", &connectionPool)
    fields("outlierDetection", &outlierDetection)
    fields("tls", &tls)
  }
}

extension TunnelSettings: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("protocol", &`protocol`)
    fields("targetHost", &targetHost)
    fields("targetPort", &targetPort)
  }
}

extension ProxyProtocolSettings: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("version", &version)
  }
}

extension ProxyProtocolVersion: FieldEnumeration {}

extension RetryBudget: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("percent", &percent)
    fields("minRetryConcurrency", &minRetryConcurrency)
  }
}

extension ConnectionPoolSettings: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("tcp", &tcp)
    fields("http", &http)
  }
}

extension TCPSettings: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("maxConnections", &maxConnections)
    fields("connectTimeout", &connectTimeout)
    fields("tcpKeepalive", &tcpKeepalive)
    fields("maxConnectionDuration", &maxConnectionDuration)
    fields("idleTimeout", &idleTimeout)
  }
}

extension TCPKeepalive: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("probes", &probes)
    fields("time", &time)
    fields("interval", &interval)
  }
}

extension HTTPSettings: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("http1MaxPendingRequests", &http1MaxPendingRequests)
    fields("http2MaxRequests", &http2MaxRequests)
    fields("maxRequestsPerConnection", &maxRequestsPerConnection)
    fields("maxRetries", &maxRetries)
    fields("idleTimeout", &idleTimeout)
    fields("h2UpgradePolicy", &h2UpgradePolicy)
    fields("useClientProtocol", &useClientProtocol)
    fields("maxConcurrentStreams", &maxConcurrentStreams)
  }
}

extension H2UpgradePolicy: FieldEnumeration {}

extension OutlierDetection: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("consecutiveErrors", &consecutiveErrors)
    fields("splitExternalLocalOriginErrors", &splitExternalLocalOriginErrors)
    fields("consecutiveLocalOriginFailures", &consecutiveLocalOriginFailures)
    fields("consecutiveGatewayErrors", &consecutiveGatewayErrors)
    fields("consecutive5xxErrors", &consecutive5xxErrors)
    fields("interval", &interval)
    fields("baseEjectionTime", &baseEjectionTime)
    fields("maxEjectionPercent", &maxEjectionPercent)
    fields("minHealthPercent", &minHealthPercent)
  }
}
