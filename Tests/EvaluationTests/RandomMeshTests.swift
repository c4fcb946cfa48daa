import Diagnostics
import Evaluation
import MeshCodec
import MeshModel
import ProxyModel
import SeededDraws
import Testing
import Translation

@Suite struct RandomMeshTests {
  private static let vantages = [
    Vantage(kind: .sidecar, namespace: "shop", labels: ["app": "me"], addresses: ["10.244.0.9"]),
    Vantage(kind: .gateway, namespace: "front", labels: ["istio": "ingress"], addresses: ["10.244.0.8"]),
  ]

  @Test(arguments: SeededRandom.seeds(60))
  func `what a mesh is translated to is searched as it is written`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let text = random.mesh()
    let (objects, problems) = readObjects(files: [("mesh.yaml", Array(text.utf8))])
    #expect(problems.isEmpty, "DRYDOCK_SEED=\(seed): \(problems.map(\.message.en))")
    let translator = Translator(Snapshot(objects))
    for vantage in Self.vantages {
      let configuration = translator.configuration(for: vantage)
      for (name, table) in configuration.routeConfigurations.sorted(by: { $0.key < $1.key }) {
        let domains = table.virtualHosts.flatMap(\.domains)
        #expect(Set(domains).count == domains.count, "DRYDOCK_SEED=\(seed): \(name) has a domain twice")
        let search = RouteSearch(table)
        let scan = LinearScan(configuration: table)
        for _ in 0..<25 {
          var request = random.request()
          request.authority = Array(random.pick(domains + ["elsewhere.test", "web:80"]).utf8)
          let wanted = scan.route(for: request, scheme: "http")
          let found = search.route(for: request, scheme: Array("http".utf8))
          #expect(found == wanted, "DRYDOCK_SEED=\(seed): \(name)")
        }
      }
    }
  }

  @Test(arguments: SeededRandom.seeds(20))
  func `the order in which objects are given changes nothing`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let documents = random.mesh().split(separator: "\n---\n").map(String.init)
    let shuffled = documents.shuffled(using: &random)
    for vantage in Self.vantages {
      #expect(Self.routes(documents, vantage) == Self.routes(shuffled, vantage), "DRYDOCK_SEED=\(seed)")
    }
  }

  /// Every route of every virtual host, as text.
  private static func routes(_ documents: [String], _ vantage: Vantage) -> [String] {
    let (objects, _) = readObjects(files: [("mesh.yaml", Array(documents.joined(separator: "\n---\n").utf8))])
    let configuration = Translator(Snapshot(objects)).configuration(for: vantage)
    let tables = configuration.routeConfigurations.sorted { $0.key < $1.key }
    return tables.flatMap { name, table in
      table.virtualHosts.flatMap { host in
        host.routes.map { "\(name) \(host.name) \(host.domains) \($0.name) \($0.match)" }
      }
    }
  }
}
