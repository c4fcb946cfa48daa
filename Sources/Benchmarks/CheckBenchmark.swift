import Analysis
import Diagnostics
import Report
import Validation
import Workbench

/// `drydock check`, held against what was measured of `istioctl` 1.30.3 on such files: about 1 s and 150 MB for 1,000
/// services, 625 µs a service with reading, 65 µs of it the analyzers; 25 µs an object for validation and 244 µs for the
/// checks of its CRD.
enum CheckBenchmark {
  static func run() throws -> [Row] {
    var rows: [Row] = []
    try ScratchFolder.with { scratch in
      let mesh = CheckedMesh(services: 1_000)
      rows.append(try process(mesh, scratch, "check 1,000 services, each with a VirtualService and a DestinationRule"))
      rows += phases(mesh)
      rows.append(try process(CheckedMesh(services: 1_000, rules: 10), scratch, "check the same with 10,000 rules"))
      rows += try growth(scratch)
    }
    return rows
  }

  /// As a user starts it.
  private static func process(_ mesh: CheckedMesh, _ scratch: ScratchFolder, _ name: String) throws -> Row {
    let runs = try self.runs(mesh, scratch, 9)
    let cost = runs.map(\.cost).median
    let isYardstick = mesh.rules == 2
    var row = Row(name, Figure.milliseconds(cost)).peak(runs.map(\.peakMegabytes).max() ?? 0)
    row = row.aiming(isYardstick ? "< 100 ms" : "< 300 ms", cost.seconds < (isYardstick ? 0.1 : 0.3))
    return isYardstick ? row.against("1 s (istioctl)", Figure.ratio(1, cost.seconds)) : row
  }

  private static func runs(
    _ mesh: CheckedMesh, _ scratch: ScratchFolder, _ count: Int
  ) throws -> [ChildProcess.Outcome] {
    guard let program = Program.beside("drydock") else {
      throw ScratchFolder.Failure(text: "no drydock beside this program; first: swift build -c release")
    }
    let folder = scratch.makeFolder("mesh-\(mesh.services)-\(mesh.rules)")
    try mesh.write(to: folder)
    let runs = (0..<count).map { _ in ChildProcess.run([program, "check", "-f", folder]) }
    guard runs.allSatisfy({ $0.status == 0 }) else { throw ScratchFolder.Failure(text: "drydock check failed") }
    return runs
  }

  /// Of one core, in this process.
  private static func phases(_ mesh: CheckedMesh) -> [Row] {
    let files = mesh.files()
    let world = CheckWorld(files: files)
    let objects = world.objects
    var judgements: [Judgement] = []
    let reading = Measurement.median(of: 3) { _ = CheckWorld(files: files) }
    let judging = Measurement.median(of: 5) { judgements = objects.map { validate($0, manner: .drydock) } }
    let decoded = judgements.map(\.decoded)
    func analysis(_ manner: Manner) -> Cost {
      Measurement.median(of: 5) {
        let run = AnalysisRun(objects, decoded: decoded, mesh: MeshSettings(), manner: manner, now: 0)
        var numbers = (0..<run.count).makeIterator()
        _ = run.findings([run.run { numbers.next() }])
      }
    }
    let findings = Check(manner: .drydock, now: 0).findings(of: world)
    let output = Measurement.median(of: 5) {
      var writer = FindingJSON(language: .en)
      writer.writeDocument(findings, objects: objects.count, files: files.count)
    }
    let perService = Double(mesh.services)
    return [
      phase("read the files", reading, perService, nil, "a service"),
      phase("schema, decoding and admission", judging, Double(objects.count), 269e-6, "an object"),
      phase("the analyzers of istioctl", analysis(.istio), perService, 65e-6, "a service"),
      phase("those of a cluster too", analysis(.cluster), perService, nil, "a service"),
      phase("Kiali's and ours too", analysis(.drydock), perService, nil, "a service"),
      phase(
        "write \(Figure.grouped(findings.count)) findings as JSON", output, Double(findings.count), nil, "a finding"),
    ]
  }

  private static func phase(_ name: String, _ cost: Cost, _ count: Double, _ yardstick: Double?, _ unit: String) -> Row
  {
    let each = cost.cpuSeconds / count
    let row = Row("  \(name)", "\(Figure.fixed(each * 1e6, 1)) µs \(unit)")
    guard let yardstick else { return row }
    return row.against("\(Figure.fixed(yardstick * 1e6, 0)) µs (istioctl)", Figure.ratio(yardstick, each))
  }

  /// Processor time of twice and four times as much.
  private static func growth(_ scratch: ScratchFolder) throws -> [Row] {
    let costs = try [1_000, 2_000, 4_000].map { count in
      try runs(CheckedMesh(services: count), scratch, 3).map(\.cost).median.cpuSeconds
    }
    return [(1, "2,000", 2.0), (2, "4,000", 4.0)].map { place, name, times in
      let growth = costs[place] / costs[0]
      return Row("  processor time of \(name) services", "\(Figure.fixed(growth, 2))x of 1,000")
        .aiming("<= \(Figure.fixed(times * 1.15, 2))x", growth <= times * 1.15)
    }
  }
}
