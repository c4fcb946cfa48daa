import MeshModel
import ProxyModel
import Testing
import Translation

@Suite struct UnmodelledObjectsTests {
  private static let services = """
    apiVersion: v1
    kind: Service
    metadata: {name: web, namespace: shop}
    spec:
      clusterIP: 10.96.0.1
      ports: [{name: http, port: 80}, {name: http-more, port: 81}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: api, namespace: shop}
    spec:
      clusterIP: 10.96.0.2
      ports: [{name: http, port: 80}]
    ---

    """

  private func configuration(_ text: String, labels: [String: String] = ["app": "me"]) -> ProxyConfiguration {
    let vantage = Vantage(kind: .sidecar, namespace: "shop", labels: labels, addresses: ["10.244.0.9"])
    return Mesh(Self.services + text).translator.configuration(for: vantage)
  }

  private static func envoyFilter(_ patch: String, namespace: String = "shop", selector: String = "{}") -> String {
    """
    apiVersion: networking.istio.io/v1alpha3
    kind: EnvoyFilter
    metadata: {name: tweak, namespace: \(namespace)}
    spec:
      workloadSelector: \(selector)
      configPatches:
      - \(patch.split(separator: "\n").joined(separator: "\n  "))
        patch: {operation: MERGE, value: {}}
    """
  }

  @Test func `a patch of one virtual host is told there and nowhere else`() {
    let patch = """
      applyTo: VIRTUAL_HOST
        match: {context: SIDECAR_OUTBOUND, routeConfiguration: {vhost: {name: 'web.shop.svc.cluster.local:80'}}}
      """
    let found = configuration(Self.envoyFilter(patch))
    #expect(found.notModelled.isEmpty)
    let table = found.routeConfigurations["80"]
    #expect(table?.notModelled.isEmpty == true)
    #expect(table?["web"]?.notModelled.map(\.origin?.field) == ["spec.configPatches[0]"])
    #expect(table?["api"]?.notModelled.isEmpty == true)
  }

  @Test func `a patch of a cluster is told at the clusters that it matches`() {
    let patch = "applyTo: CLUSTER\n  match: {cluster: {service: web.shop.svc.cluster.local, portNumber: 81}}"
    let found = configuration(Self.envoyFilter(patch))
    let marked = found.clusters.values.filter { !$0.notModelled.isEmpty }.map(\.name)
    #expect(marked == ["outbound|81||web.shop.svc.cluster.local"])
  }

  @Test(arguments: [
    ("shop", "{labels: {app: me}}", "ANY", true), ("shop", "{labels: {app: you}}", "ANY", false),
    ("other", "{}", "ANY", false), ("istio-system", "{}", "ANY", true), ("shop", "{}", "GATEWAY", false),
    ("shop", "{}", "SIDECAR_INBOUND", false),
  ])
  func `a filter counts for the workloads and the direction it names`(
    namespace: String, selector: String, context: String, counts: Bool
  ) {
    let patch = "applyTo: LISTENER\n  match: {context: \(context), listener: {portNumber: 80}}"
    let found = configuration(Self.envoyFilter(patch, namespace: namespace, selector: selector))
    let marked = found.listeners.filter { !$0.notModelled.isEmpty }.map(\.port)
    #expect(marked == (counts ? [80] : []))
  }

  @Test func `a plugin for servers does not touch what a client sends`() {
    func plugin(_ match: String) -> String {
      """
      apiVersion: extensions.istio.io/v1alpha1
      kind: WasmPlugin
      metadata: {name: plugin, namespace: shop}
      spec: {url: oci://example.com/plugin, match: \(match)}
      """
    }
    func marked(_ match: String) -> [UInt32] {
      configuration(plugin(match)).listeners.filter { listener in
        (listener.filterChains + [listener.defaultFilterChain].compactMap(\.self)).flatMap(\.filters).contains {
          filter in
          guard case .connectionManager(let manager) = filter else { return false }
          return !manager.notModelled.isEmpty
        }
      }.map(\.port).sorted()
    }
    #expect(marked("[{mode: SERVER}]").isEmpty)
    #expect(marked("[{mode: CLIENT, ports: [{number: 81}]}]") == [81])
    #expect(marked("[]") == [80, 81])
  }

  @Test func `a Gateway API route of a service is told at that service`() {
    let route = """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: split, namespace: shop}
      spec:
        parentRefs: [{group: '', kind: Service, name: web, port: 80}]
      """
    let table = configuration(route).routeConfigurations["80"]
    #expect(table?["web"]?.notModelled.map(\.reason) == [.gatewayAPI])
    #expect(table?["api"]?.notModelled.isEmpty == true)
  }
}
