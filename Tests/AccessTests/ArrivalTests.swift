import Evaluation
import ProxyModel
import Testing

/// The famous accidents come out as what they are.
@Suite struct ArrivalTests {
  private static let base =
    Shop.namespace("shop", isInjected: true) + Shop.namespace("legacy", isInjected: false)
    + Shop.service("cart", "shop", address: "10.96.0.10", app: "cart")
    + Shop.service("old", "legacy", address: "10.96.0.12", app: "old")
    + Shop.pod("cart-v1", "shop", address: "10.244.0.10", labels: "app: cart, version: v1")
    + Shop.pod("cart-v2", "shop", address: "10.244.0.11", labels: "app: cart, version: v2")
    + Shop.pod("web", "shop", address: "10.244.0.12", labels: "app: web")
    + Shop.pod("old", "legacy", address: "10.244.0.15", labels: "app: old")

  private static let strict = """
    apiVersion: security.istio.io/v1
    kind: PeerAuthentication
    metadata: {name: default, namespace: istio-system}
    spec: {mtls: {mode: STRICT}}
    ---

    """

  private static func policy(_ name: String, _ spec: String) -> String {
    """
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata: {name: \(name), namespace: shop}
    spec: {\(spec)}
    ---

    """
  }

  @Test func `plaintext by a DestinationRule meets STRICT`() throws {
    let shop = Shop(
      Self.base + Self.strict + """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: cart, namespace: shop}
        spec: {host: cart, trafficPolicy: {tls: {mode: DISABLE}}}
        """)
    #expect(
      try shop.results("http://cart/", from: "shop/web") == [
        "503 UC: server requires mutual TLS, DestinationRule shop/cart sends plaintext",
        "503 UC: server requires mutual TLS, DestinationRule shop/cart sends plaintext",
      ])
  }

  @Test func `a client without a sidecar is reset by STRICT, and heard under PERMISSIVE`() throws {
    let words = "connection reset: server requires mutual TLS, the client has no sidecar and sends plaintext"
    #expect(
      try Shop(Self.base + Self.strict).results("http://cart.shop/", from: "legacy/old") == [words, words])
    #expect(try Shop(Self.base).results("http://cart.shop/", from: "legacy/old") == ["allowed", "allowed"])
  }

  @Test func `automatic mutual TLS leaves servers without a sidecar alone`() throws {
    let answer = try Shop(Self.base + Self.strict).answer("http://old.legacy/", from: "shop/web")
    let arrival = try #require(answer.outcomes.first?.arrivals.first)
    #expect(arrival.approach.security == .plaintext)
    #expect(arrival.reception == .served)
  }

  @Test func `mutual TLS by a DestinationRule meets a server without a sidecar`() throws {
    let shop = Shop(
      Self.base + """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: old, namespace: shop}
        spec: {host: old.legacy.svc.cluster.local, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}
        """)
    #expect(
      try shop.results("http://old.legacy/", from: "shop/web")
        == ["503 UF: server speaks plaintext, DestinationRule shop/old sends mutual TLS"])
  }

  @Test func `endpoints that behave otherwise stand apart`() throws {
    let shop = Shop(
      Self.base
        + Self.policy(
          "v2",
          "selector: {matchLabels: {version: v2}}, action: DENY, rules: [{to: [{operation: {paths: [/a]}}]},"
            + " {to: [{operation: {paths: [/b]}}]}]"))
    #expect(try shop.results("http://cart/", from: "shop/web") == ["allowed", "allowed"])
    #expect(try shop.results("http://cart/b", from: "shop/web") == ["allowed", "403 RBAC: policy shop/v2 rule 2"])
  }

  @Test func `a policy sees the service account of the client's certificate`() throws {
    let shop = Shop(
      Self.base
        + Self.policy("web", "action: ALLOW, rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}]}]")
    )
    #expect(try shop.results("http://cart/", from: "shop/web") == ["allowed", "allowed"])
    #expect(
      try shop.results("http://cart.shop/", from: "legacy/old") == [
        "403 RBAC: no ALLOW policy matches", "403 RBAC: no ALLOW policy matches",
      ])
  }

  @Test func `a call to a pod of a headless service is judged by that pod`() throws {
    let shop = Shop(
      Self.base + Self.strict
        + Shop.service("cart-all", "shop", address: "None", app: "cart", port: "name: http, port: 8080")
        + Self.policy("v1", "selector: {matchLabels: {version: v1}}, action: DENY, rules: [{}]"))
    #expect(
      try shop.results("http://cart-all:8080/", from: "shop/web", dialling: "10.244.0.10:8080") == [
        "403 RBAC: policy shop/v1 rule 1"
      ])
    #expect(try shop.results("http://cart-all:8080/", from: "shop/web", dialling: "10.244.0.11:8080") == ["allowed"])
    // By its address alone the mesh does not know it, and nothing is encrypted.
    #expect(
      try shop.results("http://10.244.0.11:8080/", from: "shop/web")
        == ["503 UC: server requires mutual TLS, the client sends plaintext"])
  }

  @Test func `a request through an egress gateway is told hop by hop`() throws {
    let shop = Shop(Self.base + Self.egress)
    let answer = try shop.answer("http://api.example.com/", from: "shop/web")
    let hop = try #require(answer.outcomes.first?.arrivals.first)
    #expect(hop.receiver.kind == .gateway)
    #expect(hop.approach.security == .meshTLS)
    let last = try #require(hop.answer?.outcomes.first)
    #expect(last.target?.cluster?.cluster.service == "api.example.com")
    #expect(last.arrivals.first?.receiver.kind == .outside)
    #expect(AccessVerdict(answer).kind == .allowed)
  }

  @Test func `a gateway without a route for a host leads nowhere, and denies nobody`() throws {
    let door = """
      apiVersion: v1
      kind: Service
      metadata: {name: door, namespace: edge}
      spec: {clusterIP: 10.96.0.21, selector: {app: door}, ports: [{name: http, port: 80, targetPort: 8080}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: door, namespace: edge, labels: {app: door}}
      spec: {serviceAccountName: door, containers: [{name: istio-proxy, image: x}]}
      status: {podIP: 10.244.0.31, phase: Running}
      ---
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: door, namespace: edge}
      spec:
        selector: {app: door}
        servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]
      """
    let shop = Shop(Self.base + door)
    let answer = try shop.answer("http://door.edge/", from: "shop/web")
    #expect(answer.outcomes.first?.arrivals.first?.reception == .answered(status: 404))
    #expect(AccessVerdict(answer).kind == .unreached)
  }

  private static let egress = """
    apiVersion: v1
    kind: Service
    metadata: {name: egress, namespace: istio-system}
    spec: {clusterIP: 10.96.0.20, selector: {istio: egress}, ports: [{name: http, port: 80, targetPort: 8080}]}
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: egress-1, namespace: istio-system, labels: {istio: egress, security.istio.io/tlsMode: istio}}
    spec: {serviceAccountName: egress, containers: [{name: istio-proxy, image: x}]}
    status: {podIP: 10.244.0.30, phase: Running}
    ---
    apiVersion: networking.istio.io/v1
    kind: ServiceEntry
    metadata: {name: api, namespace: shop}
    spec: {hosts: [api.example.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: {name: out, namespace: shop}
    spec:
      selector: {istio: egress}
      servers:
      - port: {number: 80, name: https, protocol: HTTPS}
        hosts: [api.example.com]
        tls: {mode: ISTIO_MUTUAL}
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: {name: out, namespace: shop}
    spec:
      host: egress.istio-system.svc.cluster.local
      subsets:
      - name: api
        trafficPolicy:
          tls: {mode: ISTIO_MUTUAL, sni: api.example.com}
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: api, namespace: shop}
    spec:
      hosts: [api.example.com]
      gateways: [out, mesh]
      http:
      - match: [{gateways: [mesh], port: 80}]
        route: [{destination: {host: egress.istio-system.svc.cluster.local, subset: api, port: {number: 80}}}]
      - match: [{gateways: [out], port: 80}]
        route: [{destination: {host: api.example.com, port: {number: 80}}}]
    ---

    """
}
