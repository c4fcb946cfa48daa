package import MeshModel

/// How the digest of a whole mesh is made, so that one changed object costs a few hashes and not the mesh's size.
///
/// Objects fall into 4,096 buckets by the first bits of the hash of their identity. A bucket's digest covers its
/// objects' identities and contents, 64 buckets make a group and 64 groups a root; managed and context objects have
/// a tree each, and the mesh's digest covers both roots. It depends on the state alone, never on the way to it.
/// (A plain sum of hashes would be shorter, but sums of 256 bits can be forged.)
package enum MeshDigest {
  package static let bucketCount = 4096
  package static let bucketsPerGroup = 64
  package static let groupCount = bucketCount / bucketsPerGroup

  /// One object in the tree.
  package struct Leaf: Hashable, Sendable {
    package var key: Digest
    package var content: Digest

    package init(key: Digest, content: Digest) {
      self.key = key
      self.content = content
    }
  }

  package static func key(of id: ObjectID) -> Digest {
    var fields = DigestFields("drydock object")
    fields.append(id.kind.group)
    fields.append(id.kind.kind)
    fields.append(id.namespace)
    fields.append(id.name)
    return fields.digest
  }

  package static func bucket(ofKey key: Digest) -> Int { key.leadingBits(12) }

  /// The digest of one bucket; zero when it is empty.
  package static func bucketDigest(_ leaves: [Leaf]) -> Digest {
    guard !leaves.isEmpty else { return .zero }
    var fields = DigestFields("drydock bucket")
    for leaf in leaves.sorted(by: { $0.key < $1.key }) {
      fields.append(leaf.key)
      fields.append(leaf.content)
    }
    return fields.digest
  }

  /// The digest of a group's 64 buckets or of the 64 groups; zero when all are empty.
  package static func nodeDigest(_ children: [Digest]) -> Digest {
    guard children.contains(where: { $0 != .zero }) else { return .zero }
    var fields = DigestFields("drydock node")
    for child in children { fields.append(child) }
    return fields.digest
  }

  /// The digest of the mesh from the roots of its two trees.
  package static func meshDigest(managed: Digest, context: Digest) -> Digest {
    var fields = DigestFields("drydock mesh")
    fields.append(managed)
    fields.append(context)
    return fields.digest
  }

  /// The root over all objects of one sort, computed from nothing: what the incremental way is checked against.
  package static func root(of leaves: [Leaf]) -> Digest {
    var buckets: [Int: [Leaf]] = [:]
    for leaf in leaves { buckets[bucket(ofKey: leaf.key), default: []].append(leaf) }
    let groups = (0..<groupCount).map { group in
      nodeDigest(
        (0..<bucketsPerGroup).map { place in bucketDigest(buckets[group * bucketsPerGroup + place] ?? []) })
    }
    return nodeDigest(groups)
  }
}
