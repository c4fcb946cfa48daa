import Diagnostics
import MeshModel
import Releases
import Testing
import Workbench

@Suite struct PlanTests {
  private func fixture(_ texts: [String]) throws -> ReleaseFixture {
    try ReleaseFixture([Meshes.services] + Meshes.pods + texts)
  }

  private func problem(_ fixture: ReleaseFixture, _ request: ReleaseRequest) throws -> ReleaseProblem? {
    do {
      _ = try fixture.desk.start(request)
      return nil
    } catch ReleaseRefusal.problem(let problem) { return problem }
  }

  @Test func `what cannot be released is told by name`() throws {
    let mesh = try fixture([Meshes.rule, Meshes.routes(rules: Meshes.http)])
    var request = ReleaseRequest.reviews()
    request.release.host = "review.default.svc.cluster.local"
    #expect(try problem(mesh, request) == .unknownService("review.default.svc.cluster.local", meant: nil))
    #expect(try problem(mesh, .reviews(steps: [5, 5])) == .fallingSteps)
    #expect(try problem(mesh, .reviews(steps: [0])) == .badStep(0))
    #expect(try problem(mesh, .reviews(steps: [])) == .noWay)
    #expect(try problem(mesh, .reviews(.tls, begins: .mirrored)) == .onlyHTTP(what: .mirror, .tls))
    #expect(try problem(mesh, .reviews(scope: ["istio-system/none"])) == .unknownGateway("istio-system/none"))
    #expect(try problem(mesh, .reviews(scope: ["istio-system/public"])) == .hostNeeded(gateway: "istio-system/public"))
    let routes = ObjectID(kind: .virtualService, namespace: "default", name: "reviews-routes")
    #expect(try problem(mesh, .reviews(.tcp)) == .noRule(routes, .tcp, version: "v1"))
  }

  @Test func `labels that a subset has otherwise are no labels for a release`() throws {
    let mesh = try fixture([Meshes.rule])
    var request = ReleaseRequest.reviews()
    request.release.from.labels = ["app.kubernetes.io/version": "1"]
    let rule = ObjectID(kind: .destinationRule, namespace: "default", name: "reviews-rule")
    #expect(try problem(mesh, request) == .labelsDiffer(subset: "v1", rule))
  }

  @Test func `a rule that asks for the same header otherwise cannot be narrowed`() throws {
    let rules = """
          http:
          - match: [{headers: {end-user: {prefix: j}}}]
            route: [{destination: {host: reviews}}]

      """
    let mesh = try fixture([Meshes.routes(rules: rules)])
    let jason = try IdentityText.entry("header:End-User=jason")
    let routes = ObjectID(kind: .virtualService, namespace: "default", name: "reviews-routes")
    #expect(
      try problem(mesh, .reviews(identity: [jason]))
        == .askedTwice(routes, field: "spec.http[0].match", name: "end-user"))
  }

  @Test func `a destination rule for one service keeps the policy of the one for many that it replaces`() throws {
    let wide = """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: all, namespace: default}
      spec:
        host: "*.default.svc.cluster.local"
        trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}

      """
    let mesh = try fixture([wide])
    try mesh.start(.reviews())
    #expect(try #require(try mesh.text(.destinationRule, "reviews")).contains("ISTIO_MUTUAL"))
  }

  @Test func `weights beside other services keep their shares in whole numbers`() throws {
    let mesh = try fixture([Meshes.rule, Meshes.routes(rules: Meshes.http)])
    try mesh.start(.reviews())
    try mesh.shift()
    let text = try #require(try mesh.text(.virtualService, "reviews-routes"))
    // 60 and 40, of the 60 a twentieth: 57, 3 and 40.
    for weight in ["weight: 57", "weight: 3\n", "weight: 40"] { #expect(text.contains(weight), "\(text)") }
  }

  @Test func `a rule that gives the old version nothing is left alone`() throws {
    let rules = """
          http:
          - match: [{uri: {prefix: /new}}]
            route:
            - {destination: {host: reviews, subset: v1}, weight: 0}
            - {destination: {host: reviews, subset: v2}, weight: 100}
          - route: [{destination: {host: reviews, subset: v1}}]

      """
    let mesh = try fixture([Meshes.rule, Meshes.routes(rules: rules)])
    try mesh.start(.reviews())
    try mesh.shift()
    let text = try #require(try mesh.text(.virtualService, "reviews-routes"))
    #expect(text.contains("weight: 0}") && text.contains("weight: 100}") && text.contains("95"))
  }

  @Test func `a service outside the cluster can be released too`() throws {
    let entry = """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: api, namespace: default}
      spec:
        hosts: [api.example.com]
        ports: [{number: 80, name: http, protocol: HTTP}]
        resolution: STATIC
        endpoints:
        - {address: 10.1.1.1, labels: {version: v1}}
        - {address: 10.1.1.2, labels: {version: v2}}

      """
    let mesh = try fixture([entry])
    var request = ReleaseRequest.reviews()
    request.release.host = "api.example.com"
    try mesh.start(request)
    try mesh.shift()
    #expect(try #require(try mesh.text(.virtualService, "api")).contains("host: api.example.com"))
  }

  @Test(arguments: [
    ("http", nil, "number: 8080"), ("tcp", Int64(7000), "number: 7000"), ("http", 7000, "number: 7000"),
  ])
  func `of a service with several ports the one that is meant is named`(layer: String, port: Int64?, text: String)
    throws
  {
    let service = """
      apiVersion: v1
      kind: Service
      metadata: {name: shop, namespace: default}
      spec:
        clusterIP: 10.9.9.9
        selector: {app: reviews}
        ports: [{name: tcp-a, port: 7000}, {name: http, port: 8080}, {name: db, appProtocol: mysql, port: 3306}]

      """
    let mesh = try fixture([service])
    var request = ReleaseRequest.reviews(layer == "tcp" ? .tcp : .http)
    request.release.host = "shop.default.svc.cluster.local"
    request.port = port
    try mesh.start(request)
    try mesh.shift()
    let made = try #require(try mesh.text(.virtualService, "shop"))
    #expect(made.split(separator: text, omittingEmptySubsequences: false).count == 3, "\(made)")
  }

  @Test(arguments: [
    ("end-user=jason", "{headers: {end-user: {exact: jason}}}"),
    ("header:X-Beta^=on,source:app=web", "{headers: {x-beta: {prefix: on}}, sourceLabels: {app: web}}"),
    ("header:agent~=.*bot.*", "{headers: {agent: {regex: .*bot.*}}}"),
    ("cookie:user=j.d", "{headers: {cookie: {regex: (.*;\\s*)?user=j\\.d(\\s*;.*)?}}}"),
  ])
  func `conditions are written in few words`(text: String, expected: String) throws {
    #expect(brief(try IdentityText.entry(text)) == expected)
  }

  @Test(arguments: ["", "jason", "source:app^=web", "cookie:a~=b", "header:=x", "header:a=1,header:A=2"])
  func `what is no condition is said so`(text: String) {
    #expect(throws: IdentityText.Problem.self) { try IdentityText.entry(text) }
  }

  private func brief(_ value: Value) -> String {
    switch value {
    case .object(let members): "{" + members.map { "\($0.key): \(brief($0.value))" }.joined(separator: ", ") + "}"
    case .string(let text): text
    case .null, .bool, .integer, .number, .array: "?"
    }
  }
}
