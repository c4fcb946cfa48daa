/// The digests of one sort of objects in memory, brought up to date change by change (see `MeshDigest`).
package struct MeshDigestTree: Sendable {
  private var leaves: [Int: [Digest: Digest]] = [:]
  private var buckets = [Digest](repeating: .zero, count: MeshDigest.bucketCount)
  private var groups = [Digest](repeating: .zero, count: MeshDigest.groupCount)
  private var touched: Set<Int> = []

  package init() {}

  /// Sets an object's content; nil takes the object away.
  package mutating func set(_ content: Digest?, forKey key: Digest) {
    let bucket = MeshDigest.bucket(ofKey: key)
    leaves[bucket, default: [:]][key] = content
    touched.insert(bucket)
  }

  /// The root as of now; only what was touched since the last call is hashed again.
  package mutating func root() -> Digest {
    var touchedGroups: Set<Int> = []
    for bucket in touched {
      let members = (leaves[bucket] ?? [:]).map { MeshDigest.Leaf(key: $0.key, content: $0.value) }
      buckets[bucket] = MeshDigest.bucketDigest(members)
      touchedGroups.insert(bucket / MeshDigest.bucketsPerGroup)
    }
    touched = []
    for group in touchedGroups {
      let start = group * MeshDigest.bucketsPerGroup
      groups[group] = MeshDigest.nodeDigest(Array(buckets[start..<start + MeshDigest.bucketsPerGroup]))
    }
    return MeshDigest.nodeDigest(groups)
  }

  /// The digests of all buckets and of all groups, as of the last `root()`.
  package var levels: (buckets: [Digest], groups: [Digest]) { (buckets, groups) }
}
