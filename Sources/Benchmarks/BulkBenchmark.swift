import Evaluation
import MeshModel
import Report
import Workbench

/// Whole answers as NDJSON, in and out.
enum BulkBenchmark {
  static func run() throws -> [Row] {
    let mesh = GeneratedMesh(services: 1_000, rules: 5)
    let input = ObjectInput(files: mesh.files().map { (name: $0.name, bytes: Array($0.text.utf8)) })
    let session = SimulationSession(Snapshot(input.objects), now: 0)
    let count = 200_000
    let questions = mesh.requests(count, seed: 3)
    let cores = Threads.coreCount

    let all = answer(questions, session, workers: cores)
    let one = answer(questions, session, workers: 1)
    let sample = 30
    let naive = withoutCaches(mesh.requests(sample, seed: 3), Snapshot(input.objects))
    guard one.text == all.text, Array(one.text.prefix(naive.text.count)) == naive.text else {
      throw ScratchFolder.Failure(text: "answers differ between ways of running")
    }
    let naiveRate = Double(sample) / naive.cost.seconds
    func row(_ name: String, _ cost: Cost) -> Row {
      Row(name, "\(Figure.perSecond(count, cost.seconds))/s")
        .against(
          "\(Figure.perSecond(sample, naive.cost.seconds))/s", Figure.ratio(Double(count) / cost.seconds, naiveRate))
    }
    let rate = Double(count) / all.cost.seconds
    let perRequest = Figure.nanoseconds(one.cost.cpuSeconds / Double(count))
    return [
      row("whole answers, NDJSON in and out, 1,000 VirtualServices, \(cores) cores", all.cost)
        .aiming(">= 500,000/s", rate >= 500_000),
      row("  on 1 core", one.cost),
      Row("  processor time of one request and its \(one.text.count / count) bytes of answer", perRequest),
    ]
  }

  private static func answer(
    _ questions: [UInt8], _ session: SimulationSession, workers: Int
  ) -> (text: [UInt8], cost: Cost) {
    var text: [UInt8] = []
    let cost = Measurement.median(of: 3) {
      text.removeAll(keepingCapacity: true)
      var bulk = BulkSimulation(session, workers: workers) { NDJSON(AnswerEncoder { session.place(of: $0) }) }
      let block = 1 << 20
      for start in stride(from: 0, to: questions.count, by: block) {
        bulk.consume(Array(questions[start..<min(start + block, questions.count)])) { text += $0 }
      }
      bulk.finish { text += $0 }
    }
    return (text, cost)
  }

  /// The naive way: nothing is kept from one request to the next but the objects.
  private static func withoutCaches(_ questions: [UInt8], _ snapshot: Snapshot) -> (text: [UInt8], cost: Cost) {
    var text: [UInt8] = []
    let cost = Measurement.median(of: 1) {
      for line in questions.split(separator: UInt8(ascii: "\n")) {
        let session = SimulationSession(snapshot, now: 0)
        var bulk = BulkSimulation(session, workers: 1) { NDJSON(AnswerEncoder { session.place(of: $0) }) }
        bulk.consume(Array(line)) { text += $0 }
        bulk.finish { text += $0 }
      }
    }
    return (text, cost)
  }
}

/// Answers in the form of the machine contract.
struct NDJSON: AnswerSink {
  private var encoder: AnswerEncoder

  init(_ encoder: AnswerEncoder) { self.encoder = encoder }

  mutating func write(_ answer: Answer, id: [UInt8]) { encoder.write(answer, id: id) }

  mutating func writeError(code: String, message: String, id: [UInt8]) {
    encoder.writeError(code: code, message: message, id: id)
  }

  mutating func takeBytes() -> [UInt8] { encoder.takeBytes() }
}
