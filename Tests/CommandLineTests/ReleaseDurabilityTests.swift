import Foundation
import Glibc
import Testing

@Suite struct ReleaseDurabilityTests {
  private static let mesh = """
    apiVersion: v1
    kind: Service
    metadata: {name: reviews, namespace: default}
    spec: {selector: {app: reviews}, ports: [{name: http, port: 9080}]}
    ---
    # the rules
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: reviews, namespace: default}
    spec:
      hosts: [reviews]
      http:
      - route:
        - destination: {host: reviews}   # any

    """

  private static let kills = ProcessInfo.processInfo.environment["DRYDOCK_KILLS"].flatMap { Int($0) } ?? 40

  /// The share that the release says it gives, and the one that the rules give; nil where there is no release.
  private func shares(_ tool: Tool) throws -> (said: Int, ruled: Int)? {
    let status = try tool.run("release", "status", "reviews", "-o", "json")
    guard status.status == 0 else { return nil }
    let json = try #require(JSONSerialization.jsonObject(with: Data(status.output.utf8)) as? [String: Any])
    let release = try #require(json["release"] as? [String: Any])
    let state = try #require(release["state"] as? [String: Any])
    let text = try tool.run("get", "vs", "reviews", "-o", "json").output
    let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let rules = try #require((object["spec"] as? [String: Any])?["http"] as? [[String: Any]])
    let targets = try #require(rules.first?["route"] as? [[String: Any]])
    let new = targets.first { ($0["destination"] as? [String: Any])?["subset"] as? String == "v2" }
    let ruled = new.map { $0["weight"] as? Int ?? 100 } ?? 0
    let said = state["phase"] as? String == "aborted" ? 0 : try #require(state["weight"] as? Int)
    return (said, ruled)
  }

  @Test func `a process killed in the middle of a release loses nothing, and its rules and its state agree`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    let file = try tool.write("mesh.yaml", Self.mesh)
    #expect(try tool.run("apply", "-f", file).status == 0)
    let before = try tool.run("get", "vs", "reviews", "-o", "yaml").output
    let start = ["release", "start", "reviews", "--from", "v1", "--to", "v2", "--steps", "1,2,3,5,8,13,21,34,55,89,99"]
    #expect(try tool.run(arguments: start).status == 0)
    var generator = SplitMix(seed: 0x5EA)
    var killed = 0
    for round in 0..<Self.kills {
      let steps: [[String]] = [["release", "shift"], ["release", "shift", "--weight", "\(round % 90 + 1)"]]
      let running = try tool.start(steps[round % 2])
      usleep(UInt32(generator.next() % 60_000))
      kill(running.process.processIdentifier, SIGKILL)
      let result = running.wait()
      if result.wasKilled { killed += 1 }
      let shares = try #require(try shares(tool))
      #expect(shares.said == shares.ruled, "after round \(round)")
    }
    #expect(killed > 0)
    for _ in 0..<10 {
      let running = try tool.start(["release", "abort"])
      usleep(UInt32(generator.next() % 40_000))
      kill(running.process.processIdentifier, SIGKILL)
      _ = running.wait()
      let shares = try #require(try shares(tool))
      #expect(shares.said == shares.ruled)
    }
    _ = try tool.run("release", "abort")
    #expect(try tool.run("release", "teardown").status == 0)
    #expect(try tool.run("get", "vs", "reviews", "-o", "yaml").output == before)
    #expect(try tool.run("diff", "1", "head").status == 0)
    #expect(try tool.run("store", "verify").status == 0)
  }

  @Test func `of two shifts at once each share is given once`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    _ = try tool.run("apply", "-f", try tool.write("mesh.yaml", Self.mesh))
    let steps = (1...40).map(String.init).joined(separator: ",")
    #expect(
      try tool.run("release", "start", "reviews", "--from", "v1", "--to", "v2", "--steps", steps).status == 0)
    var taken = 0
    for _ in 0..<8 {
      let running = [try tool.start(["release", "shift"]), try tool.start(["release", "shift"])]
      let results = running.map { $0.wait() }
      #expect(results.contains { $0.status == 0 })
      for result in results where result.status != 0 {
        #expect(result.status == 1 && result.errors.contains("somebody else was faster"), "\(result.errors)")
      }
      taken += results.count { $0.status == 0 }
      // Whoever won made one step on what the other had left.
      let shares = try #require(try shares(tool))
      #expect(shares.said == taken && shares.ruled == taken)
    }
  }
}
