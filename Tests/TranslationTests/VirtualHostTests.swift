import MeshModel
import ProxyModel
import Testing
import Translation

@Suite struct VirtualHostTests {
  private static func service(_ name: String, _ namespace: String, _ ip: String, _ port: String) -> String {
    """
    apiVersion: v1
    kind: Service
    metadata: {name: \(name), namespace: \(namespace)}
    spec:
      clusterIP: \(ip)
      ports: [\(port)]
    ---

    """
  }

  private static func virtualService(_ name: String, _ namespace: String, hosts: String, _ extra: String = "") -> String
  {
    """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: \(name), namespace: \(namespace)}
    spec:
      hosts: \(hosts)
      http: [{name: \(name), directResponse: {status: 200}}]
    \(extra.isEmpty ? "" : "  " + extra)
    ---

    """
  }

  private static let http = "{name: http, port: 80}"

  @Test func `clients of the same namespace may use the bare name`() {
    let mesh = Mesh(Self.service("web", "shop", "10.96.0.1", Self.http))
    let full = ["web.shop.svc.cluster.local", "web.shop.svc.cluster.local."]
    #expect(
      mesh.sidecarRoutes("80", namespace: "shop").virtualHosts[0].domains
        == full + ["web", "web.shop.svc", "web.shop", "10.96.0.1"])
    #expect(
      mesh.sidecarRoutes("80", namespace: "pay").virtualHosts[0].domains
        == full + ["web.shop", "web.shop.svc", "10.96.0.1"])
  }

  @Test func `pods of a headless service are reached by a name of their own`() {
    let mesh = Mesh(Self.service("db", "shop", "None", Self.http))
    let domains = mesh.sidecarRoutes("80", namespace: "pay").virtualHosts[0].domains
    #expect(domains.contains("*.db.shop.svc.cluster.local"))
    #expect(domains.contains("*.db.shop"))
    #expect(!domains.contains("None"))
  }

  @Test func `an auto-detected port with an address answers to every name`() {
    let mesh = Mesh(Self.service("web", "shop", "10.96.0.1", "{name: any, port: 7000}"))
    let found = mesh.sidecarRoutes("web.shop.svc.cluster.local:7000").virtualHosts
    #expect(found.map(\.domains) == [["*"]])
  }

  @Test func `the first VirtualService of a host has it, the later one does not count`() {
    let mesh = Mesh(
      Self.service("web", "shop", "10.96.0.1", Self.http)
        + Self.virtualService("b", "shop", hosts: "[web]")
        + Self.virtualService("a", "pay", hosts: "[web.shop.svc.cluster.local]"))
    #expect(mesh.sidecarRoutes("80")["web"]?.origin?.object.name == "a")
  }

  @Test func `one that is private to the client's namespace comes before older public ones`() {
    let mesh = Mesh(
      Self.service("web", "shop", "10.96.0.1", Self.http)
        + Self.virtualService("z", "shop", hosts: "[web]", "exportTo: ['.']")
        + Self.virtualService("a", "pay", hosts: "[web.shop.svc.cluster.local]"))
    #expect(mesh.sidecarRoutes("80", namespace: "shop")["web"]?.origin?.object.name == "z")
    #expect(mesh.sidecarRoutes("80", namespace: "pay")["web.shop"]?.origin?.object.name == "a")
  }

  @Test func `a wildcard stands for the services it names most specifically, and then for no other name`() {
    let mesh = Mesh(
      Self.service("web", "shop", "10.96.0.1", Self.http) + Self.service("api", "pay", "10.96.0.2", Self.http)
        + Self.virtualService("wide", "shop", hosts: "['*.svc.cluster.local']")
        + Self.virtualService("narrow", "shop", hosts: "['*.pay.svc.cluster.local']")
        + Self.virtualService("other", "shop", hosts: "['*.example.com']"))
    let found = mesh.sidecarRoutes("80")
    #expect(found["web"]?.origin?.object.name == "wide")
    #expect(found["api.pay"]?.origin?.object.name == "narrow")
    #expect(found["*.svc.cluster.local"] == nil)
    #expect(found["*.example.com"]?.origin?.object.name == "other")
  }

  @Test func `hosts that are no service have a place on port 80 only`() {
    let mesh = Mesh(
      Self.service("web", "shop", "10.96.0.1", "{name: http, port: 80}, {name: http-more, port: 81}")
        + Self.virtualService("out", "shop", hosts: "[out.example.com]"))
    #expect(mesh.sidecarRoutes("80")["out.example.com"]?.domains == ["out.example.com"])
    #expect(mesh.sidecarRoutes("81")["out.example.com"] == nil)
  }

  @Test func `unknown hosts come last and go where the policy says`() {
    let mesh = Mesh(Self.service("web", "shop", "10.96.0.1", Self.http))
    #expect(mesh.sidecarRoutes("80").virtualHosts.last?.routes[0].target == "PassthroughCluster")
    let closed = Mesh(
      Self.service("web", "shop", "10.96.0.1", Self.http)
        + """
        apiVersion: networking.istio.io/v1
        kind: Sidecar
        metadata: {name: default, namespace: shop}
        spec: {outboundTrafficPolicy: {}}
        """)
    #expect(closed.sidecarRoutes("80").virtualHosts.last?.routes[0].target == "502!")
  }
}
