import Diagnostics
import History
import MeshModel
import RoutingTests
import Storage
import Workbench

/// The meshes of tests: what a test gives, else what the command line names.
struct TestMeshes {
  private let invocation: Invocation

  init(_ invocation: Invocation) {
    self.invocation = invocation
  }

  func worlds() -> TestWorlds {
    // Cases run on many threads, and the command line's own reader belongs to one.
    nonisolated(unsafe) let invocation = invocation  // SAFETY: TestWorlds asks for one mesh at a time, under its lock.
    return TestWorlds(now: Environment.now) { given, revision in
      do {
        return .success(try TestMeshes(invocation).objects(given, at: revision))
      } catch let failure as CommandFailure {
        return .failure(TestWorlds.WorldProblem(failure.message))
      } catch {
        return .failure(TestWorlds.WorldProblem(LocalizedText(en: "\(error)", zh: "\(error)")))
      }
    }
  }

  private func objects(_ given: Given, at revision: String?) throws -> [MeshObject] {
    if let revision { return try stored(given, revision) }
    let overlay = try read(given.with, given)
    if !given.files.isEmpty { return try read(given.files, given).laidOver(by: overlay) }
    if given.mesh != nil || given.revision != nil { return try stored(given, given.revision).laidOver(by: overlay) }
    return try MeshInput(invocation).objects().laidOver(by: overlay)
  }

  private func stored(_ given: Given, _ revision: String?) throws -> [MeshObject] {
    let input = StoreInput(invocation)
    var store = try input.open()
    if let name = given.mesh {
      guard let mesh = try? MeshName(name) else {
        throw CommandFailure(en: "'\(name)' is no name of a mesh", zh: "'\(name)' 不是有效的网格名")
      }
      store = MeshStore(store.store, mesh: mesh)
    }
    let number = try input.revision(revision, in: store)
    return try attempt { try store.objects(at: number) }
  }

  private func read(_ names: [String], _ given: Given) throws -> [MeshObject] {
    guard !names.isEmpty else { return [] }
    let input = ObjectInput(reading: Self.paths(names, given), depth: .recursive)
    if let problem = input.problems.first(where: { $0.severity == .error }) {
      let place = problem.span.map { "\($0.file):\($0.start.line): " } ?? ""
      throw CommandFailure(.failure, en: place + problem.message.en, zh: place + problem.message.zh)
    }
    return input.objects
  }

  /// Names that a test gives, beside its own file.
  static func paths(_ names: [String], _ given: Given) -> [String] {
    names.map { $0.utf8.first == UInt8(ascii: "/") || given.folder.isEmpty ? $0 : "\(given.folder)/\($0)" }
  }
}
