/// An EndpointSlice.
package struct EndpointSlice: Hashable, Sendable {
  package var addressType: String = ""
  package var endpoints: [SliceEndpoint] = []
  package var ports: [EndpointPort] = []

  package init() {}
}

package struct SliceEndpoint: Hashable, Sendable {
  package var addresses: [String] = []
  package var ready: Bool?
  package var serving: Bool?
  package var terminating: Bool?
  package var hostname: String = ""
  package var nodeName: String = ""
  package var zone: String = ""
  package var targetKind: String = ""
  package var targetName: String = ""
  package var targetNamespace: String = ""

  package init() {}
}

package struct EndpointPort: Hashable, Sendable {
  package var name: String = ""
  package var port: UInt32?
  package var `protocol`: String = ""
  package var appProtocol: String?

  package init() {}
}

/// The older Endpoints object.
package struct Endpoints: Hashable, Sendable {
  package var subsets: [EndpointSubset] = []

  package init() {}
}

package struct EndpointSubset: Hashable, Sendable {
  package var addresses: [EndpointAddress] = []
  package var notReadyAddresses: [EndpointAddress] = []
  package var ports: [EndpointPort] = []

  package init() {}
}

package struct EndpointAddress: Hashable, Sendable {
  package var ip: String = ""
  package var hostname: String = ""
  package var nodeName: String = ""
  package var targetKind: String = ""
  package var targetName: String = ""
  package var targetNamespace: String = ""

  package init() {}
}
