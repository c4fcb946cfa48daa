import Comparison
import Drift
import Foundation
import MeshModel
import SeededDraws
import Testing
import Workbench

/// Over the objects of every recorded mesh: what a server adds is never drift, and what a person changes always is.
@Suite struct DriftPropertyTests {
  private static let meshes: [String] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("fixtures/conformance")
    let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map { root.appendingPathComponent($0).path }
  }()

  /// Read once for all the tests.
  private static let stored: [(path: String, values: [ObjectID: Value])] = meshes.map { ($0, values($0)) }

  private static func values(_ path: String) -> [ObjectID: Value] {
    var values: [ObjectID: Value] = [:]
    for object in ObjectInput(reading: [path]).objects { values[object.id] = NormalForm(object).value }
    return values
  }

  private static let everything = DriftScope(kinds: Set(ObjectKind.known.map(\.kind)))

  @Test func `what a server adds is no drift`() {
    var compared = 0
    for (path, stored) in Self.stored {
      var live: [ObjectID: Value] = [:]
      for (id, value) in stored { live[id] = ServedObject.of(value, id) }
      let drift = MeshDrift(stored: stored, live: live, scope: Self.everything)
      #expect(!drift.isFound, "\(path): \(drift.objects.map { "\($0.id.label) \($0.fields.map(\.path.description))" })")
      compared += drift.same
    }
    #expect(compared > 1_000)
  }

  @Test func `one scalar that was changed is found`() {
    var random = SeededRandom(seed: 20_261_121)
    var tried = 0
    for (path, stored) in Self.stored {
      for id in stored.keys.sorted() {
        guard let value = stored[id], let spec = value["spec"], let changed = ScalarChange(spec, &random) else {
          continue
        }
        let live = [id: ServedObject.of(value.replacing("spec", by: changed.value), id)]
        let drift = MeshDrift(stored: [id: value], live: live, scope: Self.everything)
        let isFound = drift.objects.map(\.id) == [id] && drift.objects[0].kind == .changed
        #expect(isFound && !drift.objects[0].fields.isEmpty, "\(path): \(id.label) \(changed.path)")
        tried += 1
      }
    }
    #expect(tried > 1_000)
  }

  @Test func `a form brought to itself stays what it is`() {
    for (path, stored) in Self.stored {
      for (id, value) in stored {
        let once = ClusterForm.of(value, id.kind)
        #expect(ClusterForm.of(once, id.kind) == once, "\(path): \(id.label)")
      }
    }
  }
}
