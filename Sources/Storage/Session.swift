import History
import MeshModel
import SQLite

/// One connection while its lock is held, with the store's own errors.
struct Session {
  let connection: Connection

  func run(_ sql: String, _ values: [SQLiteValue] = []) throws(StoreError) {
    do { try connection.execute(sql, values) } catch { throw StoreError(error) }
  }

  /// Runs an insert and gives the row's number.
  func insert(_ sql: String, _ values: [SQLiteValue]) throws(StoreError) -> Int64 {
    try run(sql, values)
    return connection.lastInsertedRow
  }

  func rows<T>(
    _ sql: String, _ values: [SQLiteValue] = [], _ read: (borrowing Statement) throws(StoreError) -> T
  ) throws(StoreError) -> [T] {
    var result: [T] = []
    try each(sql, values) { (row) throws(StoreError) in result.append(try read(row)) }
    return result
  }

  func first<T>(
    _ sql: String, _ values: [SQLiteValue] = [], _ read: (borrowing Statement) throws(StoreError) -> T
  ) throws(StoreError) -> T? {
    var statement = try start(sql, values)
    return try advance(&statement) ? try read(statement) : nil
  }

  func each(
    _ sql: String, _ values: [SQLiteValue] = [], _ read: (borrowing Statement) throws(StoreError) -> Void
  ) throws(StoreError) {
    var statement = try start(sql, values)
    while try advance(&statement) { try read(statement) }
  }

  private func start(_ sql: String, _ values: [SQLiteValue]) throws(StoreError) -> Statement {
    do {
      var statement = try connection.prepare(sql)
      try statement.bind(values)
      return statement
    } catch { throw StoreError(error) }
  }

  private func advance(_ statement: inout Statement) throws(StoreError) -> Bool {
    do { return try statement.step() } catch { throw StoreError(error) }
  }
}

extension Statement {
  func digest(_ column: Int32) throws(StoreError) -> Digest {
    guard let digest = Digest(bytes: bytes(column)) else { throw .damaged(.digestLength(bytes(column).count)) }
    return digest
  }

  func revision(_ column: Int32) -> RevisionNumber { RevisionNumber(integer(column)) }

  func time(_ column: Int32) -> Timestamp { Timestamp(milliseconds: integer(column)) }

  func meshName(_ column: Int32) throws(StoreError) -> MeshName {
    do { return try MeshName(text(column)) } catch { throw .damaged(.meshName(text(column))) }
  }

  /// One of an enum's stored texts.
  func choice<T: RawRepresentable>(_ column: Int32, _ type: T.Type = T.self) throws(StoreError) -> T
  where T.RawValue == String {
    guard let value = T(rawValue: text(column)) else { throw .damaged(.word(text(column), column: "\(T.self)")) }
    return value
  }

  /// An object's identity from four columns: group, kind, namespace, name.
  func objectID(_ column: Int32) -> ObjectID {
    let kind = ObjectKind(group: text(column), kind: text(column + 1))
    return ObjectID(kind: kind, namespace: text(column + 2), name: text(column + 3))
  }
}

extension SQLiteValue {
  static func digest(_ digest: Digest) -> SQLiteValue { .blob(digest.bytes) }
  static func revision(_ number: RevisionNumber) -> SQLiteValue { .integer(number.value) }
  static func time(_ time: Timestamp) -> SQLiteValue { .integer(time.milliseconds) }
}
