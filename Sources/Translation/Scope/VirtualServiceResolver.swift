import MeshModel
import ProxyModel

/// Makes VirtualServices ready for use: names, then delegates.
struct VirtualServiceResolver {
  private let roots: [MeshObject]
  private let delegates: [DelegateName: MeshObject]
  private let exportedByDefault: [String]

  private struct DelegateName: Hashable {
    var namespace: String
    var name: String
  }

  init(_ snapshot: Snapshot, exportedByDefault: [String]) {
    var roots: [MeshObject] = []
    var delegates: [DelegateName: MeshObject] = [:]
    for object in snapshot.objects(of: .virtualService) {
      guard case .virtualService(let content) = object.content else { continue }
      if content.hosts.isEmpty {  // DG-1
        delegates[DelegateName(namespace: object.id.namespace, name: object.id.name)] = object
      } else {
        roots.append(object)
      }
    }
    self.roots = roots.sortedByAge()  // OR-1
    self.delegates = delegates
    self.exportedByDefault = exportedByDefault
  }

  func resolved() -> [ResolvedVirtualService] {
    roots.compactMap { object in
      guard case .virtualService(let content) = object.content else { return nil }
      return resolve(content, of: object)
    }
  }

  private func resolve(_ content: VirtualService, of object: MeshObject) -> ResolvedVirtualService {
    let namespace = object.id.namespace
    let names = ObjectNames(namespace: namespace)
    var unknown = object.unknownFields.map {
      NotModelled(origin: Origin(object: object.id, field: $0), reason: .unknownField)
    }
    var rules: [ResolvedHTTPRule] = []
    rules.reserveCapacity(content.http.count)
    for (place, rule) in content.http.enumerated() {
      let own = names.resolve(rule, at: place, of: object.id)
      guard let delegate = rule.delegate else {
        rules.append(own)
        continue
      }
      guard let target = find(delegate, from: namespace) else { continue }  // DG-2
      rules += merged(own, with: target)
      unknown += target.unknownFields.map {
        NotModelled(origin: Origin(object: target.id, field: $0), reason: .unknownField)
      }
    }
    return ResolvedVirtualService(
      id: object.id, creationTime: object.metadata.creationTime,
      hosts: content.hosts.map { ShortName.host($0, namespace: namespace) },
      gateways: content.gateways.map { ShortName.gateway($0, namespace: namespace) },
      http: rules, tls: content.tls.map(names.resolve), tcp: content.tcp.map(names.resolve), exportTo: content.exportTo,
      notModelled: unknown)
  }

  /// DG-2: the delegate, when it exists and is exported to the root's namespace.
  private func find(_ delegate: Delegate, from namespace: String) -> MeshObject? {
    let home = delegate.namespace.isEmpty ? namespace : delegate.namespace
    guard let object = delegates[DelegateName(namespace: home, name: delegate.name)],
      case .virtualService(let content) = object.content
    else { return nil }
    let tokens = content.exportTo.isEmpty ? exportedByDefault : content.exportTo
    let isVisible = tokens.contains { $0 == "*" || $0 == namespace || ($0 == "." && home == namespace) }
    return isVisible ? object : nil
  }

  /// DG-3: the delegate's rules in place of the root's; those that conflict are left out (DG-4).
  private func merged(_ root: ResolvedHTTPRule, with delegate: MeshObject) -> [ResolvedHTTPRule] {
    guard case .virtualService(let content) = delegate.content else { return [] }
    let names = ObjectNames(namespace: delegate.id.namespace)
    return content.http.enumerated().compactMap { place, rule in
      DelegateMerge.merge(root: root, delegate: names.resolve(rule, at: place, of: delegate.id))
    }
  }
}

/// SN-2, SN-4: names as an object of one namespace means them.
struct ObjectNames {
  let namespace: String

  func resolve(_ rule: HTTPRoute, at place: Int, of object: ObjectID) -> ResolvedHTTPRule {
    var rule = rule
    for index in rule.match.indices where !rule.match[index].gateways.isEmpty {
      rule.match[index].gateways = gateways(rule.match[index].gateways)
    }
    for index in rule.route.indices { qualify(&rule.route[index].destination) }
    if rule.mirror != nil { qualify(&rule.mirror!) }  // SAFETY: tested on this line.
    for index in rule.mirrors.indices {
      guard var destination = rule.mirrors[index].destination else { continue }
      qualify(&destination)
      rule.mirrors[index].destination = destination
    }
    let field = "spec.http[\(place)]"
    return ResolvedHTTPRule(
      rule: rule, origin: Origin(object: object, field: field),
      matchOrigins: rule.match.indices.map { Origin(object: object, field: "\(field).match[\($0)]") })
  }

  func resolve(_ rule: TLSRoute) -> TLSRoute {
    var rule = rule
    for index in rule.match.indices { rule.match[index].gateways = gateways(rule.match[index].gateways) }
    for index in rule.route.indices { qualify(&rule.route[index].destination) }
    return rule
  }

  func resolve(_ rule: TCPRoute) -> TCPRoute {
    var rule = rule
    for index in rule.match.indices { rule.match[index].gateways = gateways(rule.match[index].gateways) }
    for index in rule.route.indices { qualify(&rule.route[index].destination) }
    return rule
  }

  private func gateways(_ names: [String]) -> [String] {
    names.map { ShortName.gateway($0, namespace: namespace) }
  }

  private func qualify(_ destination: inout Destination) {
    destination.host = ShortName.host(destination.host, namespace: namespace)
  }
}
