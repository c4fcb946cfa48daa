import Foundation
import History
import MeshModel
import Releases
import Storage
import Workbench

/// A mesh in a store of its own, and the releases that a test makes in it.
final class ReleaseFixture {
  let target: MeshStore
  private let folder: URL
  private var now: Int64 = 1_700_000_000_000

  init(_ texts: [String]) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-release-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let signature = Signature(person: "anna", time: Timestamp(milliseconds: now))
    let path = folder.appendingPathComponent("drydock.db").path
    _ = try MeshStore.initialize(at: path, mesh: .standard, by: signature)
    target = try MeshStore.open(at: path, mesh: .standard, by: signature)
    try apply(texts.joined(separator: "---\n"))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func signature(_ person: String) -> Signature {
    now += 1000
    return Signature(person: person, time: Timestamp(milliseconds: now))
  }

  /// What somebody else does.
  func apply(_ text: String) throws {
    let read = ObjectInput(files: [(name: "mesh.yaml", bytes: Array(text.utf8))])
    let job = ApplyJob(
      objects: read.objects, prunes: .keepsOthers, effect: .commit, signature: signature("bob"), message: "by hand")
    _ = try job.run(on: target)
  }

  func delete(_ id: ObjectID) throws { _ = try target.delete([id], signature: signature("bob"), message: "gone") }

  func approve(_ number: RevisionNumber, by person: String = "carl") throws {
    let revision = try target.store.revision(number, of: target.mesh)
    try target.store.record(
      Review(
        mesh: target.mesh, revision: number, digest: revision.digest, decision: .approve, reviewer: person,
        comment: "", time: signature(person).time))
  }

  var desk: ReleaseDesk { get throws { try ReleaseDesk(target) } }

  /// The only release.
  var release: Release { get throws { try desk.release(named: "reviews") } }

  @discardableResult func commit(_ step: ReleaseStep) throws -> AppendOutcome {
    try step.commit(to: target, signature: signature("anna"), message: step.title)
  }

  func start(_ request: ReleaseRequest) throws { try commit(try desk.start(request)) }
  func shift() throws { try commit(try desk.shift(try release)) }
  func promote() throws { try commit(try desk.promote(try release, guards: .overridden)) }
  func abort() throws { try commit(try desk.abort(try release)) }
  func teardown() throws { try commit(try desk.teardown(try release)) }

  var head: Revision {
    get throws { try target.store.revision(try target.head ?? RevisionNumber(0), of: target.mesh) }
  }

  func text(_ kind: ObjectKind, _ name: String, _ namespace: String = "default") throws -> String? {
    let id = ObjectID(kind: kind, namespace: namespace, name: name)
    return try target.store.object(id, of: target.mesh, at: try head.number).map {
      String(decoding: $0.content.text, as: UTF8.self)
    }
  }

  /// Every text of the mesh but those of releases.
  var texts: [ObjectID: [UInt8]] {
    get throws {
      var result: [ObjectID: [UInt8]] = [:]
      for object in try target.store.objects(of: target.mesh, at: try head.number) where object.id.kind != .release {
        result[object.id] = object.content.text
      }
      return result
    }
  }
}

extension ReleaseRequest {
  /// A release of `reviews` from v1 to v2.
  static func reviews(
    _ layer: Release.Layer = .http, scope: [String] = ["mesh"], identity: [Value] = [], steps: [Int] = [5, 50, 100],
    begins: Release.Beginning = .plain, manner: Release.Manner = .subsets, hosts: [String] = [],
    approval: Release.Approval = .policy
  ) -> ReleaseRequest {
    let names = manner == .subsets ? ("v1", "v2") : ("reviews-old", "reviews-new")
    let labels = manner == .subsets ? [:] : ["version": "v2"]
    let release = Release(
      name: "reviews", namespace: "default", host: "reviews.default.svc.cluster.local", manner: manner,
      from: .init(name: names.0, labels: [:]), to: .init(name: names.1, labels: labels), layer: layer, scope: scope,
      identity: identity, steps: steps, begins: begins, approval: approval)
    return ReleaseRequest(release: release, hosts: hosts, port: layer == .http ? nil : 9080)
  }
}
