import History
import SQLite

extension Session {
  /// Follows the chain from its start, and holds every revision, review, check, export and policy against the line
  /// that was written with it: neither may be there without the other, and both have to say the same.
  func verifyAudit(_ report: inout VerificationReport) throws(StoreError) {
    var last: (sequence: Int64, hash: Digest) = (0, .zero)
    var told: [AuditLine: Int] = [:]
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
        if entry.action.record != nil { told[AuditLine(entry), default: 0] += 1 }
      }
    }
    for mesh in try meshes() {
      for line in try expectedLines(of: mesh) {
        let left = told[line, default: 0]
        if left == 0, let record = line.action.record {
          report.problems.append(.notAudited(mesh, line.revision, record))
        }
        told[line] = left > 1 ? left - 1 : nil
      }
    }
    let gone = told.keys.compactMap { line -> StoreProblem? in
      guard let record = line.action.record, let mesh = line.mesh else { return nil }
      return .recordGone(mesh, line.revision, record)
    }
    // One of each sort is enough to say that the two differ.
    report.problems += Set(gone).sorted { "\($0)" < "\($1)" }
  }

  private func expectedLines(of mesh: MeshName) throws(StoreError) -> [AuditLine] {
    var lines: [AuditLine] = []
    for revision in try revisions(of: mesh) {
      lines.append(AuditLine(revision))
      for review in try reviews(of: revision.number, in: mesh) { lines.append(AuditLine(review)) }
      for check in try checks(of: revision.number, in: mesh) { lines.append(AuditLine(check)) }
    }
    for export in try exports(of: mesh) { lines.append(AuditLine(export)) }
    for (policy, signature) in try policies(of: mesh) { lines.append(AuditLine(policy, of: mesh, by: signature)) }
    return lines
  }
}
