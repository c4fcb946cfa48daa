package import History
package import SQLite
import Synchronization

/// Every revision of every mesh, in one SQLite file.
///
/// All writes are single transactions that say which head they were made on; time and person are parameters. It may
/// be used from any thread: one connection, one lock.
package final class RevisionStore: Sendable {
  package let path: String
  private let connection: Mutex<Connection>

  private init(path: String, connection: sending Connection) {
    self.path = path
    self.connection = Mutex(connection)
  }

  /// Makes a new store without meshes; a file that holds anything is left alone.
  package static func create(at path: String, by signature: Signature) throws(StoreError) -> RevisionStore {
    let session = try connect(to: path, access: .create)
    // What a process that was killed here left behind is empty and may be used.
    guard try session.ownership() == .nobody else { throw .fileExists(path) }
    try session.useWriteAheadLog()
    try session.transaction(.write) { () throws(StoreError) in
      guard try session.ownership() == .nobody else { throw .fileExists(path) }
      try session.migrate(from: 0, by: signature)
    }
    return RevisionStore(path: path, connection: session.connection)
  }

  /// Opens a store and brings an older one forward to the newest schema.
  package static func open(at path: String, by signature: Signature) throws(StoreError) -> RevisionStore {
    guard DatabaseFile.exists(path) else { throw .fileMissing(path) }
    let session = try connect(to: path, access: .readWrite)
    try session.requireKnownSchema(path: path)
    try session.useWriteAheadLog()
    if try session.schemaVersion() < Migrations.newest {
      try session.transaction(.write) { () throws(StoreError) in
        // Another process may have brought the schema forward since.
        let now = try session.schemaVersion()
        if now < Migrations.newest { try session.migrate(from: now, by: signature) }
      }
    }
    return RevisionStore(path: path, connection: session.connection)
  }

  private static func connect(to path: String, access: Connection.Access) throws(StoreError) -> Session {
    do {
      return Session(connection: try Connection(path: path, access: access))
    } catch {
      guard error.code == .notADatabase else { throw StoreError(error) }
      throw access == .create ? .fileExists(path) : .notAStore(path)
    }
  }

  /// Reads one state of the file, however many queries it takes.
  func read<R: Sendable>(_ body: @Sendable (Session) throws(StoreError) -> R) throws(StoreError) -> R {
    try connection.withLock { (connection) throws(StoreError) -> R in
      let session = Session(connection: connection)
      return try session.transaction(.read) { () throws(StoreError) in try body(session) }
    }
  }

  /// Writes everything the body writes, or nothing.
  func write<R: Sendable>(_ body: @Sendable (Session) throws(StoreError) -> R) throws(StoreError) -> R {
    try connection.withLock { (connection) throws(StoreError) -> R in
      let session = Session(connection: connection)
      return try session.transaction(.write) { () throws(StoreError) in try body(session) }
    }
  }

  /// Works with the bare connection: for backups and tests.
  package func withConnection<R: Sendable>(
    _ body: @Sendable (Connection) throws(StoreError) -> R
  ) throws(StoreError) -> R {
    try connection.withLock { (connection) throws(StoreError) -> R in try body(connection) }
  }
}

extension Session {
  /// Whose file this is, found out before a byte of it is changed.
  enum Ownership {
    case ours, nobody, somebodyElse
  }

  fileprivate func ownership() throws(StoreError) -> Ownership {
    let owner = try applicationID()
    let version = try schemaVersion()
    if owner == Migrations.applicationID, version > 0 { return .ours }
    let objects = try count("SELECT count(*) FROM sqlite_schema")
    return owner == 0 && version == 0 && objects == 0 ? .nobody : .somebodyElse
  }

  fileprivate func requireKnownSchema(path: String) throws(StoreError) {
    guard try ownership() == .ours else { throw .notAStore(path) }
    let found = try schemaVersion()
    guard found <= Migrations.newest else { throw .newerSchema(found: found, known: Migrations.newest) }
  }

  fileprivate func useWriteAheadLog() throws(StoreError) {
    do { try connection.useWriteAheadLog() } catch { throw StoreError(error) }
  }

  func transaction<R>(
    _ kind: Connection.TransactionKind, _ body: () throws(StoreError) -> R
  ) throws(StoreError) -> R {
    try connection.transaction(kind, mapping: { StoreError($0) }, body)
  }
}
