import Diagnostics
import History
import MeshModel
import Report
import Storage
import Workbench

/// From nothing to the first answer.
enum LoadBenchmark {
  /// From files, as a process of its own and phase by phase.
  static func files(_ mesh: GeneratedMesh, _ name: String, limit: Double, aim: String) throws -> [Row] {
    var rows: [Row] = []
    try ScratchFolder.with { scratch in
      let folder = scratch.makeFolder("mesh")
      try mesh.write(to: folder)
      rows.append(try process(["-f", folder], mesh, scratch, "start, load \(name) from files, one answer", limit, aim))
      let read = Measurement.once { InputFiles(reading: [folder]) }
      let decode = Measurement.once { ObjectInput(files: read.result.files) }
      rows.append(phase("parse and decode \(Figure.grouped(decode.result.objects.count)) objects", decode.cost))
      rows += try answer(decode.result.objects, mesh)
    }
    return rows
  }

  /// From a store with one revision.
  static func store(_ mesh: GeneratedMesh, _ name: String, limit: Double, aim: String) throws -> [Row] {
    var rows: [Row] = []
    try ScratchFolder.with { scratch in
      let path = "\(scratch.path)/mesh.db"
      try fill(path, mesh)
      rows.append(
        try process(["--store", path], mesh, scratch, "start, load \(name) from the store, one answer", limit, aim))
      let loaded = try Measurement.once { () throws(StoreError) in
        let target = try MeshStore.open(at: path, mesh: .standard, by: StoreBenchmark.signature)
        return try target.objects(at: try target.head)
      }
      rows.append(phase("read and decode \(Figure.grouped(loaded.result.count)) objects", loaded.cost))
      rows += try answer(loaded.result, mesh)
    }
    return rows
  }

  private static func fill(_ path: String, _ mesh: GeneratedMesh) throws {
    _ = try MeshStore.initialize(at: path, mesh: .standard, by: StoreBenchmark.signature)
    let target = try MeshStore.open(at: path, mesh: .standard, by: StoreBenchmark.signature)
    let input = ObjectInput(files: mesh.files().map { (name: $0.name, bytes: Array($0.text.utf8)) })
    _ = try StoreBenchmark.apply(input.objects, to: target)
  }

  private static func answer(_ objects: [MeshObject], _ mesh: GeneratedMesh) throws -> [Row] {
    let prepare = Measurement.once { SimulationSession(Snapshot(objects), now: 0) }
    let session = prepare.result
    var text: [UInt8] = []
    let question = mesh.requests(1, seed: 3)
    let first = Measurement.once {
      var bulk = BulkSimulation(session, workers: 1) { NDJSON(AnswerEncoder { session.place(of: $0) }) }
      bulk.consume(question) { text += $0 }
    }
    guard text.starts(with: "{\"id\":0,\"listener\":\"0".utf8) else {
      throw ScratchFolder.Failure(text: "no answer: \(String(decoding: text, as: UTF8.self))")
    }
    return [phase("index the mesh", prepare.cost), phase("translate and answer", first.cost)]
  }

  /// `drydock simulate` as a user starts it; it stands beside this program.
  private static func process(
    _ source: [String], _ mesh: GeneratedMesh, _ scratch: ScratchFolder, _ name: String, _ limit: Double, _ aim: String
  ) throws -> Row {
    guard let program = Program.beside("drydock") else {
      throw ScratchFolder.Failure(text: "no drydock beside this program; first: swift build -c release")
    }
    let question = "\(scratch.path)/question.ndjson"
    try ScratchFolder.write(mesh.requests(1, seed: 3), to: question)
    let words = [program, "simulate"] + source + ["--requests", question, "-o", "json"]
    let runs = (0..<9).map { _ in ChildProcess.run(words) }
    guard runs.allSatisfy({ $0.status == 0 }) else { throw ScratchFolder.Failure(text: "drydock simulate failed") }
    let cost = runs.map(\.cost).median
    return Row(name, Figure.milliseconds(cost)).aiming(aim, cost.seconds < limit)
      .peak(runs.map(\.peakMegabytes).max() ?? 0)
  }

  private static func phase(_ name: String, _ cost: Cost) -> Row {
    Row("  of it: \(name)", Figure.milliseconds(cost))
  }
}
