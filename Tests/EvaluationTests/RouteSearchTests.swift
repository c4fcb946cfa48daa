import Evaluation
import ProxyModel
import SeededDraws
import Testing

@Suite struct RouteSearchTests {
  @Test(arguments: SeededRandom.seeds(150))
  func `the indexed search finds the route that a scan of all routes finds`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let configuration = random.configuration()
    let search = RouteSearch(configuration)
    let scan = LinearScan(configuration: configuration)
    for _ in 0..<60 {
      let request = random.request()
      let scheme = random.pick(["http", "https"])
      let wanted = scan.route(for: request, scheme: scheme)
      let found = search.route(for: request, scheme: Array(scheme.utf8))
      #expect(found == wanted, "DRYDOCK_SEED=\(seed): \(Self.text(request))")
    }
  }

  private static func text(_ request: HTTPRequest) -> String {
    let headers = request.headers.map { String(decoding: $0.name + [0x3A] + $0.value, as: UTF8.self) }
    let line = [request.method, request.authority ?? [], request.path].map { String(decoding: $0, as: UTF8.self) }
    return (line + headers).joined(separator: " ")
  }
}
