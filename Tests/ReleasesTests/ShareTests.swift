import Evaluation
import History
import MeshModel
import ProxyModel
import Releases
import Testing
import Workbench

/// Releases of services with rules from a seed, asked at every step.
@Suite struct ShareTests {
  private static func pod(_ name: String, _ labels: String, in namespace: String = "default") -> String {
    """
    apiVersion: v1
    kind: Pod
    metadata:
      name: \(name)
      namespace: \(namespace)
      labels: {\(labels)}
    spec:
      containers: [{name: app}]
    status:
      podIP: 10.9.9.\(name.utf8.count)

    """
  }

  private struct Request: Hashable {
    var path: String
    var isJason: Bool
    /// A pod's name; nil: at the gateway.
    var client: String?

    var place: String { client == nil ? "istio-system/public" : "mesh" }

    static let all: [Request] = ["/", "/api/x", "/v2", "/legal"].flatMap { path in
      [true, false].flatMap { isJason in
        ["client", "the-tester", nil].map { Request(path: path, isJason: isJason, client: $0) }
      }
    }
  }

  private struct Reply: Equatable {
    /// By service and subset.
    var shares: [String: Fraction] = [:]
    var timeout: Int64?
    var mirrors: Set<String> = []
  }

  private func ask(_ request: Request, _ session: SimulationSession) throws -> Reply {
    let host = request.client == nil ? "shop.example.com" : "reviews:9080"
    let url = try RequestURL("http://\(host)\(request.path)")
    let line = try url.line(method: "GET", headers: request.isJason ? ["end-user: jason"] : [])
    let selection = SourceSelection(session)
    let vantage =
      try request.client.map { try selection.sidecar($0, namespace: "default") }
      ?? selection.gateway("public", namespace: "istio-system")
    let single = try SingleQuestion(line, from: vantage, in: session)
    var trace: Trace?
    let answer = single.answer(in: session, recording: &trace)
    var reply = Reply(timeout: answer.route?.timeoutMilliseconds)
    for outcome in answer.outcomes {
      let cluster = outcome.target?.cluster?.cluster
      let key = cluster.map { "\($0.service.prefix { $0 != "." })|\($0.subset)" } ?? "none"
      reply.shares[key] = (reply.shares[key] ?? .zero) + outcome.probability
    }
    reply.mirrors = Set(answer.route?.mirrors.map(\.cluster) ?? [])
    return reply
  }

  private func replies(_ fixture: ReleaseFixture) throws -> [Request: Reply] {
    let session = SimulationSession(Snapshot(try fixture.desk.all), now: 0)
    return Dictionary(uniqueKeysWithValues: try Request.all.map { ($0, try ask($0, session)) })
  }

  /// What a reply shall be once the new version has that share of what the release is about.
  private func expected(_ before: Reply, _ request: Request, _ release: Release, weight: Int) -> Reply {
    guard release.scope.contains(request.place) else { return before }
    let old = (before.shares["reviews|"] ?? .zero) + (before.shares["reviews|v1"] ?? .zero)
    guard old > .zero else { return before }
    let isKnown = release.identity.contains { entry in
      if entry["headers"] != nil { return request.isJason }
      return request.client == "the-tester"
    }
    let isOpen = weight < 100 || !release.identity.isEmpty
    let share = isKnown && isOpen ? Fraction.one : Fraction(UInt64(weight), 100)
    let pool = old + (before.shares["reviews|v2"] ?? .zero)
    var after = before
    after.shares["reviews|"] = nil
    after.shares["reviews|v1"] = share == .one ? nil : pool * share.complement
    after.shares["reviews|v2"] = share == .zero ? nil : pool * share
    return after
  }

  @Test(arguments: UInt64(1)...80)
  func `at every step every request is answered as the release says, and as before after an abort`(seed: UInt64) throws
  {
    var random = SeededRules(state: seed)
    let routes = random.routes()
    let pods = [
      Self.pod("client", "app: client"), Self.pod("the-tester", "app: tester"),
      Self.pod("ingress", "istio: ingressgateway", in: "istio-system"),
    ]
    let fixture = try ReleaseFixture([Meshes.services, SeededRules.others, routes] + Meshes.pods + pods)
    let scope = random.pick([["mesh"], ["istio-system/public"], ["mesh", "istio-system/public"]])
    var identity: [Value] = []
    if random.below(2) == 0 { identity.append(try IdentityText.entry("header:end-user=jason")) }
    if scope == ["mesh"], random.below(3) == 0 { identity.append(try IdentityText.entry("source:app=tester")) }
    let begins: Release.Beginning = random.below(3) == 0 ? .mirrored : .plain
    let request = ReleaseRequest.reviews(scope: scope, identity: identity, steps: [5, 50, 100], begins: begins)
    let before = try replies(fixture)
    let texts = try fixture.texts
    let start: ReleaseStep
    do { start = try fixture.desk.start(request) } catch ReleaseRefusal.problem { return }
    try fixture.commit(start)

    func check(_ weight: Int, _ about: String) throws {
      let release = try fixture.release
      for (request, reply) in try replies(fixture) {
        let old = try #require(before[request])
        var expected = expected(old, request, release, weight: weight)
        let isMirrored =
          release.stage.isMirrored && release.scope.contains(request.place) && expected.shares["reviews|v1"] != nil
        if isMirrored { expected.mirrors.insert("outbound|9080|v2|reviews.default.svc.cluster.local") }
        #expect(reply == expected, "\(about), \(request), before \(old), by\n\(routes)")
      }
    }
    try check(0, "started")
    for weight in [5, 50, 100] {
      try fixture.shift()
      try check(weight, "\(weight) %")
    }
    try fixture.promote()
    for (request, reply) in try replies(fixture) {
      var plain = try fixture.release
      plain.identity = []
      #expect(reply == expected(try #require(before[request]), request, plain, weight: 100), "promoted, \(request)")
    }
    try fixture.abort()
    #expect(try fixture.texts == texts)
    #expect(try replies(fixture) == before)
  }

  @Test func `most seeds make a release`() throws {
    var begun = 0
    for seed in UInt64(1)...60 {
      var random = SeededRules(state: seed)
      let fixture = try ReleaseFixture([Meshes.services, SeededRules.others, random.routes()])
      let scope = random.pick([["mesh"], ["istio-system/public"], ["mesh", "istio-system/public"]])
      if (try? fixture.desk.start(.reviews(scope: scope))) != nil { begun += 1 }
    }
    #expect(begun > 25, "\(begun)")
  }
}
