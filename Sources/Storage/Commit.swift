import History
import MeshModel
import SQLite

private enum Query {
  static let object =
    "SELECT id, bucket FROM object WHERE api_group = ? AND kind = ? AND namespace = ? AND name = ?"
  static let insertObject = """
    INSERT INTO object (api_group, kind, namespace, name, key, bucket) VALUES (?, ?, ?, ?, ?, ?)
    """
  /// Walks the end of the primary key: an object has at most one open row and it is its last.
  static let current = """
    SELECT h.from_revision, h.sort, c.digest FROM object_history h JOIN content c ON c.id = h.content
    WHERE h.mesh = ? AND h.object = ? AND h.to_revision = 9223372036854775807
    ORDER BY h.from_revision DESC LIMIT 1
    """
  static let content = "SELECT id FROM content WHERE digest = ?"
  static let insertContent = "INSERT INTO content (digest, canonical) VALUES (?, ?)"
  static let source = "SELECT id FROM source WHERE digest = ?"
  static let insertSource = "INSERT INTO source (digest, text) VALUES (?, ?)"
  static let close = "UPDATE object_history SET to_revision = ? WHERE mesh = ? AND object = ? AND from_revision = ?"
  static let open = """
    INSERT INTO object_history (mesh, object, from_revision, content, source, file, line, sort, bucket)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let insertRevision = """
    INSERT INTO revision (mesh, number, parent, author, message, committed_at, cause, rollback_of, digest,
      managed_digest, added, changed, removed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
}

/// One revision in the making, inside a write transaction; its cost is that of its changes.
struct Commit {
  let session: Session
  let mesh: MeshName
  let meshID: Int64
  let head: RevisionNumber?
  let number: RevisionNumber
  private var requested: Set<ObjectID> = []
  private var changes: [ObjectChange] = []
  private var counts = Revision.Counts()
  private var touched = DigestTree.Touched()

  init(_ session: Session, mesh: MeshName, expecting expected: RevisionNumber?) throws(StoreError) {
    self.session = session
    self.mesh = mesh
    meshID = try session.meshID(mesh)
    head = try session.head(ofMesh: meshID)
    guard head == expected else { throw .headMoved(expected: expected, found: head) }
    number = head?.next ?? RevisionNumber(1)
  }

  /// The open row of an object.
  private struct Current {
    var since: RevisionNumber
    var sort: ObjectSort
    var digest: Digest
  }

  mutating func request(_ change: RequestedChange) throws(StoreError) {
    guard requested.insert(change.id).inserted else { throw .changedTwice(change.id) }
    switch change {
    case .put(let content): try put(content)
    case .remove(let id): try remove(id)
    }
  }

  private mutating func put(_ content: StoredContent) throws(StoreError) {
    let id = content.id
    let digest = Digest(hashing: content.canonical)
    let sort = id.kind.sort
    let (object, bucket) = try self.object(id)
    let current = try current(object)
    if let current {
      if current.digest == digest, current.sort == sort { return }
      try close(object, current, bucket: bucket)
      counts.changed += 1
      changes.append(ObjectChange(id: id, change: .changed(from: current.digest, to: digest)))
    } else {
      counts.added += 1
      changes.append(ObjectChange(id: id, change: .added(digest)))
    }
    let contentID = try stored(digest, content.canonical, Query.content, Query.insertContent)
    let sourceID = try stored(Digest(hashing: content.text), content.text, Query.source, Query.insertSource)
    try session.run(
      Query.open,
      [
        .integer(meshID), .integer(object), .revision(number), .integer(contentID), .integer(sourceID),
        .text(content.file), .integer(Int64(content.line)), .text(sort.rawValue), .integer(Int64(bucket)),
      ])
    touched.insert(sort, bucket: bucket)
  }

  private mutating func remove(_ id: ObjectID) throws(StoreError) {
    guard let (object, bucket) = try self.object(ifAny: id), let current = try current(object) else { return }
    try close(object, current, bucket: bucket)
    counts.removed += 1
    changes.append(ObjectChange(id: id, change: .removed(current.digest)))
  }

  private mutating func close(_ object: Int64, _ current: Current, bucket: Int) throws(StoreError) {
    try session.run(
      Query.close, [.revision(number), .integer(meshID), .integer(object), .revision(current.since)])
    touched.insert(current.sort, bucket: bucket)
  }

  /// Requests whatever leads from the head to the state of an older revision.
  mutating func requestState(of target: RevisionNumber, scope: RollbackScope) throws(StoreError) {
    guard let head else { return }
    for change in try session.changes(mesh: meshID, from: head.value, to: target.value) {
      switch change.change {
      case .added, .changed:
        let values: [SQLiteValue] = [.integer(meshID), .revision(target)] + change.id.values
        let old = try session.first(StateQuery.oneObject, values) {
          (row) throws(StoreError) in try row.storedObject()
        }
        guard let old else { throw .damaged(.missingObject(target)) }
        guard scope == .everything || old.version.sort == .managed else { continue }
        try request(.put(old.content))
      case .removed:
        guard scope == .everything || change.id.kind.sort == .managed else { continue }
        try request(.remove(change.id))
      }
    }
  }

  /// Writes the revision and its audit line. Where nothing changed, nothing was written.
  mutating func finish(_ note: CommitNote) throws(StoreError) -> AppendOutcome {
    guard !changes.isEmpty else { return .unchanged(head: head) }
    let roots = try DigestTree(session: session, mesh: meshID).update(touched)
    let digest = MeshDigest.meshDigest(managed: roots.managed, context: roots.context)
    let revision = Revision(
      mesh: mesh, number: number, parent: head, author: note.signature.person, message: note.message,
      time: note.signature.time, cause: note.cause, digest: digest, managedDigest: roots.managed, counts: counts)
    try insert(revision)
    try session.record(AuditLine(revision))
    return .committed(revision, changes.sorted { $0.id < $1.id })
  }

  private func insert(_ revision: Revision) throws(StoreError) {
    let cause: String
    var rollbackOf: Int64?
    switch revision.cause {
    case .apply: cause = "apply"
    case .delete: cause = "delete"
    case .rollback(let target):
      cause = "rollback"
      rollbackOf = target.value
    }
    try session.run(
      Query.insertRevision,
      [
        .integer(meshID), .revision(revision.number), .optional(revision.parent?.value), .text(revision.author),
        .text(revision.message), .time(revision.time), .text(cause), .optional(rollbackOf),
        .digest(revision.digest), .digest(revision.managedDigest), .integer(Int64(counts.added)),
        .integer(Int64(counts.changed)), .integer(Int64(counts.removed)),
      ])
  }

  private func object(ifAny id: ObjectID) throws(StoreError) -> (Int64, Int)? {
    try session.first(Query.object, id.values) { (row) throws(StoreError) in (row.integer(0), Int(row.integer(1))) }
  }

  private func object(_ id: ObjectID) throws(StoreError) -> (Int64, Int) {
    if let found = try object(ifAny: id) { return found }
    let key = MeshDigest.key(of: id)
    let bucket = MeshDigest.bucket(ofKey: key)
    let row = try session.insert(Query.insertObject, id.values + [.digest(key), .integer(Int64(bucket))])
    return (row, bucket)
  }

  private func current(_ object: Int64) throws(StoreError) -> Current? {
    try session.first(Query.current, [.integer(meshID), .integer(object)]) { (row) throws(StoreError) in
      Current(since: row.revision(0), sort: try row.choice(1), digest: try row.digest(2))
    }
  }

  /// The row that holds these bytes, written only when no row does.
  private func stored(
    _ digest: Digest, _ bytes: [UInt8], _ find: String, _ insert: String
  ) throws(StoreError) -> Int64 {
    let found = try session.first(find, [.digest(digest)]) { (row) throws(StoreError) in row.integer(0) }
    if let found { return found }
    return try session.insert(insert, [.digest(digest), .blob(bytes)])
  }
}
