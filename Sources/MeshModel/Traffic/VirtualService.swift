/// Routing rules for a set of hosts.
package struct VirtualService: Hashable, Sendable {
  /// Short names belong to the object's namespace (SN-1); empty for a delegate (DG-1).
  package var hosts: [String] = []
  /// As written: `mesh`, `name`, `ns/name` (SN-4); empty means `mesh` (VS-1).
  package var gateways: [String] = []
  package var http: [HTTPRoute] = []
  package var tls: [TLSRoute] = []
  package var tcp: [TCPRoute] = []
  package var exportTo: [String] = []

  package init() {}
}
