import Foundation
import Testing

@Suite struct TourTests {
  /// What each command of the tour printed, by the line that was typed.
  private static func steps(_ output: String) -> [(command: String, printed: String)] {
    var steps: [(command: String, printed: String)] = []
    for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("$ ") {
        steps.append((command: String(line.dropFirst(2)), printed: ""))
      } else if !line.hasPrefix("# "), !steps.isEmpty {
        steps[steps.count - 1].printed += line + "\n"
      }
    }
    return steps
  }

  private static func printed(_ start: String, _ steps: [(command: String, printed: String)]) throws -> String {
    try #require(steps.last { $0.command.hasPrefix(start) }, "\(start)").printed
  }

  @Test func `the tour does the main job and leaves everything behind`() throws {
    let tool = try Tool(withStore: false)
    defer { tool.remove() }
    let result = try tool.run("tour", environment: ["TMPDIR": tool.folder.path])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.errors.isEmpty)
    let steps = Self.steps(result.output)
    #expect(try Self.printed("drydock apply -f shop/", steps).contains("revision 1: +15"))
    #expect(try Self.printed("drydock get", steps).contains("shop.example.com"))
    let gateway = try Self.printed("drydock simulate http://shop.example.com", steps)
    #expect(gateway.contains("→ productpage.shop.svc.cluster.local:9080"))
    #expect(gateway.contains("shop/front.yaml:"))
    let tester = try Self.printed("drydock simulate -H 'end-user: jason'", steps)
    #expect(tester.contains("subset v2"))
    let explained = steps.first { $0.command.hasSuffix("--explain") }?.printed ?? ""
    #expect(explained.contains("header end-user is absent"))
    let drafted = steps.last { $0.command.hasSuffix("--with canary.yaml") }?.printed ?? ""
    #expect(drafted.contains("3/4 ") && drafted.contains("1/4 ") && drafted.contains("canary.yaml:"))
    #expect(try Self.printed("drydock check", steps).contains("15 objects: 0 errors"))
    #expect(try Self.printed("drydock diff", steps).contains("weight: + 75"))
    #expect(try Self.printed("drydock apply -f canary.yaml", steps).contains("revision 2: ~1"))
    let exports = steps.filter { $0.command.hasPrefix("drydock export") }
    #expect(exports.count == 2)
    #expect(exports.first?.printed.contains("not approved") == true)
    #expect(exports.last?.printed.contains("deploy/prod/kustomization.yaml") == true)
    #expect(try Self.printed("drydock audit", steps).contains("approve"))
    #expect(try Self.printed("drydock store verify", steps).contains("sound: 5 revisions"))
    let folder = try #require(steps.first?.command.split(separator: " ").last)
    #expect(FileManager.default.fileExists(atPath: "\(folder)/drydock.db"))
    #expect(FileManager.default.fileExists(atPath: "\(folder)/deploy/prod/provenance.yaml"))
  }

  @Test func `the tour speaks Chinese and goes where it is told`() throws {
    let tool = try Tool(withStore: false)
    defer { tool.remove() }
    let result = try tool.run("tour", "here", "--lang", "zh")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(result.output.contains("修订 2"))
    #expect(FileManager.default.fileExists(atPath: tool.folder.appendingPathComponent("here/drydock.db").path))
    let again = try tool.run("tour", "here")
    #expect(again.status == 2)
    #expect(again.errors.contains("not empty"))
  }

  @Test func `the tour leaves the user's own store alone`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    #expect(try tool.run("tour", "here").status == 0)
    #expect(try tool.run("history", "-o", "json").output == "[]\n")
  }

  @Test func `every step of the tour can be typed into a shell`() throws {
    let tool = try Tool(withStore: false)
    defer { tool.remove() }
    let toured = try tool.run("tour", "here")
    let lines = Self.steps(toured.output).dropFirst().map(\.command)
    let script = "cd here && rm -rf drydock.db* deploy\n" + lines.joined(separator: " || true\n") + "\n"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = tool.folder
    let folder = Tool.executable.deletingLastPathComponent().path
    process.environment = ["PATH": "\(folder):/usr/bin:/bin", "LANG": "C", "USER": "tester", "HOME": tool.folder.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(output.contains("sound: 5 revisions"))
  }
}
