import Foundation
import Testing

/// `drydock test`, as it is typed.
@Suite struct TestCommandTests {
  static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("fixtures/routing-tests").path

  private func run(_ words: String...) throws -> Tool.Result {
    let tool = try Tool()
    defer { tool.remove() }
    return try tool.run(arguments: ["test"] + words.map { $0.replacing("@", with: Self.fixtures + "/") })
  }

  @Test func `every kind of expectation holds on a mesh that has it`() throws {
    let result = try run("@shop.yaml")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output == "15 tests: 15 passed\n")
  }

  @Test func `all failures come in one run, each with its place, both values and the trace`() throws {
    let result = try run("@failing.yaml")
    #expect(result.status == 1)
    for text in [
      "✗ wrong subset  \(Self.fixtures)/failing.yaml:3:3", "failing.yaml:6\n      expected  subset v1\n",
      "actual    reviews.shop:9080 v2\n", "expected  timeout 1s\n      actual    timeout 2500ms\n",
      "actual    reviews.shop:9080 v1 75%, reviews.shop:9080 v2 25%\n",
      "✓ #4 VirtualService shop/front spec.http[3].match[0]",
      "could not be asked: 'nobody' is no pod", "4 tests: 1 passed, 2 failed, 1 could not be asked\n",
    ] {
      #expect(result.output.contains(text), "\(text)")
    }
  }

  @Test func `build servers get their forms`() throws {
    let json = try run("@failing.yaml", "-o", "json").output
    let document = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(document["failed"] as? Int == 2)
    #expect(try run("@failing.yaml", "-o", "github").output.hasPrefix("::error file="))
    let junit = try run("@failing.yaml", "-o", "junit").output
    #expect(junit.contains("tests=\"4\" failures=\"2\" errors=\"1\""))
  }

  @Test func `everything that is wrong with a file is told at once, with its place`() throws {
    let result = try run("@bad.yaml")
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    for text in [
      "bad.yaml:1:1: error: the file has no key 'givn': did you mean 'given'?",
      "bad.yaml:4:48: error: 'when' has no key",
      "bad.yaml:5:10: error: 'then' has no key 'subst': did you mean 'subset'?", "'soon' is no duration",
      "'lots' is no share", "test 'nothing asserted' asserts nothing", "'when' has no 'url'",
      "give 'from' or 'gateway', not both", "'ftp://x/' is no URL", "'when' has no 'from'", "'maybe' is no value",
      "'when' is an empty list", "'tests[6]' must be a mapping", "14 problems in the tests",
    ] {
      #expect(result.errors.contains(text), "\(text)")
    }
    let chinese = try run("@bad.yaml", "--lang", "zh")
    #expect(chinese.errors.contains("测试中有 14 个问题"))
  }

  @Test func `a test can hold a mesh to what it was at a revision`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    _ = try tool.run("apply", "-f", Self.fixtures + "/mesh.yaml")
    let suite = try tool.write(
      "same.yaml",
      """
      tests:
      - name: as before
        when:
        - {from: shop/web, url: 'http://reviews:9080/', headers: {end-user: jason}}
        - {from: shop/web, url: 'http://reviews:9080/'}
        then: {unchanged since: 1}
      """)
    #expect(try tool.run("test", suite).status == 0)
    let change = try tool.write(
      "change.yaml",
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews, namespace: shop}
      spec: {hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: v1}}]}]}
      """)
    let draft = try tool.run("test", suite, "--with", change)
    #expect(draft.status == 1)
    #expect(draft.output.contains("expected  result: reviews.shop:9080 v2 (revision 1)"), "\(draft.output)")
    #expect(draft.output.contains("2 tests: 1 passed, 1 failed"))
  }

  @Test func `the order of results does not depend on threads`() throws {
    let first = try run("@failing.yaml", "@shop.yaml", "-o", "json").output
    for _ in 0..<3 { #expect(try run("@failing.yaml", "@shop.yaml", "-o", "json").output == first) }
  }

  @Test func `a watched suite runs again when its file changes`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    let text = { (subset: String) in
      """
      given: {files: [\(Self.fixtures)/mesh.yaml], namespace: shop}
      tests: [{name: a, when: {from: web, url: 'http://reviews:9080/'}, then: {subset: \(subset)}}]
      """
    }
    let suite = try tool.write("watched.yaml", text("v1"))
    let running = try tool.start(["test", suite, "--watch"])
    defer { running.process.terminate() }
    func waits(for words: String) throws -> Bool {
      for _ in 0..<100 {
        if try String(contentsOf: running.output, encoding: .utf8).contains(words) { return true }
        Thread.sleep(forTimeInterval: 0.1)
      }
      return false
    }
    #expect(try waits(for: "1 test: 1 passed"))
    _ = try tool.write("watched.yaml", text("v22"))
    #expect(try waits(for: "1 test: 0 passed, 1 failed"))
  }
}
