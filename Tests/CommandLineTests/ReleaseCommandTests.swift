import Foundation
import Testing

@Suite struct ReleaseCommandTests {
  private static let mesh = """
    apiVersion: v1
    kind: Service
    metadata: {name: reviews, namespace: default}
    spec: {selector: {app: reviews}, ports: [{name: http, port: 9080}]}
    ---
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: reviews, namespace: default}
    spec:
      hosts: [reviews]
      http:
      - route:
        - destination: {host: reviews}

    """

  private func begun() throws -> Tool {
    let tool = try Tool()
    #expect(try tool.run("apply", "-f", try tool.write("mesh.yaml", Self.mesh)).status == 0)
    let start = try tool.run("release", "start", "reviews", "--from", "v1", "--to", "v2", "--steps", "5,50")
    #expect(start.status == 0, "\(start.errors)")
    #expect(try tool.run("release", "shift").status == 0)
    return tool
  }

  @Test func `a conflict is shown with its values, in both languages and as JSON`() throws {
    let tool = try begun()
    defer { tool.remove() }
    let text = try tool.run("get", "vs", "reviews", "-o", "yaml").output
    let edited = text.replacingOccurrences(of: "weight: 95", with: "weight: 70")
    #expect(edited != text)
    #expect(try tool.run("apply", "-f", try tool.write("edited.yaml", edited)).status == 0)
    let head = try tool.run("history", "-o", "name").output
    let english = try tool.run("release", "abort")
    #expect(english.status == 1)
    for words in ["spec.http[0].route", "the release left", "95", "somebody set", "70"] {
      #expect(english.output.contains(words), "\(english.output)")
    }
    #expect(english.errors.contains("nothing was written"))
    let chinese = try tool.run("release", "abort", "--lang", "zh")
    #expect(chinese.output.contains("他人设置为") && chinese.errors.contains("未写入任何内容"))
    let json = try tool.run("release", "abort", "-o", "json")
    let object = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let conflicts = try #require(object["conflicts"] as? [[String: Any]])
    #expect(conflicts.contains { $0["base"] as? Int == 95 && $0["theirs"] as? Int == 70 })
    #expect(try tool.run("history", "-o", "name").output == head)
  }

  @Test func `a release is never exported`() throws {
    let tool = try begun()
    defer { tool.remove() }
    let export = try tool.run("export", "--target", "prod", "--unapproved", "-o", "out")
    #expect(export.status == 0, "\(export.errors)")
    let folder = tool.folder.appendingPathComponent("out")
    let files = (FileManager.default.subpaths(atPath: folder.path) ?? []).filter { $0.hasSuffix(".yaml") }
    let texts = try files.map { try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }
    #expect(texts.contains { $0.contains("weight: 95") })
    #expect(!texts.contains { $0.contains("drydock.dev") }, "\(files)")
  }

  @Test func `a dry run writes nothing and says all of it`() throws {
    let tool = try begun()
    defer { tool.remove() }
    let head = try tool.run("history", "-o", "name").output
    for command in ["shift", "pause", "abort"] {
      let result = try tool.run("release", command, "--dry-run", "-o", "json")
      let object = try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      #expect(object["dryRun"] as? Bool == true && object["revision"] is NSNull)
    }
    #expect(try tool.run("history", "-o", "name").output == head)
  }

  @Test func `the message of a person stands first in the history`() throws {
    let tool = try begun()
    defer { tool.remove() }
    #expect(try tool.run("release", "shift", "-m", "looks good").status == 0)
    let history = try tool.run("history").output
    #expect(history.contains("looks good"))
    #expect(try tool.run("release", "status", "-o", "yaml").output.contains("weight: 50"))
  }

  @Test func `an unknown release is told with those that are there`() throws {
    let tool = try begun()
    defer { tool.remove() }
    let result = try tool.run("release", "shift", "review")
    #expect(result.status == 1 && result.errors.contains("default/reviews"))
  }
}
