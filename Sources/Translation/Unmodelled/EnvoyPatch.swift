import MeshModel
import ProxyModel

/// One entry of an EnvoyFilter's `configPatches`, as far as it tells what it could touch.
struct EnvoyPatch: Sendable {
  var origin: Origin
  var target: Target
  var operation: Operation
  /// Empty: any context.
  var context: String
  /// The `match` object; null when there is none.
  var match: Value
  var value: Value

  enum Target: String, Sendable {
    case listener = "LISTENER"
    case listenerFilter = "LISTENER_FILTER"
    case filterChain = "FILTER_CHAIN"
    case networkFilter = "NETWORK_FILTER"
    case httpFilter = "HTTP_FILTER"
    case routeConfiguration = "ROUTE_CONFIGURATION"
    case virtualHost = "VIRTUAL_HOST"
    case httpRoute = "HTTP_ROUTE"
    case cluster = "CLUSTER"
  }

  enum Operation: Sendable { case add, insertBeside, insertFirst, merge, remove, replace }

  /// nil: it touches nothing that answers a request, such as BOOTSTRAP, or it is accepted and does nothing (EF-S26,
  /// EF-S36, EF-S58, EF-S60, EF-S64).
  init?(_ value: Value, origin: Origin) {
    guard case .string(let kind)? = value["applyTo"], let target = Target(rawValue: kind) else { return nil }
    let patch = value["patch"] ?? .null
    guard let operation = Self.operation(patch["operation"], target) else { return nil }
    self.origin = origin
    self.target = target
    self.operation = operation
    match = value["match"] ?? .null
    self.value = patch["value"] ?? .null
    let context = match.text("context")
    self.context = context == "ANY" ? "" : context
  }

  private static func operation(_ written: Value?, _ target: Target) -> Operation? {
    guard case .string(let name)? = written else { return nil }
    let isOrdered: Bool
    switch target {
    case .listenerFilter, .networkFilter, .httpFilter, .httpRoute: isOrdered = true
    case .listener, .filterChain, .routeConfiguration, .virtualHost, .cluster: isOrdered = false
    }
    let operation: Operation
    switch name {
    case "ADD": operation = .add
    case "INSERT_BEFORE", "INSERT_AFTER": operation = isOrdered ? .insertBeside : .add  // EF-S5
    case "INSERT_FIRST": operation = isOrdered ? .insertFirst : .add
    case "MERGE": operation = .merge
    case "REMOVE": operation = .remove
    case "REPLACE": operation = .replace
    default: return nil
    }
    switch (target, operation) {
    case (.routeConfiguration, .merge): return operation
    case (.routeConfiguration, _): return nil
    case (.httpRoute, .replace), (.listener, .replace), (.filterChain, .replace), (.cluster, .replace): return nil
    default: return operation
    }
  }

  /// EF-S17, EF-S19: contexts, and what is known of the proxy. What is not known of it is taken to fit.
  func applies(to vantage: Vantage) -> Bool {
    let own: String
    switch vantage.kind {
    case .sidecar: own = "SIDECAR_OUTBOUND"
    case .gateway: own = "GATEWAY"
    case .inbound: own = "SIDECAR_INBOUND"
    }
    guard context.isEmpty || context == own else { return false }
    let proxy = match["proxy"] ?? .null
    if case .string(let namespace)? = proxy["metadata"]?["NAMESPACE"], namespace != vantage.namespace { return false }
    return Self.fitsVersion(proxy.text("proxyVersion"))
  }

  /// `^1\.29.*` and the like: only patterns that plainly name another minor version are out.
  private static func fitsVersion(_ pattern: String) -> Bool {
    let head = #"^1\."#.utf8
    guard pattern.utf8.starts(with: head) else { return true }
    let digits = pattern.utf8.dropFirst(head.count).prefix { (48...57).contains($0) }
    return digits.isEmpty || "30".utf8.starts(with: digits)
  }
}

extension Value {
  /// The text of a member; empty when there is none.
  func text(_ key: String) -> String {
    guard case .string(let text)? = self[key] else { return "" }
    return text
  }

  /// A positive number of a member; nil when there is none.
  func port(_ key: String) -> UInt32? {
    guard case .integer(let number)? = self[key], number > 0 else { return nil }
    return UInt32(clamping: number)
  }

  /// The labels of `matchLabels`, or of `labels`.
  func labels(_ key: String) -> [String: String] {
    guard case .object(let members)? = self[key] else { return [:] }
    var result: [String: String] = [:]
    for member in members {
      if case .string(let text) = member.value { result[member.key] = text }
    }
    return result
  }

  var items: [Value] {
    guard case .array(let items) = self else { return [] }
    return items
  }
}
