import Evaluation
import MeshModel
import ProxyModel

/// One untraced evaluation against more and more routes on a host.
enum RouteBenchmark {
  static func run() throws -> [Row] {
    var rows: [Row] = []
    for count in [10, 100, 1_000, 10_000] {
      rows += try measure(count, .exactAndPrefix, "\(Figure.grouped(count)) exact and prefix routes")
    }
    for count in [10, 100] { rows += try measure(count, .regex, "\(count) regex routes") }
    return rows
  }

  private static func measure(
    _ count: Int, _ kind: GeneratedRoutes.Paths, _ name: String
  ) throws -> [Row] {
    let routes = GeneratedRoutes(count, kind, seed: 7)
    let requests = routes.requests(65_536, seed: 11)
    let search = RouteSearch(routes.configuration)
    let scan = try RouteScan(routes.configuration.virtualHosts[0])
    let scheme = Array("http".utf8)
    let few = requests.prefix(max(512, min(requests.count, 4_000_000 / count)))
    for request in few where search.route(for: request, scheme: scheme) != scan.route(for: request) {
      throw ScratchFolder.Failure(text: "index and scan differ on \(String(decoding: request.path, as: UTF8.self))")
    }
    var sum = 0
    let own = Measurement.median(of: 7) {
      for request in requests { sum &+= search.route(for: request, scheme: scheme) ?? -1 }
    }
    let naive = Measurement.median(of: 3) {
      for request in few { sum &+= scan.route(for: request) ?? -1 }
    }
    let evaluator = evaluator(routes.configuration)
    let connection = Connection(
      source: IPAddress(bytes: [10, 244, 0, 5]), destination: IPAddress(bytes: [10, 96, 0, 1]), port: 80)
    let questions = requests.prefix(16_384).map { Question(connection: connection, http: $0) }
    let whole = Measurement.median(of: 3) {
      for question in questions { sum &+= evaluator.evaluate(question).route?.index ?? -1 }
    }
    let ownTime = own.cpuSeconds / Double(requests.count)
    let naiveTime = naive.cpuSeconds / Double(few.count)
    let wholeTime = whole.cpuSeconds / Double(questions.count)
    Sink.keep(sum)
    let choice = Row("route of a request among \(name)", Figure.nanoseconds(ownTime))
      .against(Figure.nanoseconds(naiveTime), Figure.ratio(naiveTime, ownTime))
    let answer = Row("  the whole answer to it, untraced", Figure.nanoseconds(wholeTime))
    return kind == .regex ? [choice, answer] : [choice.aiming("<= 150 ns, flat", ownTime <= 150e-9), answer]
  }

  /// A sidecar with one listener and these routes.
  private static func evaluator(_ routes: RouteConfiguration) -> Evaluator {
    var configuration = ProxyConfiguration(
      vantage: Vantage(kind: .sidecar, namespace: "default", addresses: ["10.244.0.5"]))
    var manager = HTTPConnectionManager(routes: .named(routes.name))
    manager.filters = [.fault, .cors]
    var listener = Listener(name: "0.0.0.0_80", address: "0.0.0.0", port: 80)
    listener.filterChains = [FilterChain(filters: [.connectionManager(manager)])]
    configuration.listeners = [listener]
    configuration.routeConfigurations = [routes.name: routes]
    let name = "outbound|80||shop.default.svc.cluster.local"
    var cluster = Cluster(name: name, service: "shop.default.svc.cluster.local", port: 80, discovery: .eds)
    cluster.localities = [LocalityEndpoints(locality: Locality(), endpoints: [Endpoint(address: "10.244.0.9:8080")])]
    configuration.clusters = [name: cluster]
    return Evaluator(configuration)
  }
}

/// Keeps results alive, so that no work is dropped as unused.
enum Sink {
  @inline(never)
  static func keep<T>(_ value: T) { withExtendedLifetime(value) {} }
}
