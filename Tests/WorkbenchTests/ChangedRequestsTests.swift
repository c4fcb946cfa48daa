import MeshModel
import RequestSpace
import Testing
import Workbench

@Suite struct ChangedRequestsTests {
  private static let services = """
    apiVersion: v1
    kind: Service
    metadata: {name: reviews, namespace: shop}
    spec: {clusterIP: 10.96.0.1, selector: {app: reviews}, ports: [{name: http, port: 9080}]}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: client, namespace: shop, labels: {app: client}}
    spec: {containers: [{name: a, image: a}]}
    status: {podIP: 10.244.0.5}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: reviews-v1, namespace: shop, labels: {app: reviews, version: v1}}
    spec: {containers: [{name: a, image: a}]}
    status: {podIP: 10.244.0.6}
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: {name: reviews, namespace: shop}
    spec: {host: reviews, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]}

    """

  private static func rules(_ http: String) -> String {
    """
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: reviews, namespace: shop}
    spec:
      hosts: [reviews]
      http: \(http)

    """
  }

  private func session(_ http: String, _ more: String = "") -> SimulationSession {
    let text = Self.services + Self.rules(http) + more
    return SimulationSession(Snapshot(ObjectInput(files: [("mesh.yaml", Array(text.utf8))]).objects), now: 0)
  }

  private static let jason =
    "{match: [{headers: {end-user: {exact: jason}}}], route: [{destination: {host: reviews, subset: v2}}]}"
  private static let v1 = "{route: [{destination: {host: reviews, subset: v1}}]}"
  private static let touched = [
    ObjectID(kind: .virtualService, namespace: "shop", name: "reviews")
  ]

  @Test func `a rule that is taken away changes the requests that it took, and no others`() {
    let changes = changedRequests(
      before: session("[\(Self.jason), \(Self.v1)]"), after: session("[\(Self.v1)]"), touched: Self.touched)
    #expect(changes.count == 1)
    #expect(changes.first?.line.http?.headers.count == 1)
    #expect(changes.first?.before.headline == "503 UH no_healthy_upstream")
    #expect(changes.first?.after.headline == "reviews.shop:9080 v1")
  }

  @Test func `rules that change places without overlap change nothing`() {
    let other =
      "{match: [{uri: {exact: /a}, headers: {end-user: {exact: ann}}}], route: [{destination: {host: reviews, subset: v1}}]}"
    let changes = changedRequests(
      before: session("[\(Self.jason), \(other)]"), after: session("[\(other), \(Self.jason)]"), touched: Self.touched)
    #expect(changes.isEmpty)
  }

  @Test func `a test of the mesh is asked too, and named`() {
    var line = RequestLine()
    line.proxy.pod = "shop/client"
    var http = RequestLine.HTTP()
    http.authority = "reviews:9080"
    http.path = Array("/deep/page".utf8)
    line.http = http
    let after = session(
      "[{match: [{uri: {prefix: /deep}}], timeout: 3s, route: [{destination: {host: reviews, subset: v1}}]}, \(Self.v1)]"
    )
    let changes = changedRequests(
      before: session("[\(Self.v1)]"), after: after, touched: Self.touched,
      tests: [NamedRequest(name: "deep", line: line)])
    #expect(changes.first?.source == .test("deep"))
    #expect(changes.first?.changes == [Behaviour.Change(aspect: "timeout", before: "none", after: "3000ms")])
  }

  @Test(arguments: [
    "metadata: {name: r, namespace: elsewhere}, spec: {host: reviews.shop.svc.cluster.local, POLICY}",
    "metadata: {name: r, namespace: shop}, spec: {host: \"*.shop.svc.cluster.local\", POLICY}",
    "metadata: {name: r, namespace: elsewhere}, spec: {host: far.example.com, POLICY}",
    "metadata: {name: r, namespace: shop}, spec: {host: far.example.com, workloadSelector: {matchLabels: {app: reviews}}, POLICY}",
  ])
  func `a destination rule is asked for as those see it whom it is for`(rule: String) {
    let mesh = """
      apiVersion: v1
      kind: Service
      metadata: {name: reviews, namespace: shop}
      spec: {clusterIP: 10.96.0.1, selector: {app: reviews}, ports: [{name: http, port: 9080}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: reviews-v1, namespace: shop, labels: {app: reviews, version: v1}}
      spec: {containers: [{name: a, image: a}]}
      status: {podIP: 10.244.0.6}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: client, namespace: elsewhere, labels: {app: client}}
      spec: {containers: [{name: a, image: a}]}
      status: {podIP: 10.244.0.7}
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: far, namespace: shop}
      spec: {hosts: [far.example.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}

      """
    let policy = "trafficPolicy: {connectionPool: {tcp: {maxConnections: 5}}}"
    let text = "---\n{apiVersion: networking.istio.io/v1, kind: DestinationRule, \(rule)}\n"
    let parts = text.split(separator: "POLICY", omittingEmptySubsequences: false)
    func session(_ text: String) -> SimulationSession {
      SimulationSession(Snapshot(ObjectInput(files: [("mesh.yaml", Array(text.utf8))]).objects), now: 0)
    }
    let ids = ["shop", "elsewhere"].map { ObjectID(kind: .destinationRule, namespace: $0, name: "r") }
    let changes = changedRequests(
      before: session(mesh), after: session(mesh + parts.joined(separator: policy)), touched: ids)
    #expect(!changes.isEmpty)
    #expect(changes.allSatisfy { $0.after["connections"]?.contains("max connections 5") ?? false })
  }

  @Test func `a policy that refuses changes what the server says`() {
    let policy = """
      ---
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: deny, namespace: shop}
      spec: {}

      """
    let changes = changedRequests(
      before: session("[\(Self.v1)]"), after: session("[\(Self.v1)]", policy),
      touched: [ObjectID(kind: .authorizationPolicy, namespace: "shop", name: "deny")])
    #expect(changes.first?.after["at the server"] == "403 rbac_access_denied_matched_policy[none]")
  }

  private func rule(_ match: String, _ subset: String) -> String {
    "{match: [{\(match)}], route: [{destination: {host: reviews, subset: \(subset)}}]}"
  }

  @Test(arguments: [
    "uri: {exact: /api}", "uri: {prefix: /api}, method: {exact: GET}", "uri: {prefix: /api}, ignoreUriCase: true",
    "uri: {prefix: /api}, withoutHeaders: {x: {exact: a}}", "uri: {prefix: /api}, sourceLabels: {app: client}",
    "uri: {prefix: /api}, sourceNamespace: shop", "uri: {prefix: /api}, authority: {exact: \"reviews:9080\"}",
    "uri: {prefix: /api}, headers: {a: {exact: b}}", "uri: {prefix: /api}, queryParams: {a: {exact: b}}",
  ])
  func `a rule that asks for more leaves requests to the next one, and one of them is shown`(match: String) {
    let old = rule("uri: {prefix: /api}", "v2")
    let changes = changedRequests(
      before: session("[\(old), \(Self.v1)]"), after: session("[\(rule(match, "v2")), \(Self.v1)]"),
      touched: Self.touched)
    #expect(changes.count == 1)
  }

  @Test func `rules that overlap and change places change what both would take`() {
    let api = rule("uri: {prefix: /api}", "v1")
    let changes = changedRequests(
      before: session("[\(Self.jason), \(api)]"), after: session("[\(api), \(Self.jason)]"), touched: Self.touched)
    #expect(changes.map { $0.line.http?.headers.count } == [1])
    #expect(changes.first.map { String(decoding: $0.line.http?.path ?? [], as: UTF8.self) } == "/api")
  }

  @Test func `every server name of a rule that comes or goes is asked for`() {
    let entry = """
      ---
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: far, namespace: shop}
      spec: {hosts: [a.com, b.com], ports: [{number: 443, name: tls, protocol: TLS}], resolution: DNS}

      """
    let routes = """
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: far, namespace: shop}
      spec: {hosts: [a.com, b.com], tls: [{match: [{sniHosts: [a.com, b.com]}], route: [{destination: {host: a.com}}]}]}

      """
    let changes = changedRequests(
      before: session("[\(Self.v1)]", entry + routes), after: session("[\(Self.v1)]", entry),
      touched: [ObjectID(kind: .virtualService, namespace: "shop", name: "far")])
    #expect(changes.map(\.line.connection.tls?.sni) == ["b.com"])
  }

  @Test func `a host that a gateway no longer takes is asked for`() {
    func routes(_ hosts: String) -> String {
      """
      ---
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: edge, namespace: shop}
      spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: front, namespace: shop}
      spec: {hosts: \(hosts), gateways: [edge], http: \("[\(Self.v1)]")}

      """
    }
    let changes = changedRequests(
      before: session("[\(Self.v1)]", routes("[a.example.com, b.example.com]")),
      after: session("[\(Self.v1)]", routes("[a.example.com]")),
      touched: [ObjectID(kind: .virtualService, namespace: "shop", name: "front")])
    #expect(changes.map(\.line.http?.authority) == ["b.example.com"])
  }
}
