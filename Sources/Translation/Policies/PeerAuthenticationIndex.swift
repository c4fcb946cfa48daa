import MeshModel

/// PeerAuthentications by level: mesh, namespace, workload (PA-1).
struct PeerAuthenticationIndex: Sendable {
  /// The oldest of the root namespace without a selector.
  private let mesh: Level?
  /// The oldest of every other namespace without a selector.
  private let byNamespace: [String: Level]
  /// Those with a selector, the oldest first; the root namespace has none (PA-1).
  private let selecting: [String: [Selecting]]

  init(_ snapshot: Snapshot) {
    let root = snapshot.meshConfig.rootNamespaceName
    var mesh: Level?
    var byNamespace: [String: Level] = [:]
    var selecting: [String: [Selecting]] = [:]
    for object in snapshot.objects(of: .peerAuthentication).sortedByAge() {
      guard case .peerAuthentication(let policy) = object.content else { continue }
      let level = Level(id: object.id, mode: policy.mtls?.mode ?? .unset)
      if let labels = policy.selector?.matchLabels, !labels.isEmpty {
        guard object.id.namespace != root else { continue }
        selecting[object.id.namespace, default: []].append(
          Selecting(labels: labels, level: level, ports: policy.portLevelMtls))
      } else if object.id.namespace == root {
        mesh = mesh ?? level  // PA-2: the oldest, even when it is UNSET
      } else if byNamespace[object.id.namespace] == nil {
        byNamespace[object.id.namespace] = level
      }
    }
    self.mesh = mesh
    self.byNamespace = byNamespace
    self.selecting = selecting
  }

  /// What holds for one workload (PA-3, PA-4).
  func effective(namespace: String, labels: [String: String]) -> EffectivePeerAuthentication {
    var result = EffectivePeerAuthentication(mode: .permissive, origin: nil, ports: [:])
    let workload = selecting[namespace]?.first { $0.labels.allSatisfy { labels[$0.key] == $0.value } }
    for case let level? in [mesh, byNamespace[namespace], workload?.level] {
      guard let mode = level.effectiveMode else { continue }
      result.mode = mode
      result.origin = Origin(object: level.id, field: "spec.mtls.mode")
    }
    guard let workload else { return result }
    for (port, tls) in workload.ports {
      let level = Level(id: workload.level.id, mode: tls.mode ?? .unset)
      let field = "spec.portLevelMtls[\(port)].mode"
      result.ports[port] =
        level.effectiveMode.map { .init(mode: $0, origin: Origin(object: level.id, field: field)) }
        ?? .init(mode: result.mode, origin: result.origin)
    }
    return result
  }

  private struct Level: Sendable {
    var id: ObjectID
    var mode: MutualTLSMode

    /// nil: the level above decides.
    var effectiveMode: PeerMode? {
      switch mode {
      case .unset: nil
      case .disable: .disable
      case .permissive: .permissive
      case .strict: .strict
      }
    }
  }

  private struct Selecting: Sendable {
    var labels: [String: String]
    var level: Level
    var ports: [UInt32: MutualTLS]
  }
}

/// Whether peers may, must or cannot use mutual TLS.
enum PeerMode: String, Hashable, Sendable {
  case disable = "DISABLE"
  case permissive = "PERMISSIVE"
  case strict = "STRICT"
}

/// The mode of a workload and of those of its ports that have one of their own, by container port (PA-4).
struct EffectivePeerAuthentication: Hashable, Sendable {
  var mode: PeerMode
  /// The field that says so; nil for Istio's default.
  var origin: Origin?
  var ports: [UInt32: PortMode]

  struct PortMode: Hashable, Sendable {
    var mode: PeerMode
    var origin: Origin?
  }

  func mode(ofPort port: UInt32) -> PortMode {
    ports[port] ?? PortMode(mode: mode, origin: origin)
  }
}
