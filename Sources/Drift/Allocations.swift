import MeshModel

/// Values that a cluster chose because the manifest left them open: an address, a port of the nodes. They are no
/// drift where the manifest still leaves them open.
enum Allocations {
  /// The live object without what it was given and the stored one does not ask for.
  static func removed(from live: Value, _ stored: Value, _ kind: ObjectKind) -> Value {
    let managed = live.changing("metadata") { withoutManager($0, stored["metadata"]) }
    switch kind {
    case .service:
      return managed.changing("spec") { service($0, stored["spec"] ?? .object([])) }
    case .serviceAccount:
      return without(["secrets", "imagePullSecrets"], managed, stored)
    case .pod:
      return managed.changing("spec") { pod($0, stored["spec"] ?? .object([])) }
    default: return managed
    }
  }

  private static func without(_ keys: [String], _ live: Value, _ stored: Value) -> Value {
    keys.reduce(live) { stored[$1] == nil ? $0.removing($1) : $0 }
  }

  /// Helm labels what it delivers.
  private static func withoutManager(_ live: Value, _ stored: Value?) -> Value {
    let key = "app.kubernetes.io/managed-by"
    guard stored?["labels"]?[key] == nil else { return live }
    return live.changing("labels") { $0.removing(key) }.removingEmpty("labels")
  }

  private static func service(_ live: Value, _ stored: Value) -> Value {
    var result = without(["clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort"], live, stored)
    // Without an address of its own a Service is another sort of Service, which nobody is given unasked.
    if live["clusterIP"] != .string("None") { result = without(["clusterIP"], result, stored) }
    return result.changing("ports") { ports in
      ports.mappingElements { port in asksForNodePort(stored, port) ? port : port.removing("nodePort") }
    }
  }

  private static func asksForNodePort(_ stored: Value, _ port: Value) -> Bool {
    guard case .array(let ports) = stored["ports"] else { return false }
    return ports.contains {
      $0["port"] == port["port"] && $0["protocol"] == port["protocol"] && $0["nodePort"] != nil
    }
  }

  /// What the scheduler, the admission of service accounts and that of taints add.
  private static func pod(_ live: Value, _ stored: Value) -> Value {
    var result = without(["nodeName", "tolerations", "priority", "priorityClassName"], live, stored)
    result = result.changing("volumes") { volumes in
      filtered(volumes) { !isTokenVolume($0["name"]) || named($0["name"], in: stored["volumes"]) }
    }
    .removingEmptyList("volumes")
    for list in ["containers", "initContainers"] {
      result = result.changing(list) { containers in
        containers.mappingElements { container in
          container.changing("volumeMounts") { mounts in filtered(mounts) { !isTokenVolume($0["name"]) } }
            .removingEmptyList("volumeMounts")
        }
      }
    }
    return result
  }

  private static func isTokenVolume(_ name: Value?) -> Bool {
    guard case .string(let text) = name else { return false }
    return text.utf8.starts(with: "kube-api-access-".utf8)
  }

  private static func named(_ name: Value?, in list: Value?) -> Bool {
    guard case .array(let elements) = list else { return false }
    return elements.contains { $0["name"] == name }
  }

  private static func filtered(_ list: Value, _ isWanted: (Value) -> Bool) -> Value {
    guard case .array(let elements) = list else { return list }
    return .array(elements.filter(isWanted))
  }
}

extension Value {
  fileprivate func removingEmptyList(_ key: String) -> Value {
    self[key] == .array([]) ? removing(key) : self
  }
}
