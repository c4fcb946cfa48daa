import Diagnostics
import MeshCodec
import MeshModel
import ProxyModel
import Translation

/// A mesh given as YAML, and what its proxies are told.
struct Mesh {
  let translator: Translator

  init(_ text: String) {
    let (objects, problems) = readObjects(files: [("mesh.yaml", Array(text.utf8))])
    let errors = problems.filter { $0.severity == .error }.map(\.message.en)
    precondition(errors.isEmpty, "\(errors)")
    translator = Translator(Snapshot(objects))
  }

  func sidecarRoutes(_ name: String, namespace: String = "shop", labels: [String: String] = [:]) -> RouteConfiguration {
    let vantage = Vantage(kind: .sidecar, namespace: namespace, labels: labels, addresses: ["10.244.0.9"])
    return translator.sidecarRoutes(name, for: vantage)
  }

  func gatewayRoutes(_ name: String) -> RouteConfiguration {
    let vantage = Vantage(
      kind: .gateway, namespace: "edge", labels: ["istio": "ingress"], addresses: ["10.244.0.1"])
    return translator.gatewayRoutes(name, for: vantage)
  }
}

extension RouteConfiguration {
  subscript(host: String) -> VirtualHost? {
    virtualHosts.first { $0.domains.contains(host) }
  }
}

extension Route {
  /// Where it goes, for short: the cluster, several with their weights, `301`, `503!`.
  var target: String {
    switch action {
    case .forward(let forward):
      switch forward.target {
      case .cluster(let name): name
      case .weighted(let entries): entries.map { "\($0.weight)*\($0.cluster)" }.joined(separator: " ")
      }
    case .redirect(let redirect): "\(redirect.status)"
    case .respond(let response): "\(response.status)!"
    }
  }

  var forward: Forward? {
    guard case .forward(let forward) = action else { return nil }
    return forward
  }
}
