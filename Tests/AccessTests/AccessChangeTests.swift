import Evaluation
import MeshModel
import Testing
import Workbench

/// What a change newly allows and denies, and what kubelet meets.
@Suite struct AccessChangeTests {
  private static let base =
    Shop.service("cart", "shop", address: "10.96.0.10", app: "cart")
    + Shop.pod("cart", "shop", address: "10.244.0.10", labels: "app: cart")
    + Shop.pod("web", "shop", address: "10.244.0.12", labels: "app: web")
    + Shop.pod("db", "shop", address: "10.244.0.13", labels: "app: db")

  private static func policy(_ account: String, _ operation: String) -> String {
    """
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata: {name: cart, namespace: shop}
    spec:
      rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/\(account)]}}], to: [{operation: {\(operation)}}]}]
    """
  }

  private static func changes(_ old: String, _ new: String) -> [String] {
    let comparison = AccessComparison(
      from: Shop(old).session.snapshot, to: Shop(new).session.snapshot, now: 1_780_000_000)
    return comparison.changes(at: comparison.targets).map { change in
      let sign = change.allowsMore ? "+" : "-"
      return "\(sign) \(change.client.name) \(change.target.method) \(change.target.path)"
    }.sorted()
  }

  @Test func `a policy for another client denies one and allows the other`() {
    let old = Self.base + Self.policy("web", "methods: [POST], paths: ['/orders/*']")
    let new = Self.base + Self.policy("db", "methods: [POST], paths: ['/orders/*']")
    #expect(Self.changes(old, new) == ["+ shop/db POST /orders/", "- shop/web POST /orders/"])
  }

  @Test func `operations that only the older state spoke of are asked too`() {
    let old = Self.base + Self.policy("web", "paths: [/old]")
    let new = Self.base + Self.policy("web", "paths: [/new]")
    #expect(Self.changes(old, new) == ["+ shop/web GET /new", "- shop/web GET /old"])
  }

  @Test func `the same policy in other words changes nothing`() {
    let old = Self.base + Self.policy("web", "methods: [GET, GET]")
    #expect(Self.changes(old, Self.base + Self.policy("web", "methods: [GET]")).isEmpty)
  }

  private static func deployment(_ annotation: String) -> String {
    """
    apiVersion: security.istio.io/v1
    kind: PeerAuthentication
    metadata: {name: default, namespace: shop}
    spec: {mtls: {mode: STRICT}}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: pay, namespace: shop}
    spec:
      selector: {matchLabels: {app: pay}}
      template:
        metadata: {labels: {app: pay}, annotations: {\(annotation)}}
        spec:
          containers:
          - {name: app, image: x, livenessProbe: {httpGet: {path: /healthz, port: 8080}}}
    """
  }

  @Test func `a probe that Istio must not rewrite meets STRICT, and a rewritten one does not`() throws {
    let id = ObjectID(kind: .deployment, namespace: "shop", name: "pay")
    let probes = Shop(Self.deployment("sidecar.istio.io/rewriteAppHTTPProbers: 'false'")).session.probes(of: id)
    guard case .judged(let arrival, _)? = probes.first?.passage else {
      Issue.record("the probe is not judged")
      return
    }
    #expect(arrival.reception == .broken(.plaintextToStrict, flags: "UC"))
    guard case .rewritten? = Shop(Self.deployment("")).session.probes(of: id).first?.passage else {
      Issue.record("the probe is not rewritten")
      return
    }
  }
}
