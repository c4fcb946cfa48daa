package import History
package import MeshModel
import SQLite

/// What a range query over `object_history` gives, version columns first.
///
/// SQLite has no statistics to choose an index by, so each query names its own.
enum StateQuery {
  private static let versionColumns =
    "SELECT o.api_group, o.kind, o.namespace, o.name, h.sort, c.digest, h.from_revision, h.to_revision"
  private static let fullColumns = versionColumns + ", c.canonical, s.text, h.file, h.line"
  private static let byEnd = " FROM object_history h INDEXED BY object_history_by_end"
  private static let byStart = " FROM object_history h INDEXED BY object_history_by_start"
  private static let byObject = " FROM object o JOIN object_history h ON h.object = o.id"
  private static let object = " JOIN object o ON o.id = h.object"
  private static let content = " JOIN content c ON c.id = h.content"
  private static let source = " JOIN source s ON s.id = h.source"
  private static let at = " WHERE h.mesh = ?1 AND h.to_revision > ?2 AND h.from_revision <= ?2"
  private static let order = " ORDER BY o.api_group, o.kind, o.namespace, o.name"

  /// The versions of a state: by the ends of contents where it is nearer to the head than to the first revision.
  static let recentVersions = versionColumns + byEnd + object + content + at + order
  static let earlyVersions = versionColumns + byStart + object + content + at + order
  /// The same with contents.
  static let recentObjects = fullColumns + byEnd + object + content + source + at + order
  static let earlyObjects = fullColumns + byStart + object + content + source + at + order

  /// The contents that a revision brought.
  static let begunObjects =
    fullColumns + byStart + object + content + source + " WHERE h.mesh = ?1 AND h.from_revision = ?2" + order

  static let oneObject =
    fullColumns + byObject + content + source + at
    + " AND o.api_group = ?3 AND o.kind = ?4 AND o.namespace = ?5 AND o.name = ?6"
  static let periods =
    versionColumns + byObject + content
      + """
       WHERE h.mesh = ?1 AND o.api_group = ?2 AND o.kind = ?3 AND o.namespace = ?4 AND o.name = ?5
       ORDER BY h.from_revision DESC
      """
  /// Alive at ?2 and no longer at ?3.
  static let endedBetween =
    versionColumns + byEnd + object + content
    + " WHERE h.mesh = ?1 AND h.to_revision > ?2 AND h.to_revision <= ?3 AND h.from_revision <= ?2"
  /// Alive at ?3 and not yet at ?2.
  static let begunBetween =
    versionColumns + byStart + object + content
    + " WHERE h.mesh = ?1 AND h.from_revision > ?2 AND h.from_revision <= ?3 AND h.to_revision > ?3"
  static let canonical = "SELECT canonical FROM content WHERE digest = ?"
}

extension RevisionStore {
  /// The objects of a revision without their contents, sorted by identity.
  package func state(of mesh: MeshName, at number: RevisionNumber) throws(StoreError) -> [ObjectVersion] {
    try read { (session) throws(StoreError) in
      let id = try session.meshID(mesh)
      let isRecent = try session.isRecent(number, of: mesh)
      let query = isRecent ? StateQuery.recentVersions : StateQuery.earlyVersions
      return try session.rows(query, at: number, of: id) {
        (row) throws(StoreError) in try row.version()
      }
    }
  }

  /// The objects of a revision with their contents, sorted by identity.
  package func objects(of mesh: MeshName, at number: RevisionNumber) throws(StoreError) -> [StoredObject] {
    try read { (session) throws(StoreError) in
      let id = try session.meshID(mesh)
      let isRecent = try session.isRecent(number, of: mesh)
      let query = isRecent ? StateQuery.recentObjects : StateQuery.earlyObjects
      return try session.rows(query, at: number, of: id) {
        (row) throws(StoreError) in try row.storedObject()
      }
    }
  }

  /// Every content that a revision brought, sorted by identity.
  package func objects(of mesh: MeshName, begunAt number: RevisionNumber) throws(StoreError) -> [StoredObject] {
    try read { (session) throws(StoreError) in
      try session.rows(StateQuery.begunObjects, [.integer(try session.meshID(mesh)), .revision(number)]) {
        (row) throws(StoreError) in try row.storedObject()
      }
    }
  }

  /// One object as it was at a revision; nil when it was not there.
  package func object(
    _ object: ObjectID, of mesh: MeshName, at number: RevisionNumber
  ) throws(StoreError) -> StoredObject? {
    try read { (session) throws(StoreError) in
      let id = try session.meshID(mesh)
      _ = try session.revision(number, of: mesh)
      let values: [SQLiteValue] = [.integer(id), .revision(number)] + object.values
      return try session.first(StateQuery.oneObject, values) {
        (row) throws(StoreError) in try row.storedObject()
      }
    }
  }

  /// The canonical bytes of that digest; nil when no mesh ever held them.
  package func canonicalContent(_ digest: Digest) throws(StoreError) -> [UInt8]? {
    try read { (session) throws(StoreError) in
      try session.first(StateQuery.canonical, [.digest(digest)]) { (row) throws(StoreError) in row.bytes(0) }
    }
  }

  /// Every content an object had, the newest first; empty when it never was in the mesh.
  package func history(of object: ObjectID, in mesh: MeshName) throws(StoreError) -> [ObjectPeriod] {
    try read { (session) throws(StoreError) in
      let id = try session.meshID(mesh)
      return try session.rows(StateQuery.periods, [.integer(id)] + object.values) { (row) throws(StoreError) in
        let end = row.integer(7)
        return ObjectPeriod(version: try row.version(), until: end == Int64.max ? nil : RevisionNumber(end))
      }
    }
  }

  /// What differs between two revisions, sorted by identity; `nil` stands for the mesh before its first revision.
  package func changes(
    in mesh: MeshName, from: RevisionNumber?, to: RevisionNumber
  ) throws(StoreError) -> [ObjectChange] {
    try read { (session) throws(StoreError) in
      if let from { _ = try session.revision(from, of: mesh) }
      _ = try session.revision(to, of: mesh)
      return try session.changes(mesh: try session.meshID(mesh), from: from?.value ?? 0, to: to.value)
    }
  }
}

extension Session {
  func rows<T>(
    _ sql: String, at number: RevisionNumber, of mesh: Int64, _ read: (borrowing Statement) throws(StoreError) -> T
  ) throws(StoreError) -> [T] {
    try rows(sql, [.integer(mesh), .revision(number)], read)
  }

  /// Whether a revision, which must be there, is nearer to the head than to the first.
  func isRecent(_ number: RevisionNumber, of mesh: MeshName) throws(StoreError) -> Bool {
    _ = try revision(number, of: mesh)
    let head = try head(ofMesh: try meshID(mesh)) ?? number
    return number.value > head.value / 2
  }

  /// Looks only at what began or ended between the two, in either direction.
  func changes(mesh: Int64, from: Int64, to: Int64) throws(StoreError) -> [ObjectChange] {
    let bounds: [SQLiteValue] = [.integer(mesh), .integer(min(from, to)), .integer(max(from, to))]
    let ended = try rows(StateQuery.endedBetween, bounds) { (row) throws(StoreError) in try row.version() }
    let begun = try rows(StateQuery.begunBetween, bounds) { (row) throws(StoreError) in try row.version() }
    let (before, after) = from <= to ? (ended, begun) : (begun, ended)
    var old: [ObjectID: Digest] = [:]
    for version in before { old[version.id] = version.digest }
    var changes: [ObjectChange] = []
    for version in after {
      guard let digest = old.removeValue(forKey: version.id) else {
        changes.append(ObjectChange(id: version.id, change: .added(version.digest)))
        continue
      }
      guard digest != version.digest else { continue }
      changes.append(ObjectChange(id: version.id, change: .changed(from: digest, to: version.digest)))
    }
    for (id, digest) in old { changes.append(ObjectChange(id: id, change: .removed(digest))) }
    return changes.sorted { $0.id < $1.id }
  }
}

extension ObjectID {
  /// The four columns that name an object.
  var values: [SQLiteValue] { [.text(kind.group), .text(kind.kind), .text(namespace), .text(name)] }
}

extension Statement {
  func version() throws(StoreError) -> ObjectVersion {
    ObjectVersion(id: objectID(0), sort: try choice(4), digest: try digest(5), since: revision(6))
  }

  func storedObject() throws(StoreError) -> StoredObject {
    let version = try version()
    let content = StoredContent(
      id: version.id, canonical: bytes(8), text: bytes(9), file: text(10), line: Int(integer(11)))
    return StoredObject(version: version, content: content)
  }
}
