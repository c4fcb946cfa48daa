package import MeshModel
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
package struct ResolvedHTTPRule: Sendable {
  package var rule: HTTPRoute
  /// `spec.http[2]` of the object that wrote the rule (the delegate's, when there is one).
  package var origin: Origin
  /// For each entry of `rule.match`: the field it came from, `spec.http[2].match[0]`, or the rule's when there is no match.
  package var matchOrigins: [Origin]
  /// The root's rule or match for each entry of `rule.match`, when the rule is a delegate's; same count, or empty.
  package var delegatedBy: [Origin] = []
  /// The root's rule, when the merged rule has no match.
  package var ruleDelegatedBy: Origin?
  /// Where the fields that a delegate's rule took over from the root are written (DG-5), by name.
  package var inherited: [String: Origin] = [:]

  /// Where a field of the rule is written, such as `retries`.
  package func origin(ofField name: String) -> Origin {
    inherited[name] ?? Origin(object: origin.object, field: origin.field + "." + name)
  }
}

/// VirtualServices by gateway name and visibility (VS-1 to VS-3, EX-2).
struct VirtualServiceIndex: Sendable {
  /// In the order of OR-1, delegates left out (DG-1).
  let virtualServices: [ResolvedVirtualService]
  private var ownByNamespace: [Viewpoint: [Int]] = [:]
  private var exportedByNamespace: [Viewpoint: [Int]] = [:]
  private var everywhere: [String: [Int]] = [:]

  /// A gateway name as seen from a namespace.
  private struct Viewpoint: Hashable {
    var gateway: String
    var namespace: String
  }

  init(_ snapshot: Snapshot) {
    let given = snapshot.meshConfig.defaultVirtualServiceExportTo ?? []
    let exportedByDefault = given.isEmpty ? ["*"] : given
    virtualServices = VirtualServiceResolver(snapshot, exportedByDefault: exportedByDefault).resolved()
    for place in virtualServices.indices { file(place, exportedByDefault) }
  }

  /// EX-1, EX-2: `*` makes the others void, then `~` does.
  private mutating func file(_ place: Int, _ exportedByDefault: [String]) {
    let one = virtualServices[place]
    let tokens = Set(one.exportTo.isEmpty ? exportedByDefault : one.exportTo)
    // A name that is listed twice counts twice, as in Istio: a sidecar skips the second, a gateway appends its routes again.
    let gateways = one.gateways.isEmpty ? [ShortName.meshGateway] : one.gateways
    if tokens.contains("*") {
      for gateway in gateways { everywhere[gateway, default: []].append(place) }
      return
    }
    if tokens.contains("~") { return }
    let namespace = one.id.namespace
    let isOwn = tokens.contains(".") || tokens.contains(namespace)
    for gateway in gateways {
      if isOwn { ownByNamespace[Viewpoint(gateway: gateway, namespace: namespace), default: []].append(place) }
      for other in tokens where other != "." && other != namespace {
        exportedByNamespace[Viewpoint(gateway: gateway, namespace: other), default: []].append(place)
      }
    }
  }

  /// Those bound to a gateway name (`mesh` or `ns/name`) and visible from a namespace, in the order of VS-2 or VS-3.
  func selected(gateway: String, from namespace: String) -> [ResolvedVirtualService] {
    let view = Viewpoint(gateway: gateway, namespace: namespace)
    let places = (ownByNamespace[view] ?? []) + (exportedByNamespace[view] ?? []) + (everywhere[gateway] ?? [])
    return places.map { virtualServices[$0] }
  }
}
