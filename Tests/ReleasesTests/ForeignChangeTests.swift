import Diagnostics
import Comparison
import Foundation
import History
import MeshModel
import Releases
import Storage
import Testing
import Workbench

@Suite struct ForeignChangeTests {
  private func begun(_ shifts: Int = 1) throws -> ReleaseFixture {
    let fixture = try ReleaseFixture(
      [Meshes.services] + Meshes.pods + [Meshes.rule, Meshes.routes(rules: Meshes.http)])
    try fixture.start(.reviews())
    for _ in 0..<shifts { try fixture.shift() }
    return fixture
  }

  /// Somebody else changes words of an object.
  private func change(
    _ fixture: ReleaseFixture, _ kind: ObjectKind, _ name: String, _ old: String, _ new: String
  ) throws {
    let text = try #require(try fixture.text(kind, name))
    try #require(text.contains(old), "\(text)")
    try fixture.apply(text.replacingOccurrences(of: old, with: new))
  }

  private func refusal(_ body: () throws -> ReleaseStep) throws -> ReleaseRefusal {
    do {
      _ = try body()
    } catch let refusal as ReleaseRefusal { return refusal }
    throw NothingRefused()
  }

  private struct NothingRefused: Error {}

  @Test func `an abort keeps what others changed elsewhere in the object`() throws {
    let fixture = try begun()
    try change(fixture, .virtualService, "reviews-routes", "timeout: 3s", "timeout: 9s")
    try change(fixture, .destinationRule, "reviews-rule", "LEAST_REQUEST", "ROUND_ROBIN")
    try fixture.abort()
    let routes = Meshes.routes(rules: Meshes.http).replacingOccurrences(of: "timeout: 3s", with: "timeout: 9s")
    #expect(try fixture.text(.virtualService, "reviews-routes") == routes)
    let rule = try #require(try fixture.text(.destinationRule, "reviews-rule"))
    #expect(rule.contains("ROUND_ROBIN") && rule.contains("# in full") && !rule.contains("v2"))
  }

  @Test func `a shift goes on around what others changed`() throws {
    let fixture = try begun()
    try change(fixture, .virtualService, "reviews-routes", "timeout: 3s", "timeout: 9s")
    try fixture.shift()
    let text = try #require(try fixture.text(.virtualService, "reviews-routes"))
    #expect(text.contains("timeout: 9s") && text.contains("weight: 50"))
    try fixture.abort()
    #expect(try #require(try fixture.text(.virtualService, "reviews-routes")).contains("timeout: 9s"))
  }

  @Test func `a weight that somebody else set is a conflict, and nothing is written`() throws {
    let fixture = try begun()
    try change(fixture, .virtualService, "reviews-routes", "weight: 95", "weight: 80")
    let head = try fixture.head.number
    for step in [{ try fixture.desk.abort(try fixture.release) }, { try fixture.desk.shift(try fixture.release) }] {
      guard case .conflicts(let conflicts) = try refusal(step) else {
        Issue.record("no conflict")
        continue
      }
      let conflict = try #require(conflicts.first)
      #expect(conflict.id.name == "reviews-routes")
      #expect(conflict.conflict.path.description.hasSuffix(".weight"))
      #expect(conflict.conflict.base == .integer(95) && conflict.conflict.theirs == .integer(80))
    }
    #expect(try fixture.head.number == head)
  }

  @Test func `an object that the release made and somebody changed is not thrown away`() throws {
    let fixture = try ReleaseFixture([Meshes.services] + Meshes.pods)
    try fixture.start(.reviews())
    try change(fixture, .virtualService, "reviews", "  - reviews", "  - reviews\n  - reviews.example.com")
    guard case .conflicts(let conflicts) = try refusal({ try fixture.desk.abort(try fixture.release) }) else {
      Issue.record("no conflict")
      return
    }
    #expect(conflicts.map(\.conflict.path.steps.count) == [0])
  }

  @Test func `a rule that others added stays where they put it`() throws {
    let fixture = try begun()
    try change(
      fixture, .virtualService, "reviews-routes", "    - name: legal",
      "    - name: health\n      match: [{uri: {exact: /health}}]\n      directResponse: {status: 204}\n    - name: legal"
    )
    try fixture.abort()
    let text = try #require(try fixture.text(.virtualService, "reviews-routes"))
    let expected = Meshes.routes(rules: Meshes.http).replacingOccurrences(
      of: "    - name: legal",
      with:
        "    - name: health\n      match: [{uri: {exact: /health}}]\n      directResponse: {status: 204}\n    - name: legal"
    )
    #expect(text == expected)
  }

  @Test func `what others did to the rule of an identity never ends in the rule of everybody`() throws {
    let jason = try IdentityText.entry("header:end-user=jason")
    let plain = """
          http:
          - route:
            - destination: {host: reviews, subset: v1}
            retries: {attempts: 2, perTryTimeout: 5s, retryOn: 5xx}

      """
    let fixture = try ReleaseFixture(
      [Meshes.services] + Meshes.pods + [Meshes.rule, Meshes.routes(rules: plain)])
    try fixture.start(.reviews(identity: [jason]))
    try fixture.shift()
    let text = try #require(try fixture.text(.virtualService, "reviews-routes"))
    let first = try #require(text.range(of: "5s"))
    try fixture.apply(text.replacingCharacters(in: first, with: "9s"))
    guard case .conflicts(let conflicts) = try refusal({ try fixture.desk.abort(try fixture.release) }) else {
      Issue.record("it was merged")
      return
    }
    // The rule goes with the release, and somebody changed it.
    #expect(conflicts.count == 1 && conflicts[0].conflict.path.description == "spec.http[0]")
    #expect(conflicts[0].conflict.ours == nil)
  }

  @Test func `what others did to the rule of everybody survives beside the rule of an identity`() throws {
    let jason = try IdentityText.entry("header:end-user=jason")
    let plain = """
          http:
          - route:
            - destination: {host: reviews, subset: v1}
            retries: {attempts: 2, perTryTimeout: 5s, retryOn: 5xx}

      """
    let fixture = try ReleaseFixture(
      [Meshes.services] + Meshes.pods + [Meshes.rule, Meshes.routes(rules: plain)])
    try fixture.start(.reviews(identity: [jason]))
    try fixture.shift()
    let text = try #require(try fixture.text(.virtualService, "reviews-routes"))
    let last = try #require(text.range(of: "5s", options: .backwards))
    try fixture.apply(text.replacingCharacters(in: last, with: "9s"))
    try fixture.abort()
    let expected = Meshes.routes(rules: plain).replacingOccurrences(of: "5s", with: "9s")
    #expect(try fixture.text(.virtualService, "reviews-routes") == expected)
  }

  private static let foreignRoute = """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: beta, namespace: default}
    spec:
      hosts: [beta.example.com]
      http:
      - route:
        - destination: {host: reviews, subset: v2}

    """

  @Test func `teardown after an abort is refused while somebody routes to a subset it brought, by object and line`()
    throws
  {
    let fixture = try begun()
    try fixture.apply(Self.foreignRoute)
    let step = try fixture.desk.abort(try fixture.release)
    #expect(step.remarks.count == 1 && step.remarks[0].en.contains("VirtualService default/beta (mesh.yaml:8)"))
    try fixture.commit(step)
    // Requests go as before, and the subset stays for the stranger.
    #expect(try fixture.text(.virtualService, "reviews-routes") == Meshes.routes(rules: Meshes.http))
    #expect(try #require(try fixture.text(.destinationRule, "reviews-rule")).contains("v2"))
    let refused = try refusal { try fixture.desk.teardown(try fixture.release) }
    #expect(refused.message.en.contains("VirtualService default/beta (mesh.yaml:8) routes to subset 'v2'"))
    #expect(refused.message.zh.contains("VirtualService default/beta (mesh.yaml:8)"))
    try fixture.delete(ObjectID(kind: .virtualService, namespace: "default", name: "beta"))
    try fixture.teardown()
    #expect(try fixture.text(.destinationRule, "reviews-rule") == Meshes.rule)
  }

  @Test func `teardown after a promotion is refused while somebody routes to a subset it brought`() throws {
    let fixture = try ReleaseFixture([Meshes.services, Meshes.pods[1]])
    try fixture.start(.reviews())
    try fixture.promote()
    try fixture.apply(Self.foreignRoute)
    guard case .stillRouted(let uses) = try refusal({ try fixture.desk.teardown(try fixture.release) }) else {
      Issue.record("it was torn down")
      return
    }
    #expect(uses.map(\.use.field) == ["spec.http[0].route[0].destination"])
  }

  @Test(arguments: [
    """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: beta, namespace: default}
    spec:
      rules:
      - backendRefs:
        - {name: reviews-new, port: 9080}

    """,
    """
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: beta, namespace: default}
    spec:
      defaultBackend:
        service: {name: reviews-new, port: {number: 9080}}

    """,
  ])
  func `the Service of a canary stays while any route needs it`(route: String) throws {
    let fixture = try ReleaseFixture([Meshes.services, Meshes.pods[0]])
    try fixture.start(.reviews(manner: .services))
    try fixture.apply(route)
    let step = try fixture.desk.abort(try fixture.release)
    #expect(step.remarks.count == 1 && step.remarks[0].en.contains("default/beta (mesh.yaml:"))
    try fixture.commit(step)
    #expect(try fixture.text(.service, "reviews-new") != nil)
    guard case .stillRouted = try refusal({ try fixture.desk.teardown(try fixture.release) }) else {
      Issue.record("it was torn down")
      return
    }
  }

  @Test func `a subset that somebody else offers too is not missed`() throws {
    let fixture = try begun()
    try fixture.apply(Self.foreignRoute)
    try fixture.apply(
      """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: more, namespace: default}
      spec:
        host: reviews
        subsets: [{name: v2, labels: {version: v2}}]

      """)
    try fixture.abort()
    #expect(try fixture.release.left.isEmpty)
  }

  @Test func `teardown is refused while a pod of the old version would get requests again`() throws {
    let fixture = try ReleaseFixture([Meshes.services] + Meshes.pods)
    try fixture.start(.reviews())
    try fixture.promote()
    guard case .stillServed(let pods, _) = try refusal({ try fixture.desk.teardown(try fixture.release) }) else {
      Issue.record("it was torn down")
      return
    }
    #expect(pods.map(\.name) == ["reviews-v1"])
  }

  @Test func `teardown is refused while the name alone would reach no pod of the new version`() throws {
    let pod = Meshes.pods[1].replacing("app: reviews", with: "app: reviews-next")
    let service = """
      apiVersion: v1
      kind: Service
      metadata: {name: reviews-new, namespace: default}
      spec: {selector: {app: reviews-next}, ports: [{name: http, port: 9080}]}

      """
    let fixture = try ReleaseFixture([Meshes.services, pod, service])
    try fixture.start(.reviews(manner: .services))
    try fixture.promote()
    guard case .notServed(let host, _) = try refusal({ try fixture.desk.teardown(try fixture.release) }) else {
      Issue.record("it was torn down")
      return
    }
    #expect(host == "reviews.default.svc.cluster.local")
    try fixture.commit(try fixture.desk.teardown(try fixture.release, guards: .overridden))
  }

  @Test func `of two shifts prepared on one revision the second is told that it came too late`() throws {
    let fixture = try begun()
    let (first, second) = (
      try fixture.desk.shift(try fixture.release), try fixture.desk.shift(try fixture.release)
    )
    try fixture.commit(first)
    #expect(throws: StoreError.self) { try fixture.commit(second) }
    #expect(try fixture.release.stage.weight == 50)
  }

  @Test func `a second release of the same rules is refused`() throws {
    let fixture = try begun()
    var other = ReleaseRequest.reviews()
    other.release.name = "other"
    guard case .problem(.taken(_, let by)) = try refusal({ try fixture.desk.start(other) }) else {
      Issue.record("it began")
      return
    }
    #expect(by.name == "reviews")
  }

  @Test func `a rollback of the routes under a release does not confuse its abort`() throws {
    let fixture = try begun(2)
    _ = try fixture.target.rollBack(
      to: RevisionNumber(2), scope: .managed,
      signature: Signature(person: "bob", time: Timestamp(milliseconds: 1_800_000_000_000)), message: "back")
    try fixture.abort()
    #expect(try fixture.text(.virtualService, "reviews-routes") == Meshes.routes(rules: Meshes.http))
  }
}
