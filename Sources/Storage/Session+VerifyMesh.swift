import History
import MeshModel
import SQLite

private enum Query {
  static let revisions = """
    SELECT number, digest, managed_digest, added, changed, removed FROM revision WHERE mesh = ? ORDER BY number
    """
  static let history = """
    SELECT o.api_group, o.kind, o.namespace, o.name, h.sort, h.from_revision, h.to_revision, o.key, c.digest
    FROM object_history h JOIN object o ON o.id = h.object JOIN content c ON c.id = h.content
    WHERE h.mesh = ? ORDER BY h.object, h.from_revision
    """
  static let bound = """
    SELECT 'review', b.revision FROM review b JOIN revision r ON r.mesh = b.mesh AND r.number = b.revision
      WHERE b.mesh = ?1 AND b.digest <> r.digest
    UNION ALL
    SELECT 'check', b.revision FROM check_result b JOIN revision r ON r.mesh = b.mesh AND r.number = b.revision
      WHERE b.mesh = ?1 AND b.digest <> r.digest
    UNION ALL
    SELECT 'export', b.revision FROM export b JOIN revision r ON r.mesh = b.mesh AND r.number = b.revision
      WHERE b.mesh = ?1 AND (b.digest <> r.digest OR b.managed_digest <> r.managed_digest)
    """
}

extension Session {
  /// Replays a mesh's whole history, revision by revision, and compares every digest and count on the way.
  func verify(_ mesh: MeshName, _ report: inout VerificationReport) throws(StoreError) {
    let id = try meshID(mesh)
    let revisions = try rows(Query.revisions, [.integer(id)]) { (row) throws(StoreError) in
      StoredRevision(
        number: row.revision(0), digest: try row.digest(1), managedDigest: try row.digest(2),
        counts: Revision.Counts(
          added: Int(row.integer(3)), changed: Int(row.integer(4)), removed: Int(row.integer(5))))
    }
    for (index, revision) in revisions.enumerated() where revision.number.value != Int64(index + 1) {
      report.problems.append(.revisionGap(mesh, after: RevisionNumber(Int64(index))))
      return
    }
    let events = try events(of: mesh, id: id, revisions: revisions.count, &report)
    var replay = Replay()
    for (index, revision) in revisions.enumerated() {
      replay.apply(events[index])
      let managed = replay.managed.root()
      let computed = MeshDigest.meshDigest(managed: managed, context: replay.context.root())
      if computed != revision.digest || managed != revision.managedDigest {
        report.problems.append(
          .revisionDigest(mesh, revision.number, stored: revision.digest, computed: computed))
      }
      if replay.counts != revision.counts { report.problems.append(.revisionCounts(mesh, revision.number)) }
    }
    for (sort, tree) in [(ObjectSort.managed, replay.managed), (.context, replay.context)] {
      let stored = DigestTree(session: self, mesh: id)
      let buckets = try stored.nodes(sort, level: 0, 0..<MeshDigest.bucketCount)
      let groups = try stored.nodes(sort, level: 1, 0..<MeshDigest.groupCount)
      if tree.levels != (buckets, groups) { report.problems.append(.digestTree(mesh, sort)) }
    }
    let bound = try rows(Query.bound, [.integer(id)]) { (row) throws(StoreError) -> StoreProblem in
      .boundDigest(mesh, row.revision(1), try row.choice(0))
    }
    report.problems += bound
    report.revisions += revisions.count
  }

  private struct StoredRevision {
    var number: RevisionNumber
    var digest: Digest
    var managedDigest: Digest
    var counts: Revision.Counts
  }

  /// The beginnings and ends of contents, by the revision that brought them (from 0).
  private func events(
    of mesh: MeshName, id: Int64, revisions: Int, _ report: inout VerificationReport
  ) throws(StoreError) -> [[Replay.Event]] {
    var events = [[Replay.Event]](repeating: [], count: revisions)
    var problems: [StoreProblem] = []
    var last: (object: ObjectID, end: Int64)?
    try each(Query.history, [.integer(id)]) { (row) throws(StoreError) in
      let object = row.objectID(0)
      let sort: ObjectSort = try row.choice(4)
      let start = row.integer(5)
      let end = row.integer(6)
      let key = try row.digest(7)
      let overlaps = last.map { $0.object == object && $0.end > start } ?? false
      let isInside = start >= 1 && start <= revisions && (end == Int64.max || end <= revisions) && start < end
      last = (object, end)
      guard isInside, !overlaps else {
        problems.append(.historyRange(mesh, object, at: RevisionNumber(start)))
        return
      }
      events[Int(start) - 1].append(Replay.Event(key: key, sort: sort, content: try row.digest(8)))
      if end != Int64.max { events[Int(end) - 1].append(Replay.Event(key: key, sort: sort, content: nil)) }
    }
    report.problems += problems
    return events
  }
}

/// A mesh's state on the way through its revisions.
private struct Replay {
  var managed = MeshDigestTree()
  var context = MeshDigestTree()
  var counts = Revision.Counts()

  /// A content begins, or with nil one ends.
  struct Event {
    var key: Digest
    var sort: ObjectSort
    var content: Digest?
  }

  mutating func apply(_ events: [Event]) {
    counts = Revision.Counts()
    let ended = Set(events.filter { $0.content == nil }.map(\.key))
    // Ends first: what ends and begins in one revision was changed.
    for event in events where event.content == nil { set(event) }
    for event in events where event.content != nil {
      set(event)
      if ended.contains(event.key) { counts.changed += 1 } else { counts.added += 1 }
    }
    counts.removed = ended.count - counts.changed
  }

  private mutating func set(_ event: Event) {
    switch event.sort {
    case .managed: managed.set(event.content, forKey: event.key)
    case .context: context.set(event.content, forKey: event.key)
    }
  }
}
