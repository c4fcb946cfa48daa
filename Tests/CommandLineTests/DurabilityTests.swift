import Foundation
import Glibc
import Testing

@Suite struct DurabilityTests {
  /// A mesh of some services, so that a commit takes long enough to be hit, with one rule that tells the round.
  fileprivate static func mesh(round: Int) -> String {
    var text = ""
    for number in 0..<40 {
      text += """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: vs-\(number), namespace: shop}
        spec:
          hosts: [svc-\(number)]
          http:
          - match:
            - uri: {prefix: /round/\(round)}
            route:
            - destination: {host: svc-\(number)}
        ---

        """
    }
    return text
  }

  /// How many processes are killed; `DRYDOCK_KILLS` asks for more.
  private static let kills = ProcessInfo.processInfo.environment["DRYDOCK_KILLS"].flatMap { Int($0) } ?? 60

  @Test func `a process killed while it applies loses nothing that it acknowledged`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    var generator = SplitMix(seed: 0xD0C4)
    var acknowledged: [Int] = []
    var killed = 0
    for round in 1...Self.kills {
      let file = try tool.write("mesh.yaml", Self.mesh(round: round))
      let running = try tool.start(["apply", "-f", file, "-m", "round \(round)"])
      usleep(UInt32(generator.next() % 60_000))
      kill(running.process.processIdentifier, SIGKILL)
      let result = running.wait()
      if result.wasKilled { killed += 1 }
      // What was printed was promised, killed or not.
      if let line = result.output.split(separator: "\n").first(where: { $0.hasPrefix("revision ") }) {
        let number = line.dropFirst("revision ".count).prefix { $0.isNumber }
        acknowledged.append(try #require(Int(number)))
      }
    }
    #expect(killed > 0)
    let verified = try tool.run("store", "verify")
    #expect(verified.status == 0, "\(verified.errors)\(verified.output)")
    let history = try tool.run("history", "-o", "json")
    #expect(history.status == 0)
    for number in acknowledged {
      let shown = try tool.run("show", "\(number)")
      #expect(shown.status == 0, "revision \(number) was acknowledged and is gone")
    }
  }

  @Test func `of two applies at one head one wins and the other is told`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    var won = 0
    for round in 1...10 {
      let first = try tool.write("a.yaml", Self.mesh(round: round * 2))
      let second = try tool.write("b.yaml", Self.mesh(round: round * 2 + 1))
      let running = [
        try tool.start(["apply", "-f", first, "-m", "a"]), try tool.start(["apply", "-f", second, "-m", "b"]),
      ]
      let results = running.map { $0.wait() }
      for result in results {
        if result.status == 0 {
          won += 1
        } else {
          #expect(!result.errors.isEmpty)
        }
      }
      #expect(results.contains { $0.status == 0 })
    }
    let verified = try tool.run("store", "verify")
    #expect(verified.status == 0)
    let info = try tool.run("history", "-o", "name")
    #expect(info.output.split(separator: "\n").count == won || won > 0)
  }
}

extension DurabilityTests {
  @Test func `of two applies prepared on the same revision exactly one is stored`() throws {
    let tool = try Tool()
    defer { tool.remove() }
    let start = try tool.write("start.yaml", Self.mesh(round: 0))
    #expect(try tool.run("apply", "-f", start, "-m", "start").status == 0)
    for round in 1...10 {
      let first = try tool.write("a.yaml", Self.mesh(round: round * 2))
      let second = try tool.write("b.yaml", Self.mesh(round: round * 2 + 1))
      let running = try [first, second].map { try tool.start(["apply", "-f", $0, "--base", "\(round)"]) }
      let results = running.map { $0.wait() }
      #expect(results.map(\.status).sorted() == [0, 1])
      let loser = try #require(results.first { $0.status == 1 })
      #expect(loser.errors.contains("somebody else was faster") && loser.output.isEmpty)
    }
    #expect(try tool.run("store", "verify").status == 0)
  }
}

/// Repeatable numbers from a printed seed.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
