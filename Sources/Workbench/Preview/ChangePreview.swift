package import Comparison
package import Diagnostics
import MeshCodec
package import MeshModel
import Synchronization
import Validation

/// What a change of a mesh comes to, for those who decide on it: texts, findings and requests.
package struct ChangePreview: Sendable {
  /// Sorted by identity; objects that say the same and are written the same are left out.
  package private(set) var texts: [TextChange] = []
  package private(set) var introduced: [Finding] = []
  package private(set) var fixed: [Finding] = []
  package private(set) var requests: [ChangedRequest] = []

  /// The text of one object before and after.
  package struct TextChange: Hashable, Sendable {
    package var id: ObjectID
    package var kind: ObjectDifference.Kind
    package var diff: UnifiedDiff

    package init(id: ObjectID, from old: [UInt8]?, to new: [UInt8]?) {
      self.id = id
      kind = old == nil ? .added : new == nil ? .removed : .changed
      diff = UnifiedDiff(
        from: String(decoding: old ?? [], as: UTF8.self), to: String(decoding: new ?? [], as: UTF8.self))
    }
  }

  package var touched: [ObjectID] { texts.map(\.id) }

  /// Compares two states of a mesh. `tests` are requests that are asked besides those made up for what is touched.
  package init(before: [MeshObject], after: [MeshObject], now: Int64, tests: [NamedRequest] = []) {
    let old = Dictionary(before.map { ($0.id, $0) }) { first, _ in first }
    let new = Dictionary(after.map { ($0.id, $0) }) { first, _ in first }
    for id in Set(old.keys).union(new.keys).sorted() {
      let (from, to) = (old[id]?.source.text, new[id]?.source.text)
      if from != to { texts.append(TextChange(id: id, from: from, to: to)) }
    }
    guard !texts.isEmpty else { return }
    let touched = touched
    let results = Mutex((baseline: Baseline([], against: []), requests: [ChangedRequest]()))
    // Neither needs the other.
    Threads.run(2) { part in
      if part == 0 {
        let check = Check(manner: .drydock, now: now)
        let baseline = Baseline(
          check.findings(of: CheckWorld(objects: after)), against: check.findings(of: CheckWorld(objects: before)))
        results.withLock { $0.baseline = baseline }
      } else {
        let requests = changedRequests(
          before: SimulationSession(Snapshot(before), now: now), after: SimulationSession(Snapshot(after), now: now),
          touched: touched, tests: tests)
        results.withLock { $0.requests = requests }
      }
    }
    let found = results.withLock { $0 }
    introduced = found.baseline.introduced
    fixed = found.baseline.fixed
    requests = found.requests
  }
}
