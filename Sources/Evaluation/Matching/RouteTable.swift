import Patterns
import ProxyModel
import Synchronization

/// A route configuration made ready for look-ups; each virtual host is compiled when it is first asked.
final class RouteTable: Sendable {
  let configuration: RouteConfiguration
  private let hosts: HostIndex
  private let slots: [Slot]
  private let patterns: PatternCache

  private final class Slot: Sendable {
    private let place = Atomic<UInt>(0)

    deinit { Published.release(place, as: VirtualHostPlan.self) }

    var plan: VirtualHostPlan? { Published.load(place, as: VirtualHostPlan.self) }

    func keep(_ plan: VirtualHostPlan) -> VirtualHostPlan { Published.storeIfNil(plan, place) }
  }

  init(_ configuration: RouteConfiguration, _ patterns: PatternCache) {
    self.configuration = configuration
    self.patterns = patterns
    hosts = HostIndex(configuration)
    slots = configuration.virtualHosts.map { _ in Slot() }
  }

  func host(of authority: Bytes.Buffer) -> VirtualHostPlan? {
    guard let place = hosts.host(of: authority) else { return nil }
    if let made = slots[place].plan { return made }
    let plan = VirtualHostPlan(configuration.virtualHosts[place], configuration.name, patterns)
    return slots[place].keep(plan)
  }

  func host(of authority: [UInt8]) -> VirtualHostPlan? {
    authority.withUnsafeBufferPointer { host(of: $0) }
  }
}

/// The routes of one virtual host, with an index over their paths that keeps first-match order (RT-1).
final class VirtualHostPlan: Sendable {
  let host: VirtualHost
  let routes: [RoutePlan]
  private let paths: PathTrie
  private let foldedPaths: PathTrie?
  /// Routes with a regular expression, in order.
  private let expressions: [(route: UInt32, pattern: Pattern?)]
  private let conditions: RouteConditions
  /// Whether a condition is on a header that the proxy sets by itself before routing.
  let readsProxyHeaders: Bool

  init(_ host: VirtualHost, _ configuration: String, _ patterns: PatternCache) {
    self.host = host
    var exactCase: [PathTrie.Entry] = []
    var folded: [PathTrie.Entry] = []
    var expressions: [(route: UInt32, pattern: Pattern?)] = []
    var conditions = ConditionTable(patterns)
    var spans: ContiguousArray<(first: UInt32, count: UInt16)> = []
    var routes: [RoutePlan] = []
    for (place, route) in host.routes.enumerated() {
      spans.append(conditions.add(route.match))
      routes.append(RoutePlan(route, place, host.name, configuration))
      let number = UInt32(place)
      var entries: [PathTrie.Entry] = []
      switch route.match.path {
      case .exact(let path): entries = [PathTrie.Entry(path: Array(path.utf8), isPrefix: false, route: number)]
      case .prefix(let path): entries = [PathTrie.Entry(path: Array(path.utf8), isPrefix: true, route: number)]
      case .segmentPrefix(let path):
        // PM-4: the path itself, or what goes on with a slash.
        let bytes = Array(path.utf8)
        entries = [
          PathTrie.Entry(path: bytes, isPrefix: false, route: number),
          PathTrie.Entry(path: bytes + [UInt8(ascii: "/")], isPrefix: true, route: number),
        ]
      case .regex(let text): expressions.append((number, patterns.pattern(text)))
      }
      if route.match.isCaseSensitive { exactCase += entries } else { folded += entries }
    }
    paths = PathTrie(exactCase, foldsCase: false)
    foldedPaths = folded.isEmpty ? nil : PathTrie(folded, foldsCase: true)
    self.expressions = expressions
    self.conditions = RouteConditions(table: conditions, spans: spans)
    self.routes = routes
    readsProxyHeaders = host.routes.contains { route in
      route.match.headers.contains { $0.name.lowercased().utf8.starts(with: "x-forwarded-".utf8) }
    }
  }

  /// The first route of which every condition holds.
  func firstMatch(_ request: RouteRequest) -> RoutePlan? {
    let none = UInt32(routes.count)
    var best = paths.lowest(request.path, below: none, conditions, request)
    if let foldedPaths { best = foldedPaths.lowest(request.path, below: best, conditions, request) }
    for place in expressions.indices {
      let route = expressions[place].route
      if route >= best { break }
      if conditions.hold(route, request), expressions[place].pattern?.matches(request.path) ?? false {
        best = route
        break
      }
    }
    return best == none ? nil : routes[Int(best)]
  }
}

/// The conditions of the routes of a virtual host, by the number of the route.
struct RouteConditions: Sendable {
  let table: ConditionTable
  let spans: ContiguousArray<(first: UInt32, count: UInt16)>

  @inline(__always)
  func hold(_ route: UInt32, _ request: RouteRequest) -> Bool {
    let span = spans[Int(route)]
    return span.count == 0 || table.hold(span.first, span.count, request)
  }
}
