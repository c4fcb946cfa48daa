import CSQLite

/// A prepared statement, owned by one place at a time; it goes back to its connection's cache when dropped.
package struct Statement: ~Copyable {
  private let handle: OpaquePointer
  private let sql: String
  private let connection: Connection

  init(handle: OpaquePointer, sql: String, connection: Connection) {
    self.handle = handle
    self.sql = sql
    self.connection = connection
  }

  deinit { connection.giveBack(handle, sql: sql) }

  /// Binds every parameter in order; there must be as many values as parameters.
  package mutating func bind(_ values: [SQLiteValue]) throws(SQLiteError) {
    guard Int(sqlite3_bind_parameter_count(handle)) == values.count else {
      throw SQLiteError(extendedCode: SQLITE_MISUSE, message: "\(values.count) values bound", sql: sql)
    }
    sqlite3_reset(handle)
    for (offset, value) in values.enumerated() {
      guard bind(value, at: Int32(offset + 1)) == SQLITE_OK else { throw connection.error(sql: sql) }
    }
  }

  private func bind(_ value: SQLiteValue, at place: Int32) -> Int32 {
    // SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch value {
    case .null: return sqlite3_bind_null(handle, place)
    case .integer(let number): return sqlite3_bind_int64(handle, place, number)
    case .real(let number): return sqlite3_bind_double(handle, place, number)
    case .text(var text):
      return text.withUTF8 { bytes in
        guard let base = bytes.baseAddress else { return sqlite3_bind_text(handle, place, "", 0, transient) }
        return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
          sqlite3_bind_text64(handle, place, $0, UInt64(bytes.count), transient, UInt8(SQLITE_UTF8))
        }
      }
    case .blob(let bytes):
      guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(handle, place, 0) }
      return bytes.withUnsafeBytes {
        sqlite3_bind_blob64(handle, place, $0.baseAddress, UInt64($0.count), transient)
      }
    }
  }

  /// Goes to the next row: false when there is none.
  package mutating func step() throws(SQLiteError) -> Bool {
    try connection.countStep(sql: sql)
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw connection.error(sql: sql)
    }
  }

  package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  package func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

  package func bytes(_ column: Int32) -> [UInt8] {
    guard let base = sqlite3_column_blob(handle, column) else { return [] }
    return [UInt8](UnsafeRawBufferPointer(start: base, count: Int(sqlite3_column_bytes(handle, column))))
  }

  /// The column as text; bytes that are no UTF-8 become U+FFFD, which a STRICT schema written by us never holds.
  package func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

  package func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
}
