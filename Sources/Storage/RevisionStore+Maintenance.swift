package import History
import SQLite

/// What a store holds, in numbers.
package struct StoreInfo: Hashable, Sendable {
  package var path: String
  package var schemaVersion: Int
  package var bytes: Int64
  package var contents: Int
  package var auditEntries: Int
  package var meshes: [Mesh]
  package var journal: String
  package var sqliteVersion: String

  package struct Mesh: Hashable, Sendable {
    package var name: MeshName
    package var head: RevisionNumber?
    /// Objects at the head.
    package var objects: Int
  }
}

private enum Query {
  static let contents = "SELECT count(*) FROM content"
  static let audit = "SELECT count(*) FROM audit"
  static let objects = "SELECT count(*) FROM object_history WHERE mesh = ? AND to_revision = 9223372036854775807"
}

extension RevisionStore {
  /// The audit log from its start, or from behind an entry.
  package func audit(after sequence: Int64 = 0, limit: Int = Int.max) throws(StoreError) -> [AuditEntry] {
    try read { (session) throws(StoreError) in try session.auditEntries(after: sequence, limit: limit) }
  }

  package func info() throws(StoreError) -> StoreInfo {
    let path = path
    return try read { (session) throws(StoreError) in
      var meshes: [StoreInfo.Mesh] = []
      for name in try session.meshes() {
        let id = try session.meshID(name)
        let objects = try session.count(Query.objects, [.integer(id)])
        meshes.append(StoreInfo.Mesh(name: name, head: try session.head(ofMesh: id), objects: objects))
      }
      let pages = try session.pragma("page_count")
      let pageSize = try session.pragma("page_size")
      return StoreInfo(
        path: path, schemaVersion: try session.schemaVersion(), bytes: pages * pageSize,
        contents: try session.count(Query.contents), auditEntries: try session.count(Query.audit), meshes: meshes,
        journal: try session.journalMode(), sqliteVersion: Connection.libraryVersion)
    }
  }

  /// Copies the store into a new file while others may go on writing; a file that is there is left alone.
  package func backUp(to path: String) throws(StoreError) {
    let isNew: Bool
    do { isNew = try DatabaseFile.createEmpty(path) } catch { throw StoreError(error) }
    guard isNew else { throw .fileExists(path) }
    do {
      try withConnection { (connection) throws(StoreError) in
        try Session(connection: connection).backUp(to: path)
      }
    } catch {
      // Half a backup is worse than none.
      DatabaseFile.remove(path)
      throw error as StoreError
    }
  }
}

extension Session {
  func count(_ sql: String, _ values: [SQLiteValue] = []) throws(StoreError) -> Int {
    try first(sql, values) { (row) throws(StoreError) in Int(row.integer(0)) } ?? 0
  }

  func pragma(_ name: StaticString) throws(StoreError) -> Int64 {
    do { return try connection.pragma(name) } catch { throw StoreError(error) }
  }

  fileprivate func journalMode() throws(StoreError) -> String {
    do { return try connection.pragmaText("journal_mode") } catch { throw StoreError(error) }
  }

  fileprivate func backUp(to path: String) throws(StoreError) {
    do {
      let target = try Connection(path: path, access: .readWrite)
      try connection.backUp(to: target)
    } catch { throw StoreError(error) }
  }
}
