import SeededDraws

/// Meshes of a few services and VirtualServices as YAML, with names that meet now and then.
extension SeededRandom {
  private static let services = ["web", "cart", "pay"]
  private static let namespaces = ["shop", "front"]

  mutating func mesh() -> String {
    var documents: [String] = []
    for (place, name) in Self.services.enumerated() {
      for (other, namespace) in Self.namespaces.enumerated() where !chance(1, in: 4) {
        documents.append(
          """
          apiVersion: v1
          kind: Service
          metadata: {name: \(name), namespace: \(namespace)}
          spec:
            clusterIP: 10.96.\(other).\(place + 1)
            ports: [{name: \(pick(["http", "web", "tcp"])), port: 80}, {name: http-alt, port: \(pick(["8080", "9080"]))}]
          """)
      }
    }
    documents.append(
      """
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: edge, namespace: front}
      spec:
        selector: {istio: ingress}
        servers:
        - port: {number: 80, name: http, protocol: HTTP}
          hosts: ['\(pick(["*", "*.example.com", "shop/*", "web.example.com"]))']
      """)
    for place in 0..<number(below: 5) + 1 { documents.append(virtualService(place)) }
    return documents.joined(separator: "\n---\n")
  }

  private mutating func host() -> String {
    pick([
      "web", "cart", "pay", "web.shop.svc.cluster.local", "'*.shop.svc.cluster.local'", "'*.example.com'",
      "web.example.com", "elsewhere.test",
    ])
  }

  private mutating func virtualService(_ place: Int) -> String {
    var text = """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: vs\(place)
        namespace: \(pick(Self.namespaces))
        creationTimestamp: '2026-0\(number(below: 9) + 1)-01T00:00:00Z'
      spec:
        hosts: [\(host())]
        gateways: [\(pick(["mesh", "front/edge", "mesh, front/edge"]))]
        http:

      """
    for rule in 0..<number(below: 6) + 1 {
      text += "  - name: r\(rule)\n"
      let matches = number(below: 4)
      if matches > 0 { text += "    match:\n" }
      for _ in 0..<matches { text += match() }
      text += "    route:\n    - destination: {host: \(pick(Self.services)), subset: s\(rule)}\n"
    }
    return text
  }

  private mutating func match() -> String {
    var fields: [String] = []
    if !chance(1, in: 4) { fields.append("uri: {\(pick(["prefix", "exact"])): '\(path())'}") }
    if chance(1, in: 6) { fields.append("ignoreUriCase: true") }
    if chance(1, in: 4) { fields.append("headers: {x-user: {\(pick(["exact: a", "prefix: jas", "regex: 'a.*'"]))}}") }
    if chance(1, in: 6) { fields.append("withoutHeaders: {x-team: {\(pick(["exact: a", "", "regex: '*'"]))}}") }
    if chance(1, in: 6) { fields.append("queryParams: {q: {\(pick(["exact: a", "prefix: j", ""]))}}") }
    if chance(1, in: 6) { fields.append("method: {exact: \(pick(["GET", "POST"]))}") }
    if chance(1, in: 8) { fields.append("port: \(pick(["80", "8080"]))") }
    if chance(1, in: 8) { fields.append("sourceNamespace: \(pick(Self.namespaces))") }
    if chance(1, in: 8) { fields.append("gateways: [\(pick(["mesh", "front/edge"]))]") }
    return "    - {\(fields.isEmpty ? "name: any" : fields.joined(separator: ", "))}\n"
  }
}
