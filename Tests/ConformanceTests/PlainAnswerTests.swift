import Foundation
import MeshModel
import Report
import Synchronization
import Testing
import Workbench

/// The first answer of a route is evaluated in full; later ones may come from a template of it.
@Suite struct PlainAnswerTests {
  @Test func `an answer from a template is the answer of all steps`() throws {
    #if DEBUG
      let step = 60
    #else
      let step = 9
    #endif
    let cases = RecordedCase.all(in: "conformance").enumerated().filter { $0.offset % step == 0 }.map(\.element)
    try #require(!cases.isEmpty)
    let next = Atomic<Int>(0)
    let found = Mutex<(asked: Int, different: [String])>((0, []))
    Threads.run(Threads.coreCount) { _ in
      while true {
        let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard place < cases.count else { return }
        let (asked, different) = (try? Self.compare(cases[place])) ?? (0, [cases[place].name + " cannot be read"])
        found.withLock {
          $0.asked += asked
          $0.different += different
        }
      }
    }
    let (asked, different) = found.withLock { $0 }
    #expect(different.isEmpty, "\(different.prefix(5).joined(separator: "\n"))")
    #expect(asked > 300)
  }

  private static func compare(_ one: RecordedCase) throws -> (asked: Int, different: [String]) {
    let snapshot = Snapshot(try one.objects())
    let questions = try one.requests().flatMap(variants)
    // Twice through one session, so that every route has its template at the second time.
    let session = SimulationSession(snapshot, now: 1_780_000_000)
    let many = answers(questions + questions, session).suffix(questions.count)
    var different: [String] = []
    for (question, quick) in zip(questions, many) {
      let alone = answers([question], SimulationSession(snapshot, now: 1_780_000_000))
      if alone != [quick] {
        let texts = ([question, quick] + alone).map { String(decoding: $0, as: UTF8.self) }
        different.append("\(one.name):\n" + texts.joined(separator: "\n"))
      }
    }
    return (questions.count, different)
  }

  private static func answers(_ questions: [[UInt8]], _ session: SimulationSession) -> [[UInt8]] {
    var bulk = BulkSimulation(session, workers: 1) {
      RecordedCase.Lines(encoder: AnswerEncoder { session.place(of: $0) })
    }
    var text: [UInt8] = []
    for question in questions { bulk.consume(question + [0x0A]) { text += $0 } }
    bulk.finish { text += $0 }
    return text.split(separator: 0x0A).map { Array($0) }
  }

  /// As it is, further down the path, and with headers that a route could change or look at.
  private static func variants(_ request: [String: Any]) throws -> [[UInt8]] {
    guard let http = request["http"] as? [String: Any], let path = http["path"] as? String else {
      return [Array(try JSONSerialization.data(withJSONObject: request))]
    }
    var longer = http
    longer["path"] = path + "/further\"down?x=%22"
    let headers = http["headers"] as? [[String]] ?? []
    var richer = http
    richer["headers"] = headers + [["User-Agent", "test"], ["x-envoy-retry-on", "5xx"], ["x-b", " padded"]]
    var plainer = http
    plainer["headers"] =
      headers + [["X-Test", "1"], ["end-user", "jason"], ["user-agent", "a"], ["user-agent", "b"]]
    return try [http, longer, richer, plainer].map { http in
      var copy = request
      copy["http"] = http
      return Array(try JSONSerialization.data(withJSONObject: copy))
    }
  }
}
