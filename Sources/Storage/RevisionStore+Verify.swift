import History
import MeshModel
import SQLite

private enum Query {
  static let schema = """
    SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    ORDER BY 1
    """
  static let contents = "SELECT digest, canonical FROM content ORDER BY id"
  static let sources = "SELECT digest, text FROM source ORDER BY id"
  static let objects = "SELECT api_group, kind, namespace, name, key, bucket FROM object ORDER BY id"
  static let strayBuckets = """
    SELECT o.api_group, o.kind, o.namespace, o.name FROM object_history h JOIN object o ON o.id = h.object
    WHERE h.bucket <> o.bucket ORDER BY o.id
    """
}

extension RevisionStore {
  /// Reads everything and recomputes every digest; the whole store at one moment.
  package func verify() throws(StoreError) -> VerificationReport {
    try read { (session) throws(StoreError) in
      var report = VerificationReport()
      do throws(StoreError) {
        try session.verifyFile(&report)
        try session.verifyContents(&report)
        for mesh in try session.meshes() { try session.verify(mesh, &report) }
        try session.verifyAudit(&report)
      } catch {
        guard case .damaged(let what) = error else { throw error }
        report.problems.append(.file(what))
      }
      return report
    }
  }
}

extension Session {
  fileprivate func verifyFile(_ report: inout VerificationReport) throws(StoreError) {
    do {
      for problem in try connection.integrityProblems() { report.problems.append(.file(.sqlite(problem))) }
    } catch { throw StoreError(error) }
    let found = try schemaObjects()
    let expected = try Session.migratedSchema()
    for (name, sql) in expected where found[name] != sql { report.problems.append(.schema(name)) }
    for name in found.keys.sorted() where !expected.contains(where: { $0.name == name }) {
      report.problems.append(.schema(name))
    }
  }

  private func schemaObjects() throws(StoreError) -> [String: String] {
    var result: [String: String] = [:]
    try each(Query.schema) { (row) throws(StoreError) in result[row.text(0)] = row.text(1) }
    return result
  }

  /// Every table, index and trigger after all migrations from nothing.
  static func migratedSchema() throws(StoreError) -> [(name: String, sql: String)] {
    let session: Session
    do {
      session = Session(connection: try Connection(path: ":memory:", access: .create))
      for step in Migrations.all { try session.connection.executeScript(step.sql) }
    } catch { throw StoreError(error) }
    return try session.rows(Query.schema) { (row) throws(StoreError) in (name: row.text(0), sql: row.text(1)) }
  }

  fileprivate func verifyContents(_ report: inout VerificationReport) throws(StoreError) {
    var problems: [StoreProblem] = []
    var count = 0
    try each(Query.contents) { (row) throws(StoreError) in
      let stored = try row.digest(0)
      if Digest(hashing: row.bytes(1)) != stored { problems.append(.contentDigest(stored)) }
      count += 1
    }
    try each(Query.sources) { (row) throws(StoreError) in
      let stored = try row.digest(0)
      if Digest(hashing: row.bytes(1)) != stored { problems.append(.sourceDigest(stored)) }
    }
    try each(Query.objects) { (row) throws(StoreError) in
      let id = row.objectID(0)
      let key = MeshDigest.key(of: id)
      let isRight = try row.digest(4) == key && Int(row.integer(5)) == MeshDigest.bucket(ofKey: key)
      if !isRight { problems.append(.objectKey(id)) }
    }
    try each(Query.strayBuckets) { (row) throws(StoreError) in problems.append(.objectKey(row.objectID(0))) }
    report.contents = count
    report.problems += problems
  }
}

/// The schema as one text: what `schema/current.sql` holds.
extension Migrations {
  package static func currentSchema() throws(StoreError) -> String {
    var text = "-- The schema after all migrations, sorted by name. Written by the tests; change a migration instead.\n"
    for entry in try Session.migratedSchema() { text += "\n" + entry.sql + ";\n" }
    return text
  }
}
