/// One rule of `spec.tls`: routing by SNI, TLS untouched.
package struct TLSRoute: Hashable, Sendable {
  package var match: [TLSMatchAttributes] = []
  package var route: [RouteDestination] = []

  package init() {}
}

/// TL-3: every condition must hold.
package struct TLSMatchAttributes: Hashable, Sendable {
  package var sniHosts: [String] = []
  package var destinationSubnets: [String] = []
  package var port: UInt32 = 0
  package var sourceLabels: [String: String] = [:]
  package var gateways: [String] = []
  package var sourceNamespace: String = ""

  package init() {}
}

/// One rule of `spec.tcp`.
package struct TCPRoute: Hashable, Sendable {
  package var match: [L4MatchAttributes] = []
  package var route: [RouteDestination] = []

  package init() {}
}

/// TC-4: every condition must hold; `sourceSubnet` has no effect.
package struct L4MatchAttributes: Hashable, Sendable {
  package var destinationSubnets: [String] = []
  package var port: UInt32 = 0
  package var sourceSubnet: String = ""
  package var sourceLabels: [String: String] = [:]
  package var gateways: [String] = []
  package var sourceNamespace: String = ""

  package init() {}
}

/// One weighted target of a TCP or TLS rule.
package struct RouteDestination: Hashable, Sendable {
  package var destination: Destination = Destination()
  package var weight: Int = 0

  package init() {}
}
