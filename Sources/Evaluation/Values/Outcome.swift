package import ProxyModel

/// One thing that can happen.
package struct Outcome: Sendable {
  package var probability: Fraction
  package var effect: Effect
  /// The cluster that was chosen, also when it does not exist or has no endpoint.
  package var target: Target?
  /// What becomes of it where it arrives, when that was asked for: every endpoint is in one of these.
  package var arrivals: [Arrival] = []

  package enum Effect: Sendable {
    case forward(Forwarded)
    /// A response made here, but no redirect.
    case respond(LocalReply)
    case redirect(LocalReply)
    case close(Closed)
  }

  package init(probability: Fraction = .one, effect: Effect, target: Target? = nil) {
    self.probability = probability
    self.effect = effect
    self.target = target
  }
}

/// A cluster by name, and what it is when the proxy has it.
package struct Target: Sendable {
  package var name: String
  package var cluster: ClusterView?

  package init(name: String, cluster: ClusterView?) {
    self.name = name
    self.cluster = cluster
  }
}

/// A cluster as answers show it; one value per cluster, shared by all answers.
package final class ClusterView: Sendable {
  package let cluster: Cluster
  /// Sorted.
  package let addresses: [String]
  package let isUsable: Bool

  init(_ cluster: Cluster) {
    self.cluster = cluster
    var addresses: [String] = []
    var healthy = 0
    for group in cluster.localities {
      for endpoint in group.endpoints {
        addresses.append(endpoint.address)
        if endpoint.health == .healthy { healthy += 1 }
      }
    }
    addresses.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.addresses = addresses
    switch cluster.discovery {
    case .originalDestination, .dynamicForwardProxy: isUsable = true
    case .eds, .staticEndpoints, .strictDNS, .logicalDNS: isUsable = !addresses.isEmpty
    }
  }
}

package struct Forwarded: Hashable, Sendable {
  /// nil for TCP.
  package var request: RequestDifference?
  /// Lower-case names, sorted; nil for TCP.
  package var responseHeaders: [HeaderDifference]?

  package init(request: RequestDifference? = nil, responseHeaders: [HeaderDifference]? = nil) {
    self.request = request
    self.responseHeaders = responseHeaders
  }
}

/// What the upstream receives.
package struct RequestDifference: Hashable, Sendable {
  package var authority: [UInt8]
  package var path: [UInt8]
  /// nil: as sent.
  package var method: [UInt8]?
  /// Only what differs from what was sent; lower-case names, sorted.
  package var headers: [HeaderDifference]
}

/// All values of a header; nil: removed.
package struct HeaderDifference: Hashable, Sendable {
  package var name: String
  package var values: [[UInt8]]?
}

package struct LocalReply: Hashable, Sendable {
  package var status: UInt32
  /// Envoy's response flags, comma-separated.
  package var flags: String
  package var details: String
  package var grpcStatus: UInt32?
  package var body: [UInt8]?
  /// Of a redirect.
  package var location: [UInt8]?
  /// Lower-case names, sorted.
  package var responseHeaders: [HeaderDifference]

  package init(status: UInt32, flags: String = "", details: String, body: [UInt8]? = []) {
    self.status = status
    self.flags = flags
    self.details = details
    self.body = body
    grpcStatus = nil
    location = nil
    responseHeaders = []
  }
}

package struct Closed: Hashable, Sendable {
  /// nil: nothing was logged, as no listener took the connection.
  package var flags: String?
  package var reason: Reason?

  package init(flags: String? = nil, reason: Reason? = nil) {
    self.flags = flags
    self.reason = reason
  }

  /// Of a close before any filter.
  package enum Reason: String, Hashable, Sendable {
    case noFilterChain = "no filter chain"
    case noClientCertificate = "no client certificate"
    case foreignTrustDomain = "client certificate of another trust domain"
    case codecError = "http codec error"
  }
}
