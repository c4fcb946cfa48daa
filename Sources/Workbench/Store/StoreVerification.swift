import History
import MeshCodec
import MeshModel
package import Storage
import Synchronization

/// The whole proof of a store: what the store knows of itself, and that each text that was written still says what
/// was digested. Answers and exports are made from texts.
package enum StoreVerification {
  package static func run(_ store: RevisionStore) throws(StoreError) -> VerificationReport {
    var report = try store.verify()
    // A store whose shape is wrong has no texts to be trusted.
    guard report.isSound else { return report }
    for mesh in try store.meshes() {
      for revision in try store.revisions(of: mesh).reversed() {
        let stored = try store.objects(of: mesh, begunAt: revision.number)
        report.problems += otherTexts(stored).map { .otherText(mesh, $0, at: revision.number) }
      }
    }
    return report
  }

  /// Objects whose text says something else than their content, on all cores.
  private static func otherTexts(_ stored: [StoredObject]) -> [ObjectID] {
    let parts = stored.count < 64 ? 1 : Threads.coreCount
    let found = Mutex([[ObjectID]](repeating: [], count: parts))
    Threads.run(parts) { part in
      let range = (stored.count * part / parts)..<(stored.count * (part + 1) / parts)
      let ids = stored[range].filter { !$0.textSaysWhatWasDigested }.map(\.id)
      found.withLock { $0[part] = ids }
    }
    return found.withLock { $0.flatMap { $0 } }
  }
}

extension StoredObject {
  /// Both are brought to today's normal form, which an older Drydock may have known otherwise.
  var textSaysWhatWasDigested: Bool {
    let written = Self.object(content.text, content)
    let digested = Self.object(content.canonical, content)
    guard let written, let digested, written.id == id else { return false }
    return NormalForm(written).canonical == NormalForm(digested).canonical
  }

  private static func object(_ text: [UInt8], _ content: StoredContent) -> MeshObject? {
    readObject(ObjectSource(file: content.file, line: content.line, text: text)).object
  }
}
