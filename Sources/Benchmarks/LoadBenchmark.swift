import Diagnostics
import History
import MeshModel
import Report
import Storage
import Workbench

/// From nothing to the first answer.
enum LoadBenchmark {
  static let columns = ["phase", "wall", "processors", "aim"]

  /// From files, phase by phase, and as a process of its own.
  static func files(_ mesh: GeneratedMesh, title: String, aim: String) throws {
    try ScratchFolder.with { scratch in
      let folder = scratch.makeFolder("mesh")
      try mesh.write(to: folder)
      var table = ResultTable(title, columns: columns)
      let read = Measurement.once { InputFiles(reading: [folder]) }
      let decode = Measurement.once { ObjectInput(files: read.result.files) }
      add("read files", read.cost, &table)
      add("parse and decode \(Figure.grouped(decode.result.objects.count)) objects", decode.cost, &table)
      let answer = try answer(decode.result.objects, mesh, &table)
      add("together", [read.cost, decode.cost, answer].reduce(.zero, +), aim: aim, &table)
      try process(["-f", folder], mesh, scratch, aim: aim, &table)
      table.show()
    }
  }

  /// From a store with one revision.
  static func store(_ mesh: GeneratedMesh, title: String, aim: String) throws {
    try ScratchFolder.with { scratch in
      let path = "\(scratch.path)/mesh.db"
      try fill(path, mesh)
      var table = ResultTable(title, columns: columns)
      let opened = try Measurement.once { () throws(StoreError) in
        try MeshStore.open(at: path, mesh: .standard, by: StoreBenchmark.signature)
      }
      add("open the store", opened.cost, &table)
      let target = opened.result
      let loaded = try Measurement.once { () throws(StoreError) in
        try target.objects(at: try target.head)
      }
      add("read and decode \(Figure.grouped(loaded.result.count)) objects", loaded.cost, &table)
      let answer = try answer(loaded.result, mesh, &table)
      add("together", [opened.cost, loaded.cost, answer].reduce(.zero, +), aim: aim, &table)
      try process(["--store", path], mesh, scratch, aim: aim, &table)
      table.show()
    }
  }

  private static func fill(_ path: String, _ mesh: GeneratedMesh) throws {
    _ = try MeshStore.initialize(at: path, mesh: .standard, by: StoreBenchmark.signature)
    let target = try MeshStore.open(at: path, mesh: .standard, by: StoreBenchmark.signature)
    let input = ObjectInput(files: mesh.files().map { (name: $0.name, bytes: Array($0.text.utf8)) })
    _ = try StoreBenchmark.apply(input.objects, to: target)
  }

  private static func answer(
    _ objects: [MeshObject], _ mesh: GeneratedMesh, _ table: inout ResultTable
  ) throws -> Cost {
    let prepare = Measurement.once { SimulationSession(Snapshot(objects), now: 0) }
    let session = prepare.result
    add("index the mesh", prepare.cost, &table)
    var text: [UInt8] = []
    let question = mesh.requests(1, seed: 3)
    let first = Measurement.once {
      var bulk = BulkSimulation(session, workers: 1) { NDJSON(AnswerEncoder { session.place(of: $0) }) }
      bulk.consume(question) { text += $0 }
    }
    guard text.starts(with: "{\"id\":0,\"listener\":\"0".utf8) else {
      throw ScratchFolder.Failure(text: "no answer: \(String(decoding: text, as: UTF8.self))")
    }
    add("translate and answer", first.cost, &table)
    return prepare.cost + first.cost
  }

  /// `drydock simulate` as a user starts it, when it stands beside this program.
  private static func process(
    _ source: [String], _ mesh: GeneratedMesh, _ scratch: ScratchFolder, aim: String, _ table: inout ResultTable
  ) throws {
    guard let program = Program.beside("drydock") else { return }
    let question = "\(scratch.path)/question.ndjson"
    try ScratchFolder.write(mesh.requests(1, seed: 3), to: question)
    let words = [program, "simulate"] + source + ["--requests", question, "-o", "json"]
    var best = ChildProcess.run(words)
    for _ in 0..<4 {
      let next = ChildProcess.run(words)
      if next.cost.seconds < best.cost.seconds { best = next }
    }
    guard best.status == 0 else { throw ScratchFolder.Failure(text: "drydock simulate ended with \(best.status)") }
    table.add(
      "drydock simulate, whole process (\(best.peakMegabytes) MB)", Figure.milliseconds(best.cost),
      Figure.cpuMilliseconds(best.cost), aim)
  }

  private static func add(_ name: String, _ cost: Cost, aim: String = "", _ table: inout ResultTable) {
    table.add(name, Figure.milliseconds(cost), Figure.cpuMilliseconds(cost), aim)
  }
}
