package import MeshModel

/// Where one stands when asking: the workload whose proxy handles the connection.
package struct Vantage: Hashable, Sendable {
  package var kind: Kind
  package var namespace: String
  /// The pod or workload object, when the vantage is one of the mesh.
  package var object: ObjectID?
  package var labels: [String: String]
  /// Name only; empty is `default`.
  package var serviceAccount: String
  /// The pod's own addresses; may be empty when only a workload template is known.
  package var addresses: [String]
  package var locality: Locality

  package enum Kind: String, Hashable, Sendable {
    /// The sidecar of the client, for what it sends.
    case sidecar
    /// A gateway workload.
    case gateway
    /// The sidecar of the server, for what it receives.
    case inbound
  }

  package init(
    kind: Kind, namespace: String, object: ObjectID? = nil, labels: [String: String] = [:],
    serviceAccount: String = "", addresses: [String] = [], locality: Locality = Locality()
  ) {
    self.kind = kind
    self.namespace = namespace
    self.object = object
    self.labels = labels
    self.serviceAccount = serviceAccount
    self.addresses = addresses
    self.locality = locality
  }
}

/// Region, zone and sub-zone; empty parts are unknown.
package struct Locality: Hashable, Sendable, Comparable {
  package var region: String
  package var zone: String
  package var subzone: String

  package init(region: String = "", zone: String = "", subzone: String = "") {
    self.region = region
    self.zone = zone
    self.subzone = subzone
  }

  package static func < (a: Locality, b: Locality) -> Bool {
    (a.region, a.zone, a.subzone) < (b.region, b.zone, b.subzone)
  }
}
