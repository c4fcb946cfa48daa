package import Diagnostics
package import MeshModel
package import RoutingTests
import Synchronization

/// The meshes that the cases of a run ask, each made once.
package final class TestWorlds: Sendable {
  /// Objects of what a case is given, at another revision where one is named.
  package typealias Source = @Sendable (_ given: Given, _ revision: String?) -> Result<[MeshObject], WorldProblem>

  package struct WorldProblem: Error, Sendable {
    package var message: LocalizedText

    package init(_ message: LocalizedText) {
      self.message = message
    }
  }

  private let source: Source
  private let now: Int64
  private let worlds = Mutex<[Key: Result<SimulationSession, WorldProblem>]>([:])

  private struct Key: Hashable {
    var given: Given
    var revision: String?
    var standsIn: Bool
  }

  package init(now: Int64, source: @escaping Source) {
    self.source = source
    self.now = now
  }

  /// Tests of other tools bring rules without a mesh: what the rules speak of is then stood in for.
  package func session(for test: TestCase, at revision: String? = nil) -> Result<SimulationSession, WorldProblem> {
    let standsIn = test.request.client == .anywhere
    var given = test.given
    given.namespace = nil
    if given.files.isEmpty, given.with.isEmpty { given.folder = "" }
    let key = Key(given: given, revision: revision, standsIn: standsIn)
    // Two threads that want the same mesh shall not both make it.
    return worlds.withLock { worlds in
      if let known = worlds[key] { return known }
      let made = source(given, revision).map { objects in
        SimulationSession(Snapshot(standsIn ? objects + StandIns.objects(for: objects) : objects), now: now)
      }
      worlds[key] = made
      return made
    }
  }
}
