import Foundation
import Testing

/// What the commands about a proxy print, kept in `fixtures/proxy`: a command line on the first line of each file, and
/// below it both streams. `UPDATE_FIXTURES=1` writes the files again and fails the run.
@Suite struct ProxyCommandTests {
  private static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("fixtures")

  static let cases: [String] = {
    let folder = fixtures.appendingPathComponent("proxy").path
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }()

  /// A folder in which the files of the tour stand.
  private static func toolWithShop() throws -> Tool {
    let tool = try Tool(withStore: false)
    for name in ["shop", "canary.yaml"] {
      try FileManager.default.copyItem(
        at: fixtures.appendingPathComponent("tour/" + name), to: tool.folder.appendingPathComponent(name))
    }
    return tool
  }

  @Test(arguments: cases) func `a table is as it was`(name: String) throws {
    let tool = try Self.toolWithShop()
    defer { tool.remove() }
    let file = Self.fixtures.appendingPathComponent("proxy/" + name)
    let kept = try String(contentsOf: file, encoding: .utf8)
    let line = try #require(kept.split(separator: "\n").first)
    let words = line.split(separator: " ").map { String($0) }
    try #require(words.starts(with: ["$", "drydock"]))
    let result = try tool.run(arguments: Array(words.dropFirst(2)))
    let printed = "\(line)\n\(result.output)\(result.errors)"
    if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] == "1", printed != kept {
      try Data(printed.utf8).write(to: file)
      Issue.record("\(name) was written again; look at it and run without UPDATE_FIXTURES")
      return
    }
    #expect(printed == kept, "run with UPDATE_FIXTURES=1")
  }

  @Test func `the store is asked where no file is given`() throws {
    let tool = try Self.toolWithShop()
    defer { tool.remove() }
    _ = try tool.run("init")
    let applied = try tool.run("apply", "-f", "shop", "-m", "first")
    #expect(applied.status == 0, "\(applied.errors)")
    let question = ["routes", "--proxy", "shop/productpage", "--name", "9080"]
    let stored = try tool.run(arguments: question)
    let files = try tool.run(arguments: question + ["-f", "shop"])
    #expect(stored.status == 0 && stored.output == files.output, "\(stored.output)\(stored.errors)")
    let draft = try tool.run(arguments: question + ["--with", "canary.yaml"])
    #expect(draft.output.contains("canary.yaml:"))
    let past = try tool.run(arguments: question + ["--revision", "0"])
    #expect(past.status == 1)
  }

  @Test func `a bootstrap tells what it leaves out`() throws {
    let tool = try Self.toolWithShop()
    defer { tool.remove() }
    let yaml = try tool.run("envoy", "--proxy", "shop/productpage", "-f", "shop")
    #expect(yaml.status == 0)
    #expect(yaml.errors.hasPrefix("left out: the mesh's own mutual TLS"))
    #expect(yaml.output.hasPrefix("# left out: the mesh's own mutual TLS"))
    #expect(yaml.output.contains("name: outbound|9080|v2|reviews.shop.svc.cluster.local"))
    let json = try tool.run("envoy", "--gateway", "edge/public", "-f", "shop", "-o", "json", "--admin-port", "9901")
    let value = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let resources = value?["static_resources"] as? [String: Any]
    #expect((resources?["listeners"] as? [Any])?.count == 1)
    #expect(value?["admin"] != nil)
    #expect(try tool.run("envoy", "--proxy", "shop/productpage", "-f", "shop", "--front-port", "0").status == 2)
  }
}
