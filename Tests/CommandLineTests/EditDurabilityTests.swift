import Foundation
import Glibc
import Testing

@Suite struct EditDurabilityTests {
  private static func shop() throws -> Tool {
    let tool = try Tool()
    let mesh = Session.root.appending(path: "editing/route/mesh.yaml").path
    #expect(try tool.run("apply", "-f", mesh, "-m", "first").status == 0)
    return tool
  }

  private static func edit(_ seconds: Int) -> [String] {
    ["route", "http", "update", "reviews", "rest", "-n", "shop", "--timeout", "\(seconds)s"]
  }

  private static func acknowledged(_ output: String) -> Int? {
    let line = output.split(separator: "\n").first { $0.hasPrefix("revision ") }
    return line.flatMap { Int($0.dropFirst("revision ".count).prefix { $0.isNumber }) }
  }

  @Test func `an edit that is killed loses nothing that it acknowledged`() throws {
    let tool = try Self.shop()
    defer { tool.remove() }
    var promised: [(revision: Int, seconds: Int)] = []
    for round in 1...20 {
      let running = try tool.start(Self.edit(round))
      usleep(UInt32(round % 10) * 25_000)
      kill(running.process.processIdentifier, SIGKILL)
      let result = running.wait()
      if let number = Self.acknowledged(result.output) { promised.append((number, round)) }
    }
    let last = try tool.run(arguments: Self.edit(99))
    promised.append((try #require(Self.acknowledged(last.output)), 99))
    #expect(try tool.run("store", "verify").status == 0)
    for promise in promised {
      let stored = try tool.run(
        "get", "vs", "reviews", "-n", "shop", "-o", "yaml", "--revision", "\(promise.revision)")
      #expect(stored.output.contains("timeout: \(promise.seconds)s"), "revision \(promise.revision)")
      #expect(stored.output.contains("# Everybody else."))
    }
  }

  @Test func `of two edits at one head none is lost`() throws {
    let tool = try Self.shop()
    defer { tool.remove() }
    for round in 1...5 {
      let running = try [round * 2, round * 2 + 1].map { try tool.start(Self.edit($0)) }
      let results = running.map { $0.wait() }
      #expect(results.contains { $0.status == 0 })
      for result in results where result.status != 0 { #expect(result.errors.contains("revision"), "\(result.errors)") }
    }
    let log = try tool.run("history", "-o", "json").output
    #expect(log.components(separatedBy: "route http update").count > 5)
    #expect(try tool.run("store", "verify").status == 0)
  }
}
