package import Export
package import History
import MeshModel
package import Storage

/// Takes an approved revision out of the store, as files for one target.
package struct ExportJob: Sendable {
  package var revision: RevisionNumber
  /// The cluster or environment the files are for.
  package var target: String
  package var folder: String
  package var guards: Guards
  package var strangers: ExportWriter.Strangers
  package var signature: Signature

  package enum Guards: Hashable, Sendable {
    case approvedOnly
    /// Exports what is not approved too, and records that.
    case overridden
  }

  package enum Problem: Error, Hashable, Sendable {
    case notApproved(RevisionNumber, ApprovalState)
    case files(ExportWriter.Problem)
    case store(StoreError)
  }

  package struct Result: Sendable {
    package var plan: ExportPlan
    package var files: ExportWriter.Outcome
  }

  package init(
    revision: RevisionNumber, target: String, folder: String, guards: Guards, strangers: ExportWriter.Strangers,
    signature: Signature
  ) {
    self.revision = revision
    self.target = target
    self.folder = folder
    self.guards = guards
    self.strangers = strangers
    self.signature = signature
  }

  package func run(on source: MeshStore) throws(Problem) -> Result {
    let state: ApprovalState
    do throws(StoreError) {
      try source.record(try source.requiredOwnChecks, at: revision, by: signature)
      state = try source.store.approval(of: revision, in: source.mesh)
    } catch {
      throw .store(error)
    }
    if guards == .approvedOnly, !state.isApproved { throw .notApproved(revision, state) }
    let (plan, known) = try prepare(source, state)
    let files = plan.files
    let outcome: ExportWriter.Outcome
    do throws(ExportWriter.Problem) {
      outcome = try ExportWriter(folder: folder, known: known, strangers: strangers).write(files)
    } catch { throw .files(error) }
    let record = ExportRecord(
      mesh: source.mesh, revision: revision, digest: plan.revision.digest, managedDigest: plan.revision.managedDigest,
      target: target, actor: signature.person, time: signature.time, approval: plan.approval,
      files: files.map { ExportRecord.File(path: $0.path, digest: Digest(hashing: $0.bytes), size: $0.bytes.count) })
    do throws(StoreError) { try source.store.record(record) } catch { throw .store(error) }
    return Result(plan: plan, files: outcome)
  }

  private func prepare(
    _ source: MeshStore, _ state: ApprovalState
  ) throws(Problem) -> (ExportPlan, [String: Set<Digest>]) {
    do throws(StoreError) {
      let store = source.store
      let exports = try store.exports(of: source.mesh).filter { $0.target == target }
      let stored = try store.objects(of: source.mesh, at: revision).filter { $0.version.sort == .managed }
      // What leaves is made from the texts; approved was what they said when they were digested.
      for object in stored where !object.textSaysWhatWasDigested { throw StoreError.damaged(.otherText(object.id)) }
      let objects = MeshStore.decode(stored)
      let plan = ExportPlan(
        revision: try store.revision(revision, of: source.mesh), target: target,
        approval: state.isApproved ? .approved : .overridden,
        reviews: try store.reviews(of: revision, in: source.mesh),
        checks: try store.checks(of: revision, in: source.mesh),
        objects: objects.map { ExportObject(id: $0.id, yaml: NormalForm($0).yaml) },
        previous: try previous(exports, source))
      var known: [String: Set<Digest>] = [:]
      for file in exports.flatMap(\.files) { known[file.path, default: []].insert(file.digest) }
      return (plan, known)
    } catch { throw .store(error) }
  }

  /// The last export of another revision, so that a second export of the same one gives the same bytes.
  private func previous(_ exports: [ExportRecord], _ source: MeshStore) throws(StoreError) -> ExportPlan.Previous? {
    guard let last = exports.first(where: { $0.revision != revision }) else { return nil }
    let objects = try source.store.state(of: source.mesh, at: last.revision).filter { $0.sort == .managed }
    return ExportPlan.Previous(revision: last.revision, objects: objects.map(\.id))
  }
}
