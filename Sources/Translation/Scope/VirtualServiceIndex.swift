import MeshModel
import ProxyModel

/// A VirtualService ready for use: short names resolved (SN-2), gateways resolved (SN-4), delegates merged (DG-1 to DG-10).
struct ResolvedVirtualService: Sendable {
  var id: ObjectID
  var creationTime: Int64?
  /// Fully qualified, as written otherwise.
  var hosts: [String]
  /// `mesh` or `ns/name`.
  var gateways: [String]
  var http: [ResolvedHTTPRule]
  var tls: [TLSRoute]
  var tcp: [TCPRoute]
  var exportTo: [String]
  var notModelled: [NotModelled] = []

  func origin(_ field: String) -> Origin { Origin(object: id, field: field) }
}

/// One http rule after merging: destinations are fully qualified.
struct ResolvedHTTPRule: Sendable {
  var rule: HTTPRoute
  /// `spec.http[2]` of the object that wrote the rule (the delegate's, when there is one).
  var origin: Origin
  /// For each entry of `rule.match`: the field it came from, `spec.http[2].match[0]`, or the rule's when there is no match.
  var matchOrigins: [Origin]
  /// The root's rule or match for each entry of `rule.match`, when the rule is a delegate's; same count, or empty.
  var delegatedBy: [Origin]
  /// The root's rule, when the merged rule has no match.
  var ruleDelegatedBy: Origin?
}

/// VirtualServices by gateway name and visibility (VS-1 to VS-3, EX-2).
struct VirtualServiceIndex: Sendable {
  init(_ snapshot: Snapshot) {}

  /// Those bound to a gateway name (`mesh` or `ns/name`) and visible from a namespace, in the order of VS-2 or VS-3.
  func selected(gateway: String, from namespace: String) -> [ResolvedVirtualService] { [] }
}
