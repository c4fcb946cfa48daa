import MeshModel
import ProxyModel

/// One address behind one port of a service, before a client looks at it.
struct RegistryEndpoint: Sendable {
  /// An IP address, a host name, a Unix path, or `namespace/name` of a workload whose addresses are not known.
  var address: String
  /// 0 for a Unix path; nil where only the workload is known.
  var port: UInt32?
  /// The name of the service's port that it belongs to.
  var portName: String
  /// The number of that port, for endpoints of ServiceEntries; nil goes by name.
  var portNumber: UInt32?
  /// With those that istiod adds for topology.
  var labels: [String: String] = [:]
  var weight: UInt32 = 1
  var locality = Locality()
  /// Where PeerAuthentications are looked up.
  var namespace: String
  /// Name only; empty is none.
  var serviceAccount = ""
  /// Whether a sidecar ends mutual TLS there (SE-8).
  var hasMeshTLS = false
  var isHealthy = true
  var nodeName = ""
  var origin: Origin?

  /// As simulations print it.
  var text: String {
    guard let port, port != 0 else { return address }
    return address.utf8.contains(UInt8(ascii: ":")) ? "[\(address)]:\(port)" : "\(address):\(port)"
  }

  var isIP: Bool { IPAddress(address) != nil }
}
