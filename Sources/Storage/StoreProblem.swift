package import History
package import MeshModel

/// One thing that `verify` found wrong.
package enum StoreProblem: Hashable, Sendable {
  case file(StoreDamage)
  /// A table, index or trigger is missing, was added or was altered.
  case schema(String)
  case contentDigest(Digest)
  case sourceDigest(Digest)
  case objectKey(ObjectID)
  /// Revisions are numbered from 1 without gaps.
  case revisionGap(MeshName, after: RevisionNumber)
  /// An object has two contents at that revision, or a content ends at a revision that is not there.
  case historyRange(MeshName, ObjectID, at: RevisionNumber)
  case revisionDigest(MeshName, RevisionNumber, stored: Digest, computed: Digest)
  case revisionCounts(MeshName, RevisionNumber)
  /// The tree of digests that the next commit would build on is wrong.
  case digestTree(MeshName, ObjectSort)
  /// A review, a check or an export speaks of another state than the revision's.
  case boundDigest(MeshName, RevisionNumber, StoreRecord)
  /// A line is missing in the audit log, or its order was changed.
  case auditGap(after: Int64)
  /// A line of the audit log was altered.
  case auditHash(Int64)
  /// What happened is not in the audit log.
  case notAudited(MeshName, RevisionNumber?, StoreRecord)
  /// The audit log tells of something that is not there, or not as it was.
  case recordGone(MeshName, RevisionNumber?, StoreRecord)
  /// The text that was written for an object says something else than the content that was digested.
  case otherText(MeshName, ObjectID, at: RevisionNumber)
}

/// The sorts of record that have a line in the audit log.
package enum StoreRecord: String, Hashable, Sendable, CaseIterable {
  case revision, review, check, export, policy
}

/// What `verify` looked at and what it found.
package struct VerificationReport: Hashable, Sendable {
  package var problems: [StoreProblem] = []
  package var contents = 0
  package var revisions = 0
  package var auditEntries = 0

  package var isSound: Bool { problems.isEmpty }
}
