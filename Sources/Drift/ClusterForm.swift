package import MeshModel

/// An object as a cluster would hold it, without what belongs to that cluster alone: the form in which a manifest and
/// a dump of it are the same.
package enum ClusterForm {
  package static func of(_ object: Value, _ kind: ObjectKind) -> Value {
    guard case .object(let members) = object else { return object }
    var kept: [Value.Member] = []
    for member in members {
      switch member.key {
      case "status": continue
      case "apiVersion": kept.append(.init(key: member.key, value: preferred(member.value, kind)))
      case "metadata": kept.append(.init(key: member.key, value: metadata(member.value)))
      default: kept.append(.init(key: member.key, value: content(member.value, kind)))
      }
    }
    var value = Value.object(kept)
    for row in defaults(of: kind) { value = row.filled(in: value) }
    return settled(value, kind)
  }

  /// Every version of a kind that is read says the same; a cluster answers in the one it prefers.
  private static func preferred(_ version: Value, _ kind: ObjectKind) -> Value {
    guard let facts = kind.facts, let newest = facts.versions.first, case .string(let text) = version else {
      return version
    }
    let prefix = kind.group.isEmpty ? "" : kind.group + "/"
    let isKnown = facts.versions.contains { prefix + $0 == text }
    return isKnown ? .string(prefix + newest) : version
  }

  private static func metadata(_ value: Value) -> Value {
    guard case .object(let members) = value else { return value }
    var kept: [Value.Member] = []
    for member in members where !ServerNotes.metadata.contains(member.key) {
      switch member.key {
      case "annotations": keep(member, in: &kept) { !ServerNotes.isAnnotation($0) }
      case "labels": keep(member, in: &kept) { !ServerNotes.isLabel($0) }
      default:
        if member.value != .null { kept.append(member) }
      }
    }
    return .object(kept)
  }

  private static func keep(
    _ member: Value.Member, in kept: inout [Value.Member], where isWanted: (String) -> Bool
  ) {
    guard case .object(let entries) = member.value else { return }
    let wanted = entries.filter { isWanted($0.key) }
    if !wanted.isEmpty { kept.append(.init(key: member.key, value: .object(wanted))) }
  }

  /// Kubernetes' own types are written without what is empty; in Istio's an empty object can say something.
  private static func content(_ value: Value, _ kind: ObjectKind) -> Value {
    isOfKubernetes(kind) ? withoutEmpty(value) ?? .object([]) : withoutNull(value)
  }

  private static func isOfKubernetes(_ kind: ObjectKind) -> Bool {
    kind.group.isEmpty || kind.group == "apps" || kind.group == "discovery.k8s.io"
  }

  private static func withoutNull(_ value: Value) -> Value {
    switch value {
    case .object(let members):
      .object(members.filter { $0.value != .null }.map { .init(key: $0.key, value: withoutNull($0.value)) })
    case .array(let elements): .array(elements.map(withoutNull))
    case .null, .bool, .integer, .number, .string: value
    }
  }

  private static func withoutEmpty(_ value: Value) -> Value? {
    switch value {
    case .null: return nil
    case .object(let members):
      let kept = members.compactMap { member in
        withoutEmpty(member.value).map { Value.Member(key: member.key, value: $0) }
      }
      return kept.isEmpty ? nil : .object(kept)
    case .array(let elements):
      let kept = elements.map { withoutEmpty($0) ?? .object([]) }
      return kept.isEmpty ? nil : .array(kept)
    case .bool, .integer, .number, .string: return value
    }
  }

  private static func defaults(of kind: ObjectKind) -> [FieldDefault] { tables[kind] ?? [] }

  private static let tables: [ObjectKind: [FieldDefault]] = {
    let gatewayAPI = "gateway.networking.k8s.io"
    var tables: [ObjectKind: [FieldDefault]] = [
      .service: KubernetesDefaults.service, .deployment: KubernetesDefaults.deployment,
      .daemonSet: KubernetesDefaults.daemonSet, .statefulSet: KubernetesDefaults.statefulSet,
      .replicaSet: KubernetesDefaults.replicaSet, .pod: KubernetesDefaults.pod,
      .secret: KubernetesDefaults.secret, .endpoints: KubernetesDefaults.endpoints,
    ]
    tables[ObjectKind(group: gatewayAPI, kind: "HTTPRoute")] = GatewayAPIDefaults.httpRoute
    tables[ObjectKind(group: gatewayAPI, kind: "GRPCRoute")] = GatewayAPIDefaults.grpcRoute
    tables[ObjectKind(group: gatewayAPI, kind: "TLSRoute")] = GatewayAPIDefaults.connectionRoute
    tables[ObjectKind(group: gatewayAPI, kind: "TCPRoute")] = GatewayAPIDefaults.connectionRoute
    tables[ObjectKind(group: gatewayAPI, kind: "Gateway")] = GatewayAPIDefaults.gateway
    tables[ObjectKind(group: gatewayAPI, kind: "ListenerSet")] = GatewayAPIDefaults.listenerSet
    return tables
  }()

  /// What is left for single kinds: marks of controllers inside templates, and amounts in one way of writing.
  private static func settled(_ value: Value, _ kind: ObjectKind) -> Value {
    switch kind {
    case .namespace: return value.removing("spec")
    case .service:
      let isSticky = value["spec"]?["sessionAffinity"] == .string("ClientIP")
      return isSticky ? value : value.changing("spec") { $0.removing("sessionAffinityConfig") }
    case .deployment, .daemonSet, .statefulSet, .replicaSet:
      return value.changing("spec") { spec in
        let claims = spec.changing("volumeClaimTemplates") { list in
          list.mappingElements { $0.removing("status").changing("metadata", metadata) }
        }
        return claims.changing("template") { template in
          template.changing("metadata", templateMetadata).changing("spec", withAmounts)
        }
      }
    case .pod: return value.changing("spec", withAmounts)
    default: return value
    }
  }

  private static func templateMetadata(_ value: Value) -> Value {
    // A template's own labels choose its pods: only what a restart notes there is left out.
    let cleaned = value.removing("creationTimestamp")
    return cleaned.changing("annotations") { annotations in
      guard case .object(let entries) = annotations else { return annotations }
      return .object(entries.filter { !ServerNotes.isAnnotation($0.key) })
    }
    .removingEmpty("annotations")
  }

  private static func withAmounts(_ podSpec: Value) -> Value {
    var result = podSpec
    for list in ["containers", "initContainers"] {
      result = result.changing(list) { containers in
        containers.mappingElements { container in
          container.changing("resources") { resources in
            resources.changing("limits", oneWriting).changing("requests", oneWriting)
          }
        }
      }
    }
    return result
  }

  private static func oneWriting(_ amounts: Value) -> Value {
    guard case .object(let members) = amounts else { return amounts }
    return .object(
      members.map { .init(key: $0.key, value: Quantity($0.value).map { .string($0.text) } ?? $0.value) })
  }
}

extension Value {
  func removing(_ key: String) -> Value {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { $0.key != key })
  }

  func removingEmpty(_ key: String) -> Value {
    self[key] == .object([]) ? removing(key) : self
  }

  /// Another value in place of a member; nothing happens where there is none of that key.
  func changing(_ key: String, _ change: (Value) -> Value) -> Value {
    guard case .object(var members) = self, let place = members.firstIndex(where: { $0.key == key }) else {
      return self
    }
    members[place].value = change(members[place].value)
    return .object(members)
  }

  func mappingElements(_ change: (Value) -> Value) -> Value {
    guard case .array(let elements) = self else { return self }
    return .array(elements.map(change))
  }
}
