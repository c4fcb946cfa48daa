package import History
import SQLite

private enum Query {
  static let all = "SELECT name FROM mesh ORDER BY name"
  static let id = "SELECT id FROM mesh WHERE name = ?"
  static let insert = "INSERT INTO mesh (name, created_at) VALUES (?, ?)"
  static let head = "SELECT max(number) FROM revision WHERE mesh = ?"
  static let columns = """
    SELECT m.name, r.number, r.parent, r.author, r.message, r.committed_at, r.cause, r.rollback_of, r.digest,
      r.managed_digest, r.added, r.changed, r.removed
    FROM revision r JOIN mesh m ON m.id = r.mesh
    """
  static let one = columns + " WHERE r.mesh = ? AND r.number = ?"
  static let page = columns + " WHERE r.mesh = ? AND r.number < ? ORDER BY r.number DESC LIMIT ?"
}

extension RevisionStore {
  package func meshes() throws(StoreError) -> [MeshName] {
    try read { (session) throws(StoreError) in try session.meshes() }
  }

  package func createMesh(_ name: MeshName, by signature: Signature) throws(StoreError) {
    try write { (session) throws(StoreError) in
      guard try session.meshID(ifAny: name) == nil else { throw .meshExists(name) }
      try session.run(Query.insert, [.text(name.text), .time(signature.time)])
      try session.record(AuditLine(.createMesh, by: signature, mesh: name))
    }
  }

  /// The newest revision's number; nil while the mesh has none.
  package func head(of mesh: MeshName) throws(StoreError) -> RevisionNumber? {
    try read { (session) throws(StoreError) in try session.head(ofMesh: try session.meshID(mesh)) }
  }

  package func revision(_ number: RevisionNumber, of mesh: MeshName) throws(StoreError) -> Revision {
    try read { (session) throws(StoreError) in try session.revision(number, of: mesh) }
  }

  /// Revisions from the newest to the oldest, at most so many, all of them older than the one given.
  package func revisions(
    of mesh: MeshName, before: RevisionNumber? = nil, limit: Int = Int.max
  ) throws(StoreError) -> [Revision] {
    try read { (session) throws(StoreError) in
      try session.revisions(of: mesh, before: before, limit: limit)
    }
  }
}

extension Session {
  func meshes() throws(StoreError) -> [MeshName] {
    try rows(Query.all) { (row) throws(StoreError) in try row.meshName(0) }
  }

  func meshID(ifAny name: MeshName) throws(StoreError) -> Int64? {
    try first(Query.id, [.text(name.text)]) { (row) throws(StoreError) in row.integer(0) }
  }

  func meshID(_ name: MeshName) throws(StoreError) -> Int64 {
    guard let id = try meshID(ifAny: name) else { throw .unknownMesh(name) }
    return id
  }

  func revisions(
    of mesh: MeshName, before: RevisionNumber? = nil, limit: Int = Int.max
  ) throws(StoreError) -> [Revision] {
    let values: [SQLiteValue] = [
      .integer(try meshID(mesh)), .integer(before?.value ?? Int64.max), .integer(Int64(limit)),
    ]
    return try rows(Query.page, values) { (row) throws(StoreError) in try row.revisionRow() }
  }

  func head(ofMesh id: Int64) throws(StoreError) -> RevisionNumber? {
    let number = try first(Query.head, [.integer(id)]) { (row) throws(StoreError) in row.optionalInteger(0) }
    return (number ?? nil).map { RevisionNumber($0) }
  }

  func revision(_ number: RevisionNumber, of mesh: MeshName) throws(StoreError) -> Revision {
    let id = try meshID(mesh)
    let found = try first(Query.one, [.integer(id), .revision(number)]) { (row) throws(StoreError) in
      try row.revisionRow()
    }
    guard let found else { throw .unknownRevision(mesh, number) }
    return found
  }
}

extension Statement {
  fileprivate func revisionRow() throws(StoreError) -> Revision {
    let cause: Revision.Cause
    switch text(6) {
    case "apply": cause = .apply
    case "delete": cause = .delete
    case "rollback": cause = .rollback(of: revision(7))
    case let other: throw .damaged(.word(other, column: "Cause"))
    }
    let counts = Revision.Counts(added: Int(integer(10)), changed: Int(integer(11)), removed: Int(integer(12)))
    return Revision(
      mesh: try meshName(0), number: revision(1), parent: optionalInteger(2).map { RevisionNumber($0) },
      author: text(3), message: text(4), time: time(5), cause: cause, digest: try digest(8),
      managedDigest: try digest(9), counts: counts)
  }
}
