import MeshModel
import ProxyModel

/// EnvoyFilters, WasmPlugins and TrafficExtensions: they change what a proxy does in ways that are not modelled, so
/// every answer that one of them could touch says so.
struct ExtensionIndex: Sendable {
  private let items: [Item]
  private let rootNamespace: String

  private struct Item: Sendable {
    var id: ObjectID
    var selector: WorkloadSelector?
    var targets: [PolicyTargetReference]
    var patches: [EnvoyPatch] = []
    var filter: ExtensionFilter?
  }

  init(_ snapshot: Snapshot) {
    rootNamespace = snapshot.meshConfig.rootNamespaceName
    var items: [Item] = []
    for kind in [ObjectKind.envoyFilter, .wasmPlugin, .trafficExtension] {
      for object in snapshot.objects(of: kind) {
        guard case .opaque(let whole) = object.content, let spec = whole["spec"] else { continue }
        items.append(Self.item(object.id, spec))
      }
    }
    self.items = items
  }

  private static func item(_ id: ObjectID, _ spec: Value) -> Item {
    var item = Item(id: id, selector: nil, targets: (spec["targetRefs"] ?? .null).items.map(reference))
    if item.targets.isEmpty, let single = spec["targetRef"] { item.targets = [reference(single)] }
    let labels =
      id.kind == .envoyFilter
      ? spec["workloadSelector"]?.labels("labels") : spec["selector"]?.labels("matchLabels")
    item.selector = labels.map { labels in
      var selector = WorkloadSelector()
      selector.matchLabels = labels
      return selector
    }
    if id.kind == .envoyFilter {
      item.patches = (spec["configPatches"] ?? .null).items.enumerated().compactMap { place, patch in
        EnvoyPatch(patch, origin: Origin(object: id, field: "spec.configPatches[\(place)]"))
      }
    } else {
      item.filter = ExtensionFilter(spec, of: id)
    }
    return item
  }

  private static func reference(_ value: Value) -> PolicyTargetReference {
    var reference = PolicyTargetReference()
    reference.group = value.text("group")
    reference.kind = value.text("kind")
    reference.name = value.text("name")
    reference.namespace = value.text("namespace")
    return reference
  }

  var isEmpty: Bool { items.isEmpty }

  /// EF-S10 to EF-S16: those of the root namespace and of the workload's own that select it.
  func note(in configuration: inout ProxyConfiguration, serverPorts: [String: Set<UInt32>] = [:]) {
    guard !items.isEmpty else { return }
    let vantage = configuration.vantage
    let selection = PolicySelection(
      namespace: vantage.namespace, labels: vantage.labels, rootNamespace: rootNamespace)
    let namespaces = selection.namespaces(rootFirst: true)
    for item in items where namespaces.contains(item.id.namespace) {
      guard
        selection.selects(selector: item.selector, targets: item.targets, policyNamespace: item.id.namespace)
      else { continue }
      for patch in item.patches where patch.applies(to: vantage) {
        EnvoyPatchNotes(patch: patch, serverPorts: serverPorts).note(in: &configuration)
      }
      item.filter?.note(in: &configuration)
    }
  }
}

/// What a WasmPlugin or a TrafficExtension puts into chains.
struct ExtensionFilter: Sendable {
  private let note: NotModelled
  private let isNetwork: Bool
  private let matches: [(mode: String, ports: [UInt32])]

  init(_ spec: Value, of id: ObjectID) {
    let isWasm = id.kind == .wasmPlugin
    note = NotModelled(origin: Origin(object: id, field: ""), reason: isWasm ? .wasmPlugin : .trafficExtension)
    let wasm = isWasm ? spec : spec["wasm"] ?? .null
    isNetwork = wasm.text("type") == "NETWORK"
    matches = (spec["match"] ?? .null).items.map { match in
      (match.text("mode"), (match["ports"] ?? .null).items.compactMap { $0.port("number") })
    }
  }

  func note(in configuration: inout ProxyConfiguration) {
    let kind = configuration.vantage.kind
    configuration.changeChains { listener, chain in
      let port = listener.name == "virtualInbound" ? chain.match.destinationPort ?? 0 : listener.port
      guard fits(kind, port) else { return }
      if isNetwork {
        chain.note(note)
      } else {
        chain.changeManager { $0.notModelled.append(note) }
      }
    }
  }

  private func fits(_ kind: Vantage.Kind, _ port: UInt32) -> Bool {
    guard !matches.isEmpty else { return true }
    return matches.contains { match in
      let isOwnMode: Bool
      switch match.mode {
      case "CLIENT": isOwnMode = kind != .inbound
      case "SERVER": isOwnMode = kind == .inbound
      default: isOwnMode = true
      }
      return isOwnMode && (match.ports.isEmpty || match.ports.contains(port))
    }
  }
}

extension ProxyConfiguration {
  mutating func changeChains(_ change: (Listener, inout FilterChain) -> Void) {
    for place in listeners.indices {
      let listener = listeners[place]
      for chain in listeners[place].filterChains.indices { change(listener, &listeners[place].filterChains[chain]) }
      if var chain = listeners[place].defaultFilterChain {
        change(listener, &chain)
        listeners[place].defaultFilterChain = chain
      }
    }
  }
}

extension FilterChain {
  mutating func note(_ reason: NotModelled) {
    if !notModelled.contains(reason) { notModelled.append(reason) }
  }

  mutating func changeManager(_ change: (inout HTTPConnectionManager) -> Void) {
    for place in filters.indices {
      guard case .connectionManager(var manager) = filters[place] else { continue }
      change(&manager)
      filters[place] = .connectionManager(manager)
    }
  }
}
