import CSQLite

/// What SQLite said when it refused, with the statement it refused; bound values are never part of it.
package struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The extended result code; its low byte is the primary code.
  package var extendedCode: Int32
  package var message: String
  package var sql: String?

  package init(extendedCode: Int32, message: String, sql: String? = nil) {
    self.extendedCode = extendedCode
    self.message = message
    self.sql = sql
  }

  /// A file that could not be made before SQLite was asked.
  package static func cannotCreate(_ path: String, reason: String) -> SQLiteError {
    SQLiteError(extendedCode: SQLITE_CANTOPEN, message: "cannot create '\(path)': \(reason)")
  }

  package var code: Code { Code(primary: extendedCode & 0xff) }

  package var description: String {
    let text = "SQLite error \(extendedCode): \(message)"
    guard let sql else { return text }
    return text + " in: " + sql
  }

  /// The primary codes that a caller decides on; everything else is `other`.
  package enum Code: Hashable, Sendable {
    case busy, constraint, corrupt, notADatabase, cannotOpen, full, ioError, readOnly, other(Int32)

    init(primary: Int32) {
      switch primary {
      case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
      case SQLITE_CONSTRAINT: self = .constraint
      case SQLITE_CORRUPT: self = .corrupt
      case SQLITE_NOTADB: self = .notADatabase
      case SQLITE_CANTOPEN, SQLITE_PERM: self = .cannotOpen
      case SQLITE_FULL: self = .full
      case SQLITE_IOERR: self = .ioError
      case SQLITE_READONLY: self = .readOnly
      default: self = .other(primary)
      }
    }
  }
}
