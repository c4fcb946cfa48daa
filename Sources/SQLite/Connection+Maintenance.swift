import CSQLite

extension Connection {
  /// What `PRAGMA integrity_check` and `PRAGMA foreign_key_check` complain of; empty when the file is sound.
  package func integrityProblems() throws(SQLiteError) -> [String] {
    var problems: [String] = []
    var check = try prepare("PRAGMA integrity_check(100)")
    while try check.step() {
      let line = check.text(0)
      if line != "ok" { problems.append(line) }
    }
    var keys = try prepare("PRAGMA foreign_key_check")
    while try keys.step() {
      problems.append("row \(keys.integer(1)) of \(keys.text(0)) points to no row of \(keys.text(2))")
    }
    return problems
  }

  /// Copies the whole database as it is at one moment, while others may go on writing.
  package func backUp(to target: Connection) throws(SQLiteError) {
    guard let backup = sqlite3_backup_init(target.handle, "main", handle, "main") else {
      throw target.error(sql: nil)
    }
    var code = SQLITE_OK
    repeat {
      code = sqlite3_backup_step(backup, 1024)
      if code == SQLITE_BUSY || code == SQLITE_LOCKED { sqlite3_sleep(10) }
    } while code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED
    let end = sqlite3_backup_finish(backup)
    guard code == SQLITE_DONE, end == SQLITE_OK else { throw target.error(sql: nil) }
  }

  /// A pragma's one integer, such as `user_version`.
  package func pragma(_ name: StaticString) throws(SQLiteError) -> Int64 {
    var statement = try prepare("PRAGMA \(name)")
    return try statement.step() ? statement.integer(0) : 0
  }

  /// A pragma's one text, such as `journal_mode`.
  package func pragmaText(_ name: StaticString) throws(SQLiteError) -> String {
    var statement = try prepare("PRAGMA \(name)")
    return try statement.step() ? statement.text(0) : ""
  }
}
