import Comparison
import Editing
import History
import MeshModel
import Releases
import Testing
import Workbench

/// Changes of others from seeds, in the middle of releases from seeds.
@Suite struct ForeignSeedTests {
  private static let routes = ObjectID(kind: .virtualService, namespace: "default", name: "reviews-routes")

  /// A release under way, and the rules that it wrote, with their marks.
  private func begun(_ random: inout SeededRules) throws -> (ReleaseFixture, original: Value, rules: [Value])? {
    let text = random.routes()
    let fixture = try ReleaseFixture([Meshes.services, SeededRules.others, text] + Meshes.pods)
    let scope = random.pick([["mesh"], ["istio-system/public"], ["mesh", "istio-system/public"]])
    let identity = random.below(2) == 0 ? [try IdentityText.entry("header:end-user=jason")] : []
    do {
      let begins: Release.Beginning = random.below(2) == 0 ? .mirrored : .plain
      let request = ReleaseRequest.reviews(scope: scope, identity: identity, begins: begins)
      try fixture.commit(try fixture.desk.start(request))
    } catch ReleaseRefusal.problem { return nil }
    for _ in 0..<random.below(3) { try fixture.shift() }
    let release = try fixture.release
    guard release.parts.contains(where: { $0.id == Self.routes }) else { return nil }
    let original = try #require(SourceRewrite.value(of: Array(text.utf8)))
    let now = release.objects(before: [Self.routes: original], at: .stage(release.stage))
    return (fixture, original, items(try #require(now[Self.routes])))
  }

  private func items(_ routes: Value) -> [Value] {
    guard case .array(let rules)? = routes["spec"]?["http"] else { return [] }
    return rules
  }

  private func setting(_ value: Value, _ key: String, _ new: Value) -> Value {
    guard case .object(var members) = value else { return value }
    if let place = members.firstIndex(where: { $0.key == key }) {
      members[place].value = new
    } else {
      members.append(.init(key: key, value: new))
    }
    return .object(members)
  }

  private func withRules(_ routes: Value, _ rules: [Value]) -> Value {
    setting(routes, "spec", setting(routes["spec"] ?? .object([]), "http", .array(rules)))
  }

  private func now(_ fixture: ReleaseFixture) throws -> Value {
    let text = try #require(try fixture.text(.virtualService, "reviews-routes"))
    return try #require(SourceRewrite.value(of: Array(text.utf8)))
  }

  private func write(_ fixture: ReleaseFixture, _ value: Value) throws {
    let old = try #require(try fixture.text(.virtualService, "reviews-routes"))
    try fixture.apply(String(decoding: SourceRewrite(Array(old.utf8), to: value).text, as: UTF8.self))
  }

  @Test(arguments: UInt64(1)...80)
  func `a field that others set in a rule is there after an abort, or it is a conflict`(seed: UInt64) throws {
    var random = SeededRules(state: seed)
    guard let (fixture, original, marked) = try begun(&random) else { return }
    let place = random.below(marked.count)
    guard case .string(let mark)? = marked[place][Release.ruleMark] else {
      Issue.record("no mark")
      return
    }
    let current = try now(fixture)
    var rules = items(current)
    try #require(rules.count == marked.count)
    rules[place] = setting(rules[place], "timeout", .string("77s"))
    try write(fixture, withRules(current, rules))
    guard let old = Int(mark) else {
      // A rule of the release's own.
      #expect(throws: ReleaseRefusal.self) { try fixture.abort() }
      return
    }
    try fixture.abort()
    var expected = items(original)
    expected[old] = setting(expected[old], "timeout", .string("77s"))
    #expect(ThreeWayMerge.isSame(try now(fixture), withRules(original, expected)), "rule \(mark)")
  }

  @Test(arguments: UInt64(1)...80)
  func `a rule that others put anywhere is there after an abort, between the same rules`(seed: UInt64) throws {
    var random = SeededRules(state: seed)
    guard let (fixture, original, marked) = try begun(&random) else { return }
    let place = random.below(marked.count + 1)
    let stranger = Value.object([
      .init(key: "name", value: .string("stranger")),
      .init(
        key: "match",
        value: .array([
          .object([.init(key: "uri", value: .object([.init(key: "exact", value: .string("/stranger"))]))])
        ])),
      .init(key: "directResponse", value: .object([.init(key: "status", value: .integer(204))])),
    ])
    let current = try now(fixture)
    var rules = items(current)
    rules.insert(stranger, at: place)
    try write(fixture, withRules(current, rules))
    try fixture.abort()
    // How many old rules stood before it: those that a rule before it is.
    let before = marked[..<place].filter { rule in
      if case .string(let mark)? = rule[Release.ruleMark] { return Int(mark) != nil }
      return false
    }.count
    var expected = items(original)
    expected.insert(stranger, at: before)
    #expect(ThreeWayMerge.isSame(try now(fixture), withRules(original, expected)), "at \(place)")
  }
}
