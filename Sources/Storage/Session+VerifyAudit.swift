import History
import SQLite

private enum Query {
  /// Everything that ought to have a line in the audit log.
  static let records = """
    SELECT 'revision', m.name, r.number, r.digest FROM revision r JOIN mesh m ON m.id = r.mesh
    UNION ALL SELECT 'review', m.name, b.revision, b.digest FROM review b JOIN mesh m ON m.id = b.mesh
    UNION ALL SELECT 'check', m.name, b.revision, b.digest FROM check_result b JOIN mesh m ON m.id = b.mesh
    UNION ALL SELECT 'export', m.name, b.revision, b.digest FROM export b JOIN mesh m ON m.id = b.mesh
    """
}

/// What a line of the audit log and a record have in common.
private struct Witness: Hashable {
  var record: StoreRecord
  var mesh: MeshName
  var revision: RevisionNumber
  var digest: String
}

extension Session {
  /// Follows the chain from its start, and looks for the line of every revision, review, check and export.
  func verifyAudit(_ report: inout VerificationReport) throws(StoreError) {
    var last: (sequence: Int64, hash: Digest) = (0, .zero)
    var witnesses: [Witness: Int] = [:]
    while true {
      let page = try auditEntries(after: last.sequence, limit: 1000)
      guard !page.isEmpty else { break }
      for entry in page {
        if entry.sequence != last.sequence + 1 || entry.previous != last.hash {
          report.problems.append(.auditGap(after: last.sequence))
        }
        if entry.hash != entry.computedHash { report.problems.append(.auditHash(entry.sequence)) }
        last = (entry.sequence, entry.hash)
        report.auditEntries += 1
        guard let record = entry.action.record, let mesh = entry.mesh, let revision = entry.revision else { continue }
        let digest = entry.details.first { $0.name == "digest" }?.value ?? ""
        witnesses[Witness(record: record, mesh: mesh, revision: revision, digest: digest), default: 0] += 1
      }
    }
    let records = try rows(Query.records) { (row) throws(StoreError) in
      Witness(
        record: try row.choice(0), mesh: try row.meshName(1), revision: row.revision(2), digest: try row.digest(3).hex)
    }
    for record in records {
      let left = witnesses[record, default: 0]
      if left == 0 { report.problems.append(.notAudited(record.mesh, record.revision, record.record)) }
      witnesses[record] = max(0, left - 1)
    }
  }
}

extension AuditEntry.Action {
  /// The sort of record that a line with this action stands for.
  fileprivate var record: StoreRecord? {
    switch self {
    case .apply, .delete, .rollback: .revision
    case .approve, .reject: .review
    case .recordCheck: .check
    case .export, .exportUnapproved: .export
    case .createStore, .migrateStore, .createMesh, .setPolicy: nil
    }
  }
}
