/// VirtualServices for `reviews` from a seed, and what stands beside them.
struct SeededRules {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }

  mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }

  mutating func target() -> String {
    pick([
      "{host: reviews}", "{host: reviews, subset: v1}", "{host: reviews, subset: v1}",
      "{host: reviews.default.svc.cluster.local, subset: v2}", "{host: other}",
      "{host: reviews, port: {number: 9080}}",
    ])
  }

  mutating func rule(isLast: Bool, _ name: Int) -> String {
    var text = "    - name: rule-\(name)   # \(name)\n"
    if below(3) == 0 { text = "    -\n" }
    let conditions = [
      "uri: {prefix: /api}", "headers: {end-user: {exact: jason}}", "uri: {exact: /legal}",
      "sourceLabels: {app: tester}", "uri: {prefix: /v2}",
    ]
    if !isLast {
      text += "      match:\n"
      for _ in 0...below(2) {
        let places = below(6) == 0 ? ", gateways: [\(pick(["mesh", "istio-system/public"]))]" : ""
        text += "      - {\(pick(conditions))\(places)}\n"
      }
    }
    text += "      route:\n"
    let count = 1 + below(3)
    var known: Set<String> = []
    for _ in 0..<count {
      let target = target()
      guard known.insert(target).inserted else { continue }
      text += "      - destination: \(target)\n"
      if count > 1 { text += "        weight: \(1 + below(60))\n" }
    }
    if below(2) == 0 { text += "      timeout: \(1 + below(9))s\n" }
    return text
  }

  mutating func routes() -> String {
    let count = 1 + below(4)
    let gateways = pick(["", "", "istio-system/public", "mesh, istio-system/public"])
    return """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews-routes, namespace: default}
      spec:
        hosts: [reviews, shop.example.com]
      \(gateways.isEmpty ? "  # in the mesh" : "  gateways: [\(gateways)]")
        http:
      \((1...count).map { rule(isLast: $0 == count, $0) }.joined().replacing("    -\n      match", with: "    - match").replacing("    -\n      route", with: "    - route"))
      """
  }

  static let others = """
    apiVersion: v1
    kind: Service
    metadata: {name: other, namespace: default}
    spec:
      selector: {app: other}
      ports: [{name: http, port: 9080}]
    ---
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: {name: reviews-rule, namespace: default}
    spec:
      host: reviews
      subsets:
      - {name: v1, labels: {version: v1}}
      - {name: v2, labels: {version: v2}}

    """
}
