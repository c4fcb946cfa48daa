import Comparison
import Diagnostics
import Editing
package import History
import MeshCodec
package import MeshModel
package import Releases
package import Storage
import YAML

/// A mesh at its newest revision and the releases in it: what every step is worked out from.
package struct ReleaseDesk: Sendable {
  let target: MeshStore
  package let head: RevisionNumber?
  /// Every object of the mesh.
  package let all: [MeshObject]
  let objects: [ObjectID: MeshObject]

  package init(_ target: MeshStore) throws(StoreError) {
    self.target = target
    head = try target.head
    var objects: [ObjectID: MeshObject] = [:]
    all = try target.objects(at: head)
    for object in all { objects[object.id] = object }
    self.objects = objects
  }

  /// Every release that can be read, by namespace and name.
  package var releases: [Release] {
    objects.keys.filter { $0.kind == .release }.sorted().compactMap { value($0).flatMap(Release.init) }
  }

  /// The release of that name, or of that `namespace/name`.
  package func release(named name: String) throws(ReleaseRefusal) -> Release {
    let ids = objects.keys.filter { $0.kind == .release }.sorted()
    let found = ids.filter { name == $0.name || name == "\($0.namespace)/\($0.name)" }
    guard let id = found.first else { throw .unknownRelease(name, known: ids.map { "\($0.namespace)/\($0.name)" }) }
    guard found.count == 1 else { throw .severalNamed(name, found) }
    guard let release = value(id).flatMap(Release.init) else { throw .unreadable(id) }
    return release
  }

  /// The mesh once a step is stored; how far the release has come is left as it is.
  package func all(after step: ReleaseStep) -> [MeshObject] {
    let gone = Set((step.before + step.after).map(\.id))
    return all.filter { !gone.contains($0.id) } + step.after
  }

  func value(_ id: ObjectID) -> Value? { value(of: objects[id]) }

  func value(of object: MeshObject?) -> Value? { object.flatMap { SourceRewrite.value(of: $0.source.text) } }

  func values(of kinds: Set<ObjectKind>) -> [ObjectID: Value] {
    var result: [ObjectID: Value] = [:]
    for id in objects.keys where kinds.contains(id.kind) { result[id] = value(id) }
    return result
  }

  /// The object as it was when the release began; nil where it was not there.
  func original(_ id: ObjectID, of release: Release) throws(ReleaseRefusal) -> StoredContent? {
    guard let start = release.startedFrom else { return nil }
    do throws(StoreError) { return try target.store.object(id, of: target.mesh, at: start)?.content } catch {
      throw .store(error)
    }
  }

  /// What the release's parts said when it began.
  func originals(_ release: Release) throws(ReleaseRefusal) -> [ObjectID: Value] {
    var result: [ObjectID: Value] = [:]
    for part in release.parts where part.seed == nil {
      result[part.id] = try original(part.id, of: release).flatMap { SourceRewrite.value(of: $0.text) }
    }
    return result
  }

  /// The revision of the release's last step.
  package func lastStep(of release: Release) throws(ReleaseRefusal) -> RevisionNumber? {
    guard let head else { return nil }
    do throws(StoreError) { return try target.store.object(release.id, of: target.mesh, at: head)?.version.since } catch
    {
      throw .store(error)
    }
  }

  /// Whether the next step waits for the last one's approval.
  package func waitsForApproval(_ release: Release) throws(ReleaseRefusal) -> Bool {
    if release.approval == .always { return true }
    do throws(StoreError) { return try target.store.hasPolicy(target.mesh) } catch { throw .store(error) }
  }

  /// Whether the release's last step may leave the store.
  package func approval(of release: Release) throws(ReleaseRefusal) -> (RevisionNumber, ApprovalState)? {
    guard let step = try lastStep(of: release) else { return nil }
    do throws(StoreError) { return (step, try target.approvalNow(of: step)) } catch {
      throw .store(error)
    }
  }

  /// The parts that are not as the release left them.
  package func touchedByOthers(_ release: Release) -> [ObjectID] {
    release.parts.filter { part in
      let digest = objects[part.id].map { Digest(hashing: NormalForm($0).canonical).hex }
      return digest != part.digestWritten
    }.map(\.id)
  }

  func uses(_ targets: Set<RouteUse.Target>, among objects: [ObjectID: MeshObject]) -> [ReleaseRefusal.Use] {
    var values: [ObjectID: Value] = [:]
    for (id, object) in objects where RouteUse.isRouting(id.kind) {
      values[id] = SourceRewrite.value(of: object.source.text)
    }
    return RouteUse.all(of: targets, in: values).map { use in
      guard let source = objects[use.id]?.source,
        let root = parseYAML(source.text, file: source.file).documents.first?.node
      else { return ReleaseRefusal.Use(use: use, span: nil) }
      var span = root.nearest(use.field).span(file: source.file)
      span.start.line += max(0, source.line - 1)
      span.end.line += max(0, source.line - 1)
      return ReleaseRefusal.Use(use: use, span: span)
    }
  }
}
