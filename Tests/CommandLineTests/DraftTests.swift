import Foundation
import Testing

/// Questions that are asked of files, and of files laid on top of a revision.
@Suite struct DraftTests {
  private static func mesh(_ weight: Int) -> String {
    """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: a, namespace: shop}
    spec:
      hosts: [a]
      http:
      - route:
        - {destination: {host: a}, weight: \(weight)}
        - {destination: {host: b}, weight: \(100 - weight)}
    """
  }

  private static let services = """
    apiVersion: v1
    kind: List
    items:
    - apiVersion: v1
      kind: Service
      metadata: {name: a, namespace: shop}
      spec: {clusterIP: 10.96.0.1, selector: {app: a}, ports: [{name: http, port: 80}]}
    - apiVersion: v1
      kind: Service
      metadata: {name: b, namespace: shop}
      spec: {clusterIP: 10.96.0.2, selector: {app: b}, ports: [{name: http, port: 80}]}
    - apiVersion: v1
      kind: Pod
      metadata: {name: client, namespace: shop, labels: {app: client}}
      status: {phase: Running, podIP: 10.1.0.1}
    """

  private struct Setting {
    let tool: Tool
    let services: String
    let old: String
    let new: String
  }

  private static func setting() throws -> Setting {
    let tool = try Tool()
    let setting = Setting(
      tool: tool, services: try tool.write("services.yaml", services), old: try tool.write("old.yaml", mesh(100)),
      new: try tool.write("new.yaml", mesh(60)))
    let applied = try tool.run("apply", "-f", setting.services, "-f", setting.old, "-m", "first")
    #expect(applied.status == 0, "\(applied.errors)")
    return setting
  }

  /// Each question as words that follow `drydock`, without where it is asked.
  private static let questions: [[String]] = [
    ["simulate", "http://a/", "--from", "shop/client"],
    ["simulate", "http://a/", "--from", "shop/client", "--explain"],
    ["simulate", "http://a/", "--from", "shop/client", "-o", "json"],
    ["get", "all", "-A"], ["get", "vs", "a", "-n", "shop", "-o", "json"], ["get", "vs", "-A", "-o", "yaml"],
  ]

  @Test(arguments: questions)
  func `a draft is answered as files alone and as the stored revision are`(question: [String]) throws {
    let setting = try Self.setting()
    let tool = setting.tool
    defer { tool.remove() }
    let before = try tool.run(arguments: question)
    let draft = try tool.run(arguments: question + ["--with", setting.new])
    let files = try tool.run(arguments: question + ["-f", setting.services, "-f", setting.new])
    #expect(try tool.run("history", "-o", "json").output.contains("\"revision\": 2") == false)
    let applied = try tool.run("apply", "-f", setting.new)
    #expect(applied.status == 0)
    let after = try tool.run(arguments: question)
    let old = try tool.run(arguments: question + ["--revision", "1"])
    for result in [before, draft, files, after, old] { #expect(result.status == 0, "\(result.errors)") }
    #expect(draft.output == after.output)
    #expect(files.output == after.output)
    #expect(old.output == before.output)
  }

  @Test func `a difference from files is what applying them changes`() throws {
    let setting = try Self.setting()
    let tool = setting.tool
    defer { tool.remove() }
    let drafted = try tool.run("diff", "-f", setting.new)
    #expect(drafted.status == 1)
    #expect(drafted.output.contains("spec.http[0].route[a].weight: 100 → 60"))
    #expect(try tool.run("diff", "--with", setting.new).output == drafted.output)
    #expect(try tool.run("diff", "-f", setting.old).status == 0)
    let pruned = try tool.run("diff", "-f", setting.services, "--prune", "-o", "name")
    #expect(pruned.output == "virtualservice.networking.istio.io/a\n")
    #expect(try tool.run("apply", "-f", setting.new).status == 0)
    #expect(try tool.run("diff").output == drafted.output)
    #expect(try tool.run("diff", "1", "-f", setting.new).output == drafted.output)
    #expect(try tool.run("diff", "-f", setting.new).status == 0)
  }

  @Test func `a dry run tells what the command would do and writes nothing`() throws {
    let setting = try Self.setting()
    let tool = setting.tool
    defer { tool.remove() }
    #expect(try tool.run("apply", "-f", setting.new).status == 0)
    let before = try tool.run("history", "-o", "json").output
    let changes = [
      ["apply", "-f", setting.old], ["delete", "vs", "a", "-n", "shop"], ["delete", "-f", setting.services],
      ["rollback", "1"], ["rollback", "1", "--everything"],
    ]
    for change in changes {
      let dry = try tool.run(arguments: change + ["--dry-run", "-o", "name"])
      #expect(dry.status == 0 && !dry.output.isEmpty, "\(change) \(dry.errors)")
      #expect(try tool.run("history", "-o", "json").output == before)
      let copy = tool.folder.appendingPathComponent("copy.db").path
      #expect(try tool.run("store", "backup", copy).status == 0)
      let real = try tool.run(arguments: change + ["-o", "name", "--store", copy])
      #expect(real.output == dry.output)
      try FileManager.default.removeItem(atPath: copy)
    }
  }

  @Test func `files come from standard input too`() throws {
    let setting = try Self.setting()
    let tool = setting.tool
    defer { tool.remove() }
    let named = try tool.run("diff", "-f", setting.new)
    let piped = try tool.run("diff", "-f", "-", input: Self.mesh(60))
    #expect(piped.output == named.output)
    let empty = try tool.run("apply", "-f", "-", input: "")
    #expect(empty.status == 1 && empty.errors.contains("no objects"))
  }
}
