import Foundation
import Testing

/// Tests that are kept with a mesh, and policies that require them.
@Suite struct StoredTestsTests {
  private static let change = """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: reviews, namespace: shop}
    spec: {hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: v1}}]}]}
    """

  private func mesh() throws -> Tool {
    let tool = try Tool()
    let folder = TestCommandTests.fixtures
    _ = try tool.run("apply", "-f", folder + "/mesh.yaml")
    #expect(try tool.run("apply", "-f", folder + "/stored.yaml").status == 0)
    return tool
  }

  @Test func `a mesh's own tests run without being named, on its newest revision and on a draft`() throws {
    let tool = try mesh()
    defer { tool.remove() }
    #expect(try tool.run("test").output == "3 tests: 3 passed\n")
    let draft = try tool.run("test", "--with", try tool.write("c.yaml", Self.change))
    #expect(draft.status == 1)
    #expect(draft.output.contains("✗ shop/reviews: testers see v2"))
    #expect(draft.output.contains("stored.yaml:11\n      expected  subset v2"))
    #expect(try tool.run("test", "--revision", "1").status == 2)
  }

  @Test func `a policy can require them, and review tells how they came out`() throws {
    let tool = try mesh()
    defer { tool.remove() }
    _ = try tool.run("policy", "set", "--approvals", "1", "--author-counts", "yes", "--check", "tests")
    let good = try tool.run("review", "approve")
    #expect(good.output.contains("revision 2: approved"), "\(good.output)\(good.errors)")
    _ = try tool.run("apply", "-f", try tool.write("c.yaml", Self.change))
    let status = try tool.run("review", "status")
    #expect(status.status == 1)
    #expect(status.output.contains("failed checks: tests"))
    #expect(status.output.contains("3 tests: 2 passed, 1 failed"))
    #expect(try tool.run("review", "approve").output.contains("failed checks: tests"))
    #expect(try tool.run("audit").output.contains("detail=2 of 3 passed: shop/reviews: testers see v2"))
  }

  @Test func `an outcome is recorded for the revision that was asked`() throws {
    let tool = try mesh()
    defer { tool.remove() }
    #expect(try tool.run("test", "--revision", "2", "--record").errors.contains("recorded for revision 2"))
    #expect(try tool.run("audit").output.contains("check=tests detail=3 of 3 passed"))
    let file = try tool.write("c.yaml", Self.change)
    #expect(try tool.run("test", "--record", "--with", file).status == 2)
  }

  @Test func `a generated suite can be kept with the mesh`() throws {
    let tool = try mesh()
    defer { tool.remove() }
    let object = try tool.run("test", "generate", "--object", "shop/now").output
    #expect(object.contains("kind: RoutingTest\nmetadata:\n  name: now\n  namespace: shop\nspec:\n  tests:\n"))
    #expect(try tool.run("apply", "-f", try tool.write("now.yaml", object)).status == 0)
    #expect(try tool.run("test").output == "13 tests: 13 passed\n")
  }

  @Test func `tests are never exported, and bad ones are not stored`() throws {
    let tool = try mesh()
    defer { tool.remove() }
    _ = try tool.run("policy", "set", "--approvals", "0")
    let out = tool.folder.appendingPathComponent("out")
    _ = try tool.run("export", "--target", "prod", "-o", out.path, "--unapproved")
    let names = FileManager.default.enumerator(atPath: out.path)?.compactMap { $0 as? String } ?? []
    #expect(!names.isEmpty)
    #expect(!names.contains { $0.lowercased().contains("routingtest") })
    let bad = try tool.write(
      "bad.yaml",
      """
      apiVersion: drydock.dev/v1
      kind: RoutingTest
      metadata: {name: bad, namespace: shop}
      spec:
        tests:
        - name: empty
          when: {from: web, url: 'http://reviews:9080/'}
        - name: elsewhere
          given: {files: [x.yaml]}
          when: {from: web, url: 'http://reviews:9080/'}
          then: {subset: v1}
      """)
    let refused = try tool.run("apply", "-f", bad)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("bad.yaml:6:5: error: test 'empty' asserts nothing"))
    #expect(refused.errors.contains("bad.yaml:8:5: error: a stored test asks the revision that it is in"))
  }
}
