import History
import SQLite

private enum Query {
  static let last = "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1"
  static let insert = """
    INSERT INTO audit (sequence, at, actor, action, mesh, revision, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let insertDetail = "INSERT INTO audit_detail (sequence, name, value) VALUES (?, ?, ?)"
  static let page = """
    SELECT sequence, at, actor, action, mesh, revision, previous, hash FROM audit
    WHERE sequence > ? ORDER BY sequence LIMIT ?
    """
  static let details = "SELECT name, value FROM audit_detail WHERE sequence = ? ORDER BY name"
}

extension Session {
  /// Adds a line to the audit log, in the transaction of what it tells of.
  func record(_ line: AuditLine) throws(StoreError) {
    let last = try first(Query.last) { (row) throws(StoreError) in (sequence: row.integer(0), hash: try row.digest(1)) }
    let entry = AuditEntry(
      following: last ?? (sequence: 0, hash: .zero), time: line.signature.time, actor: line.signature.person,
      action: line.action, mesh: line.mesh, revision: line.revision, details: line.details)
    try run(
      Query.insert,
      [
        .integer(entry.sequence), .time(entry.time), .text(entry.actor), .text(entry.action.rawValue),
        .optional(entry.mesh?.text), .optional(entry.revision?.value), .digest(entry.previous), .digest(entry.hash),
      ])
    for detail in entry.details {
      try run(Query.insertDetail, [.integer(entry.sequence), .text(detail.name), .text(detail.value)])
    }
  }

  func auditEntries(after sequence: Int64, limit: Int) throws(StoreError) -> [AuditEntry] {
    try rows(Query.page, [.integer(sequence), .integer(Int64(limit))]) { (row) throws(StoreError) in
      let number = row.integer(0)
      let details = try rows(Query.details, [.integer(number)]) { (detail) throws(StoreError) in
        AuditEntry.Detail(detail.text(0), detail.text(1))
      }
      let mesh = row.isNull(4) ? nil : try row.meshName(4)
      return AuditEntry(
        sequence: number, time: row.time(1), actor: row.text(2), action: try row.choice(3), mesh: mesh,
        revision: row.optionalInteger(5).map { RevisionNumber($0) }, details: details, previous: try row.digest(6),
        hash: try row.digest(7))
    }
  }
}
