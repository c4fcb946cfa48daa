package import History
package import MeshModel
package import Storage

/// Keeps what a cluster holds as a revision of a mesh of its own, beside the mesh that it was compared with.
package struct RecordLiveState: Sendable {
  package var objects: [MeshObject]
  package var mesh: MeshName
  package var signature: Signature
  package var message: String

  package init(objects: [MeshObject], mesh: MeshName, signature: Signature, message: String) {
    self.objects = objects
    self.mesh = mesh
    self.signature = signature
    self.message = message
  }

  /// The new revision holds the dump and nothing else; without any change the last one stands.
  package func run(on store: RevisionStore) throws(StoreError) -> AppendOutcome {
    if !(try store.meshes().contains(mesh)) { try store.createMesh(mesh, by: signature) }
    let head = try store.head(of: mesh)
    let kept = Set(objects.map(\.id))
    var changes: [RequestedChange] = []
    if let head {
      for version in try store.state(of: mesh, at: head) where !kept.contains(version.id) {
        changes.append(.remove(version.id))
      }
    }
    for object in objects { changes.append(.put(object.stored)) }
    let note = CommitNote(signature: signature, message: message, cause: .apply)
    return try store.append(changes, to: mesh, expecting: head, note: note)
  }
}
