/// A mesh of namespaces that look alike: services on port 8080, a VirtualService with some rules for each, one pod
/// behind all services of a namespace, and a client.
struct GeneratedMesh: Sendable {
  var services: Int
  var rules: Int

  static let namespaces = 10
  static let client = "ns0/client"

  /// One text for each object, by a name that a file can have.
  func objects() -> [(name: String, text: String)] {
    var result: [(name: String, text: String)] = [("client", Self.pod("client", namespace: "ns0", number: 0))]
    for space in 0..<Self.namespaces {
      result.append(("ns\(space)-backend", Self.pod("backend", namespace: "ns\(space)", number: space + 1)))
    }
    for number in 0..<services {
      let space = number % Self.namespaces
      result.append(("ns\(space)-svc\(number)-service", Self.service(number)))
      result.append(("ns\(space)-svc\(number)-routes", virtualService(number)))
    }
    return result
  }

  /// One file for each namespace.
  func files() -> [(name: String, text: String)] {
    var texts: [String: String] = [:]
    for object in objects() {
      let space = object.name.split(separator: "-").first.map(String.init) ?? ""
      texts[space, default: ""] += "---\n" + object.text
    }
    return texts.sorted { $0.key < $1.key }.map { (name: $0.key + ".yaml", text: $0.value) }
  }

  func write(to folder: String) throws {
    for file in files() { try ScratchFolder.write(file.text.utf8, to: "\(folder)/\(file.name)") }
  }

  static func host(_ number: Int) -> String { "svc\(number).ns\(number % namespaces).svc.cluster.local" }

  private static func pod(_ name: String, namespace: String, number: Int) -> String {
    """
    apiVersion: v1
    kind: Pod
    metadata:
      name: \(name)
      namespace: \(namespace)
      labels: {app: \(name), version: v1}
    spec:
      serviceAccountName: default
      containers:
      - name: main
        image: example.com/\(name):1
        ports:
        - containerPort: 8080
    status:
      podIP: 10.244.\(number).5
      phase: Running
      conditions:
      - {type: Ready, status: "True"}

    """
  }

  private static func service(_ number: Int) -> String {
    """
    apiVersion: v1
    kind: Service
    metadata:
      name: svc\(number)
      namespace: ns\(number % namespaces)
    spec:
      clusterIP: 10.96.\(number / 250).\(number % 250 + 1)
      selector: {app: backend}
      ports:
      - name: http
        port: 8080
        targetPort: 8080

    """
  }

  private func virtualService(_ number: Int) -> String {
    var text = """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata:
        name: routes\(number)
        namespace: ns\(number % Self.namespaces)
      spec:
        hosts: [svc\(number)]
        http:

      """
    for rule in 0..<rules - 1 { text += self.rule(rule, of: number) }
    return text + """
        - route:
          - destination: {host: svc\(number), port: {number: 8080}}

      """
  }

  /// Every third rule has a condition on a header; exact paths, prefixes and what a rule can do take turns.
  private func rule(_ rule: Int, of number: Int) -> String {
    let path = rule % 2 == 0 ? "prefix: /api/v1/part\(rule)/" : "exact: /static/page\(rule)"
    var text = """
        - name: rule\(rule)
          match:
          - uri: {\(path)}

      """
    if rule % 3 == 0 { text += "      headers: {end-user: {exact: jason}}\n" }
    switch rule % 4 {
    case 1: text += "    timeout: 5s\n    retries: {attempts: 3, perTryTimeout: 2s, retryOn: 5xx}\n"
    case 2: text += "    rewrite: {uri: /}\n"
    case 3: text += "    headers: {request: {set: {x-rule: \"\(rule)\"}}}\n"
    default: break
    }
    if rule % 4 == 2 {
      return text + """
            route:
            - destination: {host: svc\(number), port: {number: 8080}}
              weight: 75
            - destination: {host: svc\((number + Self.namespaces) % services), port: {number: 8080}}
              weight: 25

        """
    }
    return text + """
          route:
          - destination: {host: svc\(number), port: {number: 8080}}

      """
  }

  /// Questions as NDJSON, spread over all services and rules.
  func requests(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    var text: [UInt8] = []
    for id in 0..<count { text += (line(id, &random) + "\n").utf8 }
    return text
  }

  private func line(_ id: Int, _ random: inout SeededRandom) -> String {
    let rule = random.below(rules)
    let path = rule % 2 == 0 ? "/api/v1/part\(rule)/item\(random.below(100_000))" : "/static/page\(rule)"
    let user = random.below(2) == 0 ? "jason" : "user\(random.below(1000))"
    let host = Self.host(random.below(services))
    return """
      {"id":\(id),"proxy":{"kind":"sidecar","pod":"\(Self.client)"},"http":{"method":"GET",\
      "authority":"\(host):8080","path":"\(path)","headers":[["end-user","\(user)"],["accept","*/*"]]}}
      """
  }
}
