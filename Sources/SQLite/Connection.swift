import CSQLite

/// One connection to one database file. It is not safe for two threads at once: put it behind a lock.
///
/// Foreign keys are enforced, and every commit reaches the disk (`synchronous=FULL`) before it is acknowledged.
package final class Connection {
  let handle: OpaquePointer
  private var cache: [String: OpaquePointer] = [:]
  /// Counts the steps of this connection, so that a test can name the one that shall fail.
  package private(set) var steps = 0
  /// For tests: given the number of the step about to run, a result code makes it fail without running.
  package var stepFault: ((Int) -> Int32?)?

  package enum Access: Sendable {
    case readOnly
    case readWrite
    case create
  }

  package init(path: String, access: Access, busyTimeout milliseconds: Int32 = 5000) throws(SQLiteError) {
    var pointer: OpaquePointer?
    let flags: Int32
    switch access {
    case .readOnly: flags = SQLITE_OPEN_READONLY
    case .readWrite: flags = SQLITE_OPEN_READWRITE
    case .create: flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    }
    let code = sqlite3_open_v2(path, &pointer, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard let pointer else { throw SQLiteError(extendedCode: code, message: "out of memory") }
    guard code == SQLITE_OK else {
      let error = SQLiteError(extendedCode: code, message: String(cString: sqlite3_errmsg(pointer)))
      sqlite3_close_v2(pointer)
      throw error
    }
    handle = pointer
    sqlite3_busy_timeout(pointer, milliseconds)
    _ = drydock_sqlite_defensive(pointer)
    try execute("PRAGMA foreign_keys = ON")
    try execute("PRAGMA trusted_schema = OFF")
    try execute("PRAGMA cell_size_check = ON")
    try execute("PRAGMA synchronous = FULL")
  }

  /// Turns the file to a write-ahead log, which it then stays; not for a file that may belong to somebody else.
  package func useWriteAheadLog() throws(SQLiteError) {
    try execute("PRAGMA journal_mode = WAL")
  }

  deinit {
    for statement in cache.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(handle)
  }

  /// A statement ready to be bound, from the cache where it was seen before and is not in use.
  package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    if let cached = cache.removeValue(forKey: sql) {
      return Statement(handle: cached, sql: sql, connection: self)
    }
    var pointer: OpaquePointer?
    let code = sqlite3_prepare_v2(handle, sql, -1, &pointer, nil)
    guard code == SQLITE_OK else { throw error(sql: sql) }
    guard let pointer else { throw SQLiteError(extendedCode: SQLITE_MISUSE, message: "no statement", sql: sql) }
    return Statement(handle: pointer, sql: sql, connection: self)
  }

  /// Takes a statement back that is no longer used.
  func giveBack(_ statement: OpaquePointer, sql: String) {
    sqlite3_reset(statement)
    sqlite3_clear_bindings(statement)
    if let other = cache.updateValue(statement, forKey: sql) { sqlite3_finalize(other) }
  }

  /// Runs a text of any number of statements, such as a migration; nothing is bound and no row is read.
  package func executeScript(_ sql: String) throws(SQLiteError) {
    try countStep(sql: "script")
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw error(sql: nil) }
  }

  /// Runs one statement to its end and drops its rows.
  package func execute(_ sql: String, _ values: [SQLiteValue] = []) throws(SQLiteError) {
    var statement = try prepare(sql)
    try statement.bind(values)
    while try statement.step() {}
  }

  package var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

  func countStep(sql: String) throws(SQLiteError) {
    steps += 1
    if let code = stepFault?(steps) {
      throw SQLiteError(extendedCode: code, message: "failed by the test's hook at step \(steps)", sql: sql)
    }
  }

  func error(sql: String?) -> SQLiteError {
    SQLiteError(
      extendedCode: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)), sql: sql)
  }

  /// The version of the SQLite library in use.
  package static var libraryVersion: String { String(cString: sqlite3_libversion()) }
}
