import History
import MeshModel
import SQLite

private enum Query {
  static let leaves = """
    SELECT o.key, c.digest FROM object_history h INDEXED BY object_history_current_bucket
      JOIN object o ON o.id = h.object JOIN content c ON c.id = h.content
    WHERE h.mesh = ? AND h.sort = ? AND h.bucket = ? AND h.to_revision = 9223372036854775807
    """
  static let nodes = """
    SELECT place, digest FROM digest_node WHERE mesh = ? AND sort = ? AND level = ? AND place >= ? AND place < ?
    """
  static let put = """
    INSERT INTO digest_node (mesh, sort, level, place, digest) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (mesh, sort, level, place) DO UPDATE SET digest = ?5
    """
}

/// The stored tree of digests of a mesh's newest state (see `MeshDigest`).
struct DigestTree {
  let session: Session
  let mesh: Int64

  /// The buckets that a commit changed something in.
  struct Touched {
    private(set) var managed: Set<Int> = []
    private(set) var context: Set<Int> = []

    mutating func insert(_ sort: ObjectSort, bucket: Int) {
      switch sort {
      case .managed: managed.insert(bucket)
      case .context: context.insert(bucket)
      }
    }
  }

  /// Brings the touched buckets and what is above them up to date, and gives both roots.
  func update(_ touched: Touched) throws(StoreError) -> (managed: Digest, context: Digest) {
    (managed: try update(.managed, touched.managed), context: try update(.context, touched.context))
  }

  private func update(_ sort: ObjectSort, _ buckets: Set<Int>) throws(StoreError) -> Digest {
    var groups: Set<Int> = []
    for bucket in buckets.sorted() {
      let values: [SQLiteValue] = [.integer(mesh), .text(sort.rawValue), .integer(Int64(bucket))]
      let leaves = try session.rows(Query.leaves, values) { (row) throws(StoreError) in
        MeshDigest.Leaf(key: try row.digest(0), content: try row.digest(1))
      }
      try put(MeshDigest.bucketDigest(leaves), sort, level: 0, place: bucket)
      groups.insert(bucket / MeshDigest.bucketsPerGroup)
    }
    for group in groups.sorted() {
      let start = group * MeshDigest.bucketsPerGroup
      let children = try nodes(sort, level: 0, start..<start + MeshDigest.bucketsPerGroup)
      try put(MeshDigest.nodeDigest(children), sort, level: 1, place: group)
    }
    return MeshDigest.nodeDigest(try nodes(sort, level: 1, 0..<MeshDigest.groupCount))
  }

  /// The digests of a range of places; those never written are zero.
  func nodes(_ sort: ObjectSort, level: Int64, _ places: Range<Int>) throws(StoreError) -> [Digest] {
    var result = [Digest](repeating: .zero, count: places.count)
    let range: [SQLiteValue] = [.integer(Int64(places.lowerBound)), .integer(Int64(places.upperBound))]
    let values: [SQLiteValue] = [.integer(mesh), .text(sort.rawValue), .integer(level)] + range
    let found = try session.rows(Query.nodes, values) { (row) throws(StoreError) in
      (place: Int(row.integer(0)), digest: try row.digest(1))
    }
    for node in found { result[node.place - places.lowerBound] = node.digest }
    return result
  }

  private func put(_ digest: Digest, _ sort: ObjectSort, level: Int64, place: Int) throws(StoreError) {
    try session.run(
      Query.put,
      [.integer(mesh), .text(sort.rawValue), .integer(level), .integer(Int64(place)), .digest(digest)])
  }
}
