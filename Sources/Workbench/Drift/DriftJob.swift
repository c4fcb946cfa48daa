import Comparison
package import Drift
package import History
package import MeshModel
package import Storage

/// Compares what a cluster has with what was stored for it.
package struct DriftJob: Sendable {
  package var wanted: Wanted
  package var live: [MeshObject]
  package var scope: DriftScope

  /// The state that the cluster should be in.
  package enum Wanted: Hashable, Sendable {
    case revision(RevisionNumber)
    /// What was last exported for a target.
    case exported(target: String)
    /// The newest revision that the policy lets go.
    case newestApproved
  }

  package enum Problem: Error, Hashable, Sendable {
    case noRevisions
    case nothingApproved(newest: RevisionNumber)
    /// With the targets that there are.
    case neverExported(target: String, others: [String])
    case store(StoreError)
  }

  package struct Result: Sendable {
    package var revision: Revision
    /// Nil unless the comparison was with an export.
    package var target: String?
    package var drift: MeshDrift
    /// The mesh of the revision, and the same with what the cluster has instead.
    package var stored: [MeshObject]
    package var live: [MeshObject]
    /// An approved revision that is newer than the exported one.
    package var waiting: RevisionNumber?
  }

  package init(wanted: Wanted, live: [MeshObject], scope: DriftScope) {
    self.wanted = wanted
    self.live = live
    self.scope = scope
  }

  package func run(on source: MeshStore) throws(Problem) -> Result {
    let number = try number(source)
    do throws(StoreError) {
      let stored = try source.objects(at: number)
      let drift = MeshDrift(stored: Self.values(stored), live: Self.values(live), scope: scope)
      var result = Result(
        revision: try source.store.revision(number, of: source.mesh), target: nil, drift: drift, stored: stored,
        live: stored.following(drift, to: live))
      if case .exported(let target) = wanted {
        result.target = target
        result.waiting = try Self.newestApproved(source).flatMap { $0 > number ? $0 : nil }
      }
      return result
    } catch {
      throw .store(error)
    }
  }

  private func number(_ source: MeshStore) throws(Problem) -> RevisionNumber {
    let head: RevisionNumber?
    let approved: RevisionNumber?
    let exports: [ExportRecord]
    do throws(StoreError) {
      head = try source.head
      approved = try Self.newestApproved(source)
      exports = try source.store.exports(of: source.mesh)
    } catch { throw .store(error) }
    guard let head else { throw .noRevisions }
    switch wanted {
    case .revision(let number): return number
    case .newestApproved:
      guard let approved else { throw .nothingApproved(newest: head) }
      return approved
    case .exported(let target):
      // The newest export comes first.
      if let last = exports.first(where: { $0.target == target }) { return last.revision }
      throw .neverExported(target: target, others: Set(exports.map(\.target)).sorted())
    }
  }

  private static func newestApproved(_ source: MeshStore) throws(StoreError) -> RevisionNumber? {
    for revision in try source.store.revisions(of: source.mesh)
    where try source.store.approval(of: revision.number, in: source.mesh).isApproved {
      return revision.number
    }
    return nil
  }

  private static func values(_ objects: [MeshObject]) -> [ObjectID: Value] {
    var values: [ObjectID: Value] = [:]
    for object in objects { values[object.id] = NormalForm(object).value }
    return values
  }
}

extension [MeshObject] {
  /// These objects with everything that drifted as the cluster has it.
  fileprivate func following(_ drift: MeshDrift, to live: [MeshObject]) -> [MeshObject] {
    let drifted = Set(drift.objects.map(\.id))
    var ages: [ObjectID: Int64?] = [:]
    for object in self { ages[object.id] = object.metadata.creationTime }
    let come = live.filter { drifted.contains($0.id) }.map { object in
      var object = object
      // The age of an object decides between rules (OR-1); that a cluster notes it is no drift.
      if let age = ages[object.id] { object.metadata.creationTime = age }
      return object
    }
    return filter { !drifted.contains($0.id) } + come
  }
}
