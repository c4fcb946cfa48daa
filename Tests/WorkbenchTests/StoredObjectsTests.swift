import Foundation
import History
import MeshModel
import Storage
import Testing
import Workbench

@Suite struct StoredObjectsTests {
  @Test func `an object comes out of the store as its text reads`() throws {
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("fixtures")
    let names = FileManager.default.enumerator(atPath: fixtures.path)?.compactMap { $0 as? String } ?? []
    var checked = 0
    for name in names.sorted() where name.hasSuffix(".yaml") {
      let input = ObjectInput(reading: [fixtures.appendingPathComponent(name).path])
      let decoded = MeshStore.decode(input.objects.map(stored))
      #expect(decoded.count == input.objects.count, "\(name)")
      for (kept, given) in zip(decoded, input.objects) {
        #expect(kept.id == given.id)
        #expect(kept.content == given.content, "\(name): \(given.id)")
        #expect(kept.metadata.labels == given.metadata.labels)
        #expect(kept.metadata.creationTime == given.metadata.creationTime)
        #expect(kept.unknownFields == given.unknownFields)
        #expect(kept.source == given.source)
        checked += 1
      }
    }
    #expect(checked > 1000)
  }

  private func stored(_ object: MeshObject) -> StoredObject {
    let content = object.stored
    let version = ObjectVersion(
      id: object.id, sort: object.id.kind.sort, digest: Digest(hashing: content.canonical), since: RevisionNumber(1))
    return StoredObject(version: version, content: content)
  }
}
