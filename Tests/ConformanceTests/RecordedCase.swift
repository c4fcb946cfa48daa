import Diagnostics
import Evaluation
import Foundation
import MeshModel
import Report
import Workbench

/// A mesh, and requests to it with the answers that Istio and Envoy gave.
struct RecordedCase: Sendable {
  /// `GROUP/NAME`.
  var name: String
  var group: String { String(name.prefix { $0 != "/" }) }
  private var base: URL

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("fixtures")

  /// All cases below a folder of `fixtures`, sorted by name.
  static func all(in folder: String) -> [RecordedCase] {
    let base = root.appendingPathComponent(folder)
    let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".ndjson") }.sorted().map { file in
      let name = String(file.dropLast(".ndjson".count))
      return RecordedCase(name: name, base: base.appendingPathComponent(name))
    }
  }

  struct Result: Sendable {
    var agreed = 0
    /// Requests that were answered with something in `notModelled`, right or wrong.
    var hedged = 0
    /// Each as `case request: fields`.
    var disagreements: [String] = []
    var disagreed = 0
  }

  func objects() throws -> [MeshObject] {
    let input = ObjectInput(reading: [base.appendingPathExtension("yaml").path], depth: .shallow)
    let errors = input.problems.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Unreadable(name: name, messages: errors.map(\.message.en)) }
    return input.objects
  }

  func requests() throws -> [Truth.Object] {
    try records().compactMap { $0["request"] as? Truth.Object }
  }

  func expectations() throws -> [Truth.Object] {
    try records().compactMap { $0["expect"] as? Truth.Object }
  }

  private func records() throws -> [Truth.Object] {
    try Data(contentsOf: base.appendingPathExtension("ndjson")).split(separator: 0x0A).map { line in
      try JSONSerialization.jsonObject(with: Data(line)) as? Truth.Object ?? [:]
    }
  }

  /// Asks every request of the case and compares.
  func result() throws -> Result {
    let records = try records()
    let session = SimulationSession(Snapshot(try objects()), now: 1_780_000_000)
    var bulk = BulkSimulation(session, sides: .both, workers: 1) {
      Lines(encoder: AnswerEncoder { session.place(of: $0) })
    }
    var output: [UInt8] = []
    for record in records {
      let request = try JSONSerialization.data(withJSONObject: record["request"] ?? [:])
      bulk.consume(Array(request) + [0x0A]) { output += $0 }
    }
    bulk.finish { output += $0 }
    let answers = output.split(separator: 0x0A)
    var result = Result()
    for (place, record) in records.enumerated() {
      let given =
        place < answers.count
        ? try JSONSerialization.jsonObject(with: Data(answers[place])) as? Truth.Object ?? [:] : ["error": "no answer"]
      let wanted = record["expect"] as? Truth.Object ?? [:]
      let found = Truth.differences(wanted: wanted, given: given)
      if let hedges = given["notModelled"] as? [Any], !hedges.isEmpty { result.hedged += 1 }
      if found.isEmpty {
        result.agreed += 1
      } else {
        result.disagreed += 1
        let id = (record["request"] as? Truth.Object)?["id"] as? String ?? "\(place)"
        result.disagreements.append("\(name) \(id): \(found.joined(separator: ", "))")
      }
    }
    return result
  }

  struct Unreadable: Error {
    var name: String
    var messages: [String]
  }

  struct Lines: AnswerSink {
    var encoder: AnswerEncoder
    mutating func write(_ answer: Answer, id: [UInt8]) { encoder.write(answer, id: id) }
    mutating func writeError(code: String, message: String, id: [UInt8]) {
      encoder.writeError(code: code, message: message, id: id)
    }
    mutating func takeBytes() -> [UInt8] { encoder.takeBytes() }
  }
}
