import History
import MeshModel
import Storage
import Workbench

/// Applies and commits, held against git with the same files.
enum StoreBenchmark {
  static let signature = Signature(person: "benchmark", time: Timestamp(milliseconds: 0))

  static func apply(_ objects: [MeshObject], to target: MeshStore) throws(StoreError) -> ApplyJob.Result {
    let job = ApplyJob(
      objects: objects, prunes: .keepsOthers, effect: .commit, signature: signature, message: "benchmark")
    return try job.run(on: target)
  }

  static func run() throws -> [Row] {
    var rows: [Row] = []
    try ScratchFolder.with { scratch in
      let mesh = GeneratedMesh(services: 5_000, rules: 5)
      let folder = scratch.makeFolder("mesh")
      let objects = Array(mesh.objects().prefix(10_000))
      for object in objects { try ScratchFolder.write(object.text.utf8, to: "\(folder)/\(object.name).yaml") }
      let path = "\(scratch.path)/mesh.db"
      _ = try MeshStore.initialize(at: path, mesh: .standard, by: signature)
      let target = try MeshStore.open(at: path, mesh: .standard, by: signature)

      let read = Measurement.once { ObjectInput(reading: [folder]) }
      let applied = try Measurement.once { () throws(StoreError) in try apply(read.result.objects, to: target) }
      let whole = read.cost + applied.cost
      let git = try Git(folder)
      let gitAll = try git.commit(".")

      let changed = objects[objects.count / 2]
      let file = "\(folder)/\(changed.name).yaml"
      var one: [Cost] = []
      var gitOne: [Cost] = []
      for round in 1...7 {
        try ScratchFolder.write(changed.text.annotated(round).utf8, to: file)
        one.append(
          try Measurement.once {
            let again = try MeshStore.open(at: path, mesh: .standard, by: signature)
            let result = try apply(ObjectInput(reading: [file]).objects, to: again)
            guard result.changes.count == 1 else { throw ScratchFolder.Failure(text: "no change was made") }
          }.cost)
        gitOne.append(try git.commit("\(changed.name).yaml"))
      }
      let count = Figure.grouped(objects.count)
      rows = [
        row("apply of \(count) objects, against git add and commit of the same files", whole, gitAll),
        Row("  of it: read and decode", Figure.milliseconds(read.cost)),
        row("commit of 1 changed object of \(count), against git the same", one.median, gitOne.median),
      ]
    }
    return rows
  }

  /// Drydock's commit is on the disk when it returns; git's objects are not (core.fsync is left at its default).
  private static func row(_ name: String, _ own: Cost, _ git: Cost) -> Row {
    Row(name, Figure.milliseconds(own)).against(Figure.milliseconds(git), Figure.ratio(git.seconds, own.seconds))
  }
}

extension String {
  /// Another annotation, so that the object is another.
  fileprivate func annotated(_ round: Int) -> String {
    guard let place = firstRange(of: "metadata:\n") else { return self }
    return self[..<place.upperBound] + "  annotations: {round: \"\(round)\"}\n" + self[place.upperBound...]
  }

  private func firstRange(of needle: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].utf8.starts(with: needle.utf8) {
        return start..<utf8.index(start, offsetBy: needle.utf8.count)
      }
      start = utf8.index(after: start)
    }
    return nil
  }
}

/// A git repository in a folder.
private struct Git {
  private let folder: String

  init(_ folder: String) throws {
    self.folder = folder
    try run(["init", "-q"])
  }

  /// `git add` and `git commit` of a path.
  func commit(_ path: String) throws -> Cost {
    let added = try run(["add", path])
    return try added + run(["commit", "-q", "-m", "benchmark"])
  }

  @discardableResult
  private func run(_ words: [String]) throws -> Cost {
    let identity = ["-c", "user.name=benchmark", "-c", "user.email=benchmark@example.com", "-c", "gc.auto=0"]
    let outcome = ChildProcess.run(["git", "-C", folder] + identity + words)
    guard outcome.status == 0 else { throw ScratchFolder.Failure(text: "git \(words[0]) failed") }
    return outcome.cost
  }
}
