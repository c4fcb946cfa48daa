import Evaluation

/// Meshes of three namespaces with random policies; the same for the same seed.
struct RandomPolicies {
  private var state: UInt64

  init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 }

  static let pods = [
    "shop/cart-v1", "shop/cart-v2", "shop/web", "shop/db", "edge/front", "legacy/old",
  ]

  static let targets = [
    AccessTarget(authority: "cart.shop", method: "GET", path: "/"),
    AccessTarget(authority: "cart.shop", method: "POST", path: "/orders/1"),
    AccessTarget(authority: "db.shop:5432", method: "GET", path: "/"),
    AccessTarget(authority: "old.legacy", method: "GET", path: "/admin"),
  ]

  mutating func mesh() -> String {
    var text = Shop.namespace("shop", isInjected: true) + Shop.namespace("edge", isInjected: true)
    text += Shop.namespace("legacy", isInjected: chance(3))
    text += Shop.service("cart", "shop", address: "10.96.0.10", app: "cart")
    text += Shop.service(
      "db", "shop", address: "10.96.0.11", app: "db", port: "name: tcp, port: 5432", target: 5432)
    text += Shop.service("old", "legacy", address: "10.96.0.12", app: "old")
    text += Shop.pod("cart-v1", "shop", address: "10.244.0.10", labels: "app: cart, version: v1")
    text += Shop.pod("cart-v2", "shop", address: "10.244.0.11", labels: "app: cart, version: v2")
    text += Shop.pod("web", "shop", address: "10.244.0.12", labels: "app: web")
    text += Shop.pod("db", "shop", address: "10.244.0.13", labels: "app: db")
    text += Shop.pod("front", "edge", address: "10.244.0.14", labels: "app: front")
    text += Shop.pod("old", "legacy", address: "10.244.0.15", labels: "app: old")
    for place in 0..<below(3) { text += peerAuthentication(place) }
    for place in 0..<below(5) { text += policy(place) }
    if chance(3) { text += destinationRule() }
    return text
  }

  private mutating func peerAuthentication(_ place: Int) -> String {
    let namespace = pick(["istio-system", "shop", "legacy", "shop"])
    let mode = pick(["STRICT", "PERMISSIVE", "DISABLE"])
    let selector =
      namespace != "istio-system" && chance(2) ? "selector: {matchLabels: {app: \(pick(["cart", "db"]))}}, " : ""
    return """
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata: {name: peer-\(place), namespace: \(namespace)}
      spec: {\(selector)mtls: {mode: \(mode)}}
      ---

      """
  }

  private mutating func policy(_ place: Int) -> String {
    let namespace = pick(["istio-system", "shop", "shop", "legacy"])
    let selectors = ["", "selector: {matchLabels: {app: cart}}, ", "selector: {matchLabels: {version: v2}}, "]
    let rules = (0...below(2)).map { _ in rule() }.joined(separator: ", ")
    return """
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: policy-\(place), namespace: \(namespace)}
      spec: {\(pick(selectors))action: \(pick(["ALLOW", "DENY", "ALLOW"])), rules: [\(rules)]}
      ---

      """
  }

  private mutating func rule() -> String {
    let sources = [
      "principals: ['cluster.local/ns/shop/sa/web']", "namespaces: [shop]", "notNamespaces: [edge]",
      "principals: ['*']", "ipBlocks: ['10.244.0.12/31']", "notPrincipals: ['*/sa/db']", "principals: ['*/sa/front']",
    ]
    let operations = [
      "methods: [GET]", "paths: ['/orders/*']", "notPaths: ['/admin']", "ports: ['8080']", "methods: [POST]",
      "hosts: ['cart.shop']",
    ]
    var parts: [String] = []
    if chance(2) { parts.append("from: [{source: {\(pick(sources))}}]") }
    if chance(2) { parts.append("to: [{operation: {\(pick(operations))}}]") }
    if chance(4) { parts.append("when: [{key: destination.ip, values: ['10.244.0.10']}]") }
    return "{\(parts.joined(separator: ", "))}"
  }

  private mutating func destinationRule() -> String {
    let host = pick(["cart", "db"])
    return """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: rule, namespace: shop}
      spec: {host: \(host).shop.svc.cluster.local, trafficPolicy: {tls: {mode: \(pick(["DISABLE", "ISTIO_MUTUAL", "SIMPLE"]))}}}
      ---

      """
  }

  private mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

  private mutating func chance(_ one: Int) -> Bool { below(one) == 0 }

  private mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
