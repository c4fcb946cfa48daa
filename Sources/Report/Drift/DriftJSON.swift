import Comparison
package import Drift
package import History
import MeshModel

extension JSONWriter {
  /// The members of a drift's report; the caller has begun the object and ends it.
  package mutating func writeMembers(
    _ drift: MeshDrift, of mesh: MeshName, revision: RevisionNumber, target: String?
  ) {
    key("mesh")
    string(mesh.text)
    key("revision")
    integer(revision.value)
    if let target {
      key("target")
      string(target)
    }
    key("drift")
    bool(drift.isFound)
    key("objects")
    beginArray()
    for object in drift.objects {
      beginObject()
      write(object.id)
      key("state")
      switch object.kind {
      case .added: string("onlyInCluster")
      case .removed: string("onlyInStore")
      case .changed: string("changed")
      }
      if !object.fields.isEmpty {
        key("fields")
        beginArray()
        for field in object.fields { write(field) }
        endArray()
      }
      endObject()
    }
    endArray()
    key("same")
    integer(Int64(drift.same))
    key("absentKinds")
    beginArray()
    for kind in drift.absentKinds { string(kind.kind) }
    endArray()
    key("notCompared")
    beginArray()
    for omitted in drift.omitted {
      beginObject()
      key("kind")
      string(omitted.kind.kind)
      key("count")
      integer(Int64(omitted.count))
      key("reason")
      string(omitted.reason.rawValue)
      endObject()
    }
    endArray()
  }
}
