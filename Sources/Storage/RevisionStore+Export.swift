package import History
import SQLite

private enum Query {
  static let insert = """
    INSERT INTO export (mesh, revision, digest, managed_digest, target, actor, exported_at, approval)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let insertFile = "INSERT INTO export_file (export, path, digest, size) VALUES (?, ?, ?, ?)"
  static let columns = """
    SELECT id, revision, digest, managed_digest, target, actor, exported_at, approval FROM export WHERE mesh = ?
    """
  static let all = columns + " ORDER BY id DESC LIMIT ?"
  static let last = columns + " AND target = ? ORDER BY id DESC LIMIT 1"
  static let files = "SELECT path, digest, size FROM export_file WHERE export = ? ORDER BY path"
}

extension RevisionStore {
  /// Records that a revision left the store; the caller has decided that it may.
  package func record(_ export: ExportRecord) throws(StoreError) {
    try write { (session) throws(StoreError) in
      try session.require(export.digest, of: export.revision, in: export.mesh)
      let id = try session.insert(
        Query.insert,
        [
          .integer(try session.meshID(export.mesh)), .revision(export.revision), .digest(export.digest),
          .digest(export.managedDigest), .text(export.target), .text(export.actor), .time(export.time),
          .text(export.approval.rawValue),
        ])
      for file in export.files {
        try session.run(
          Query.insertFile, [.integer(id), .text(file.path), .digest(file.digest), .integer(Int64(file.size))])
      }
      try session.record(AuditLine(export))
    }
  }

  /// Exports of a mesh, the newest first.
  package func exports(of mesh: MeshName, limit: Int = Int.max) throws(StoreError) -> [ExportRecord] {
    try read { (session) throws(StoreError) in
      try session.exports(of: mesh, limit: limit)
    }
  }

  /// The newest export for a target; nil when it never had one.
  package func lastExport(of mesh: MeshName, target: String) throws(StoreError) -> ExportRecord? {
    try read { (session) throws(StoreError) in
      let id = try session.meshID(mesh)
      return try session.exports(Query.last, [.integer(id), .text(target)], of: mesh).first
    }
  }
}

extension Session {
  func exports(of mesh: MeshName, limit: Int = Int.max) throws(StoreError) -> [ExportRecord] {
    try exports(Query.all, [.integer(try meshID(mesh)), .integer(Int64(limit))], of: mesh)
  }

  fileprivate func exports(
    _ sql: String, _ values: [SQLiteValue], of mesh: MeshName
  ) throws(StoreError) -> [ExportRecord] {
    try rows(sql, values) { (row) throws(StoreError) in
      let files = try rows(Query.files, [.integer(row.integer(0))]) { (file) throws(StoreError) in
        ExportRecord.File(path: file.text(0), digest: try file.digest(1), size: Int(file.integer(2)))
      }
      return ExportRecord(
        mesh: mesh, revision: row.revision(1), digest: try row.digest(2), managedDigest: try row.digest(3),
        target: row.text(4), actor: row.text(5), time: row.time(6), approval: try row.choice(7), files: files)
    }
  }
}
