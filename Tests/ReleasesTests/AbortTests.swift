import Diagnostics
import History
import MeshModel
import Releases
import Testing
import Validation
import Workbench

/// A mesh and a release in it.
struct ReleaseSetting: CustomTestStringConvertible, Sendable {
  var name: String
  var texts: [String]
  var request: ReleaseRequest

  var testDescription: String { name }

  private static let jason: Value = .object([
    .init(
      key: "headers",
      value: .object([
        .init(key: "end-user", value: .object([.init(key: "exact", value: .string("jason"))]))
      ]))
  ])
  private static let tester: Value = .object([
    .init(key: "sourceLabels", value: .object([.init(key: "app", value: .string("tester"))]))
  ])
  private static let door = "istio-system/public"

  static let all: [ReleaseSetting] = [
    .init(name: "http, nothing there", texts: [], request: .reviews()),
    .init(name: "http, rules there", texts: [Meshes.rule, Meshes.routes(rules: Meshes.http)], request: .reviews()),
    .init(
      name: "http, identity and mirror", texts: [Meshes.rule, Meshes.routes(rules: Meshes.http)],
      request: .reviews(identity: [jason, tester], begins: .mirrored)),
    .init(
      name: "http, identity alone", texts: [Meshes.routes(rules: Meshes.http)],
      request: .reviews(identity: [jason], steps: [])),
    .init(
      name: "http, gateway", texts: [Meshes.routes("shop.example.com", gateways: door, rules: Meshes.http)],
      request: .reviews(scope: [door], begins: .mirrored)),
    .init(
      name: "http, only the gateway of rules for both",
      texts: [Meshes.rule, Meshes.routes(gateways: "\(door), mesh", rules: Meshes.http)],
      request: .reviews(scope: [door])),
    .init(
      name: "http, mesh and gateway, nothing there", texts: [Meshes.rule],
      request: .reviews(scope: ["mesh", door], hosts: ["shop.example.com"])),
    .init(
      name: "http, rules that another object hands over to", texts: [Meshes.rule, Meshes.delegated],
      request: .reviews(identity: [jason])),
    .init(name: "tcp, nothing there", texts: [], request: .reviews(.tcp)),
    .init(
      name: "tcp, rules there", texts: [Meshes.rule, Meshes.routes(rules: Meshes.tcp)],
      request: .reviews(.tcp, identity: [tester])),
    .init(
      name: "tcp, gateway", texts: [Meshes.routes("*", gateways: door, rules: Meshes.tcp)],
      request: .reviews(.tcp, scope: [door])),
    .init(name: "tls, nothing there", texts: [], request: .reviews(.tls)),
    .init(
      name: "tls, gateway",
      texts: [Meshes.rule, Meshes.routes("reviews.example.com", gateways: door, rules: Meshes.tls)],
      request: .reviews(.tls, scope: [door])),
    .init(name: "services, one of them new", texts: [], request: .reviews(manner: .services)),
  ]
}

@Suite struct AbortTests {
  private func before(_ setting: ReleaseSetting) throws -> ReleaseFixture {
    try ReleaseFixture([Meshes.services] + Meshes.pods + setting.texts)
  }

  @Test(arguments: ReleaseSetting.all)
  func `a release aborted at any step leaves every text as it was`(setting: ReleaseSetting) throws {
    let shifts = setting.request.release.steps.count
    for count in 0...shifts + 1 {
      let fixture = try before(setting)
      let texts = try fixture.texts
      let digest = try fixture.head.digest
      let managed = try fixture.head.managedDigest
      try fixture.start(setting.request)
      for _ in 0..<min(count, shifts) { try fixture.shift() }
      if count > shifts { try fixture.promote() }
      #expect(try fixture.texts != texts, "it did something")
      try fixture.abort()
      #expect(try fixture.texts == texts, "after \(count) shifts")
      #expect(try fixture.head.managedDigest == managed)
      try fixture.teardown()
      #expect(try fixture.head.digest == digest, "the mesh is the same one")
    }
  }

  @Test(arguments: ReleaseSetting.all)
  func `no step of a release says anything that a cluster would refuse`(setting: ReleaseSetting) throws {
    let fixture = try before(setting)
    func check(_ step: ReleaseStep) throws {
      let refusals = Check(manner: .drydock).refusals(of: CheckWorld(objects: step.after))
      #expect(refusals.isEmpty, "\(step.title): \(refusals.map(\.message.en))")
      try fixture.commit(step)
    }
    try check(try fixture.desk.start(setting.request))
    for _ in setting.request.release.steps { try check(try fixture.desk.shift(try fixture.release)) }
    try check(try fixture.desk.promote(try fixture.release))
    try check(try fixture.desk.teardown(try fixture.release, guards: .overridden))
  }

  @Test(arguments: ReleaseSetting.all)
  func `after promotion and teardown the old version is named nowhere`(setting: ReleaseSetting) throws {
    let fixture = try before(setting)
    try fixture.start(setting.request)
    for _ in setting.request.release.steps { try fixture.shift() }
    try fixture.promote()
    try fixture.delete(ObjectID(kind: .pod, namespace: "default", name: "reviews-v1"))
    try fixture.teardown()
    let isOnlyGateway = setting.request.release.scope == ["istio-system/public"] && setting.name.contains("both")
    for (id, text) in try fixture.texts where id.kind == .virtualService {
      let text = String(decoding: text, as: UTF8.self)
      // Rules for the mesh are none of this release's business.
      #expect(isOnlyGateway || !text.contains("subset: v1"), "\(text)")
    }
    #expect(try fixture.desk.releases.isEmpty)
  }
}
