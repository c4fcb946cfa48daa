package import History
import MeshModel

extension JSONWriter {
  /// `revision`, which a change made (null: none), and `head`, the newest one after it (null: the mesh has none).
  package mutating func writeMembers(revision: RevisionNumber?, head: RevisionNumber?) {
    for (name, number) in [("revision", revision), ("head", revision ?? head)] {
      key(name)
      if let number { integer(number.value) } else { null() }
    }
  }

  package mutating func write(_ revision: Revision, approval: ApprovalState?) {
    beginObject()
    key("mesh")
    string(revision.mesh.text)
    key("revision")
    integer(revision.number.value)
    if let parent = revision.parent {
      key("parent")
      integer(parent.value)
    }
    key("author")
    string(revision.author)
    key("time")
    string(revision.time.rfc3339)
    key("message")
    string(revision.message)
    if case .rollback(let target) = revision.cause {
      key("rollbackOf")
      integer(target.value)
    }
    key("digest")
    string(revision.digest.hex)
    key("managedDigest")
    string(revision.managedDigest.hex)
    key("changes")
    beginObject()
    key("added")
    integer(revision.counts.added)
    key("changed")
    integer(revision.counts.changed)
    key("removed")
    integer(revision.counts.removed)
    endObject()
    if let approval {
      key("approval")
      write(approval)
    }
    endObject()
  }

  package mutating func write(_ approval: ApprovalState) {
    beginObject()
    key("approved")
    bool(approval.isApproved)
    key("approvedBy")
    strings(approval.approvedBy)
    key("rejectedBy")
    strings(approval.rejectedBy)
    key("approvalsMissing")
    integer(approval.approvalsMissing)
    key("failedChecks")
    strings(approval.failedChecks)
    key("missingChecks")
    strings(approval.missingChecks)
    endObject()
  }

  package mutating func write(_ changes: [ObjectChange]) {
    beginArray()
    for change in changes {
      beginObject()
      write(change.id)
      key("change")
      switch change.change {
      case .added: string("added")
      case .changed: string("changed")
      case .removed: string("removed")
      }
      endObject()
    }
    endArray()
  }

  package mutating func write(_ entry: AuditEntry) {
    beginObject()
    key("sequence")
    integer(entry.sequence)
    key("time")
    string(entry.time.rfc3339)
    key("actor")
    string(entry.actor)
    key("action")
    string(entry.action.rawValue)
    if let mesh = entry.mesh {
      key("mesh")
      string(mesh.text)
    }
    if let revision = entry.revision {
      key("revision")
      integer(revision.value)
    }
    key("details")
    beginObject()
    for detail in entry.details {
      key(detail.name)
      string(detail.value)
    }
    endObject()
    key("hash")
    string(entry.hash.hex)
    endObject()
  }
}
