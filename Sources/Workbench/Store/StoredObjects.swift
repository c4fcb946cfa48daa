package import History
import MeshCodec
package import MeshModel
package import Storage
import Synchronization

extension MeshObject {
  /// What the store keeps of an object.
  package var stored: StoredContent {
    StoredContent(
      id: id, canonical: NormalForm(self).canonical, text: source.text, file: source.file, line: source.line)
  }
}

extension StoredObject {
  /// The object as it was read once.
  fileprivate var decoded: MeshObject? {
    let source = ObjectSource(file: content.file, line: content.line, text: content.text)
    return readObject(source, canonical: content.canonical, kind: id.kind)
  }
}

extension MeshStore {
  /// Every object of a revision, decoded on all cores; the empty mesh when there is no revision.
  package func objects(at number: RevisionNumber?) throws(StoreError) -> [MeshObject] {
    guard let number else { return [] }
    let stored = try store.objects(of: mesh, at: number)
    return Self.decode(stored)
  }

  package static func decode(_ stored: [StoredObject]) -> [MeshObject] {
    let parts = stored.count < 64 ? 1 : Threads.coreCount
    let results = Mutex([[MeshObject]](repeating: [], count: parts))
    Threads.run(parts) { part in
      let range = (stored.count * part / parts)..<(stored.count * (part + 1) / parts)
      let objects = stored[range].compactMap(\.decoded)
      results.withLock { $0[part] = objects }
    }
    return results.withLock { $0.flatMap { $0 } }
  }
}

extension [MeshObject] {
  /// These objects with others laid on top: the same identity is replaced, everything else is added.
  package func laidOver(by others: [MeshObject]) -> [MeshObject] {
    guard !others.isEmpty else { return self }
    let replaced = Set(others.map(\.id))
    return filter { !replaced.contains($0.id) } + others
  }
}
