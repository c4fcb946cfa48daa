import CSchema
import History
import SQLite

/// The released schemas, each brought about from the one before by a script of `schema/`.
package enum Migrations {
  package struct Step: Hashable, Sendable {
    package var version: Int
    package var name: String
    package var sql: String
  }

  /// Says that a SQLite file is Drydock's: "DRYD".
  package static let applicationID: Int64 = 0x4452_5944

  package static let all: [Step] = (0..<drydock_migration_count()).map { index in
    let step = drydock_migration_at(index)
    return Step(version: Int(step.version), name: String(cString: step.name), sql: String(cString: step.sql))
  }

  package static var newest: Int { all.last?.version ?? 0 }
}

extension Session {
  func schemaVersion() throws(StoreError) -> Int {
    Int(try pragma("user_version"))
  }

  func applicationID() throws(StoreError) -> Int64 {
    try pragma("application_id")
  }

  /// Brings the schema up to date, every step in one transaction: another process sees the old store or the new one.
  func migrate(from found: Int, by signature: Signature) throws(StoreError) {
    for step in Migrations.all where step.version > found {
      do {
        try connection.executeScript(step.sql)
      } catch { throw StoreError(error) }
      // A pragma takes no bound value; both numbers are our own.
      try run("PRAGMA user_version = \(step.version)")
    }
    try run("PRAGMA application_id = \(Migrations.applicationID)")
    let details = [(name: "from", value: String(found)), (name: "to", value: String(Migrations.newest))]
    try record(AuditLine(found == 0 ? .createStore : .migrateStore, by: signature, mesh: nil, details: details))
  }
}
