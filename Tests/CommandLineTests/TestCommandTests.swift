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

  @Test func `coverage for a machine stands alone on standard output`() throws {
    let result = try run("@shop.yaml", "--coverage", "json")
    #expect(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) is [String: Any])
    #expect(result.errors.contains("15 tests: 15 passed"))
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
      "'when' is an empty list", "'tests[6]' must be a mapping", "'policy' is empty", "'headers.request' is empty",
      "'2562047788015215h' is no duration", "'1/1e-320' is no share", "18 problems in the tests",
    ] {
      #expect(result.errors.contains(text), "\(text)")
    }
    let chinese = try run("@bad.yaml", "--lang", "zh")
    #expect(chinese.errors.contains("测试中有 18 个问题"))
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

  @Test func `a folder may hold tests beside the mesh that they ask`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    let folder = tool.folder.appendingPathComponent("suite")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let mesh = try String(contentsOfFile: Self.fixtures + "/mesh.yaml", encoding: .utf8)
    _ = try tool.write("suite/mesh.yaml", mesh)
    _ = try tool.write("suite/a.yaml", try String(contentsOfFile: Self.fixtures + "/shop.yaml", encoding: .utf8))
    #expect(try tool.run("test", "suite").output == "15 tests: 15 passed\n")
    let wrong = try tool.run("test", "suite/mesh.yaml")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("this is no file of routing tests"))
  }

  @Test func `coverage names what no test reaches, and what nothing can reach`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    let suite = try tool.write(
      "few.yaml",
      """
      given: {files: [\(Self.fixtures)/mesh.yaml], namespace: shop}
      tests:
      - {name: a, when: {from: web, url: 'http://reviews:9080/'}, then: {subset: v1}}
      - {name: b, when: {gateway: edge/public, url: 'http://shop.example.com/'}, then: {distribution: {v1: 75, v2: 25}}}
      """)
    let text = try tool.run("test", suite, "--coverage", "text").output
    #expect(text.contains("  rules     22.2 % (2/9)\n"), "\(text)")
    #expect(text.contains("✗ VirtualService shop/front spec.http[0].match[0] (\(Self.fixtures)/mesh.yaml:83)"))
    #expect(text.contains("· VirtualService shop/reviews spec.http[2].match[0]"))
    #expect(text.contains("· DestinationRule shop/reviews spec.subsets[2]"))
    let page = tool.folder.appendingPathComponent("c.html")
    let report = tool.folder.appendingPathComponent("c.info")
    let poor = try tool.run(
      arguments: [
        "test", suite, "--coverage=html=\(page.path)", "--coverage=lcov=\(report.path)", "--fail-under", "90",
      ])
    #expect(poor.status == 1)
    #expect(poor.errors.contains("less than 90 %"))
    #expect(try String(contentsOf: page, encoding: .utf8).contains("class=\"line miss\""))
    let lines = try String(contentsOf: report, encoding: .utf8)
    #expect(lines.contains("SF:\(Self.fixtures)/mesh.yaml\n"))
    #expect(lines.contains("FNDA:0,shop/front:spec.http[0]\n"))
    #expect(lines.hasSuffix("end_of_record\n"))
    #expect(try tool.run("test", suite, "--fail-under", "20").status == 0)
    let json = try tool.run("test", suite, "--coverage", "json", "-o", "json").output
    let document = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect((document?["coverage"] as? [String: Any])?["rule"] != nil)
  }

  @Test func `a generated suite passes and covers everything that can be reached`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    let mesh = Self.fixtures + "/mesh.yaml"
    let first = try tool.run("test", "generate", "-f", mesh)
    #expect(first.status == 0)
    #expect(first.errors.contains("no test for VirtualService shop/reviews spec.http[2].match[0]"))
    #expect(try tool.run("test", "generate", "-f", mesh).output == first.output)
    let suite = try tool.write("now.yaml", first.output)
    let result = try tool.run("test", suite, "-f", mesh, "--fail-under", "100")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(try tool.run("test", "generate", "shop/db", "-f", mesh).output.contains("tcp://db:5432"))
    #expect(try tool.run("test", "generate", "shop/none", "-f", mesh).status == 2)
  }
}
