package import Comparison
package import MeshModel

/// How a cluster differs from a revision: «from» is what was stored, «to» what the cluster has.
package struct MeshDrift: Hashable, Sendable {
  /// Sorted by identity; `added` is only in the cluster, `removed` only in the store.
  package private(set) var objects: [ObjectDifference] = []
  /// How many objects are as they were stored.
  package private(set) var same = 0
  package private(set) var omitted: [Omitted] = []
  /// Kinds of routing that the dump has nothing of although objects of them are missing there.
  package private(set) var absentKinds: [ObjectKind] = []

  /// Objects of one kind that were not compared, for one reason.
  package struct Omitted: Hashable, Sendable {
    package var kind: ObjectKind
    package var reason: DriftScope.Omission
    package var count: Int

    package init(kind: ObjectKind, reason: DriftScope.Omission, count: Int) {
      self.kind = kind
      self.reason = reason
      self.count = count
    }
  }

  package var isFound: Bool { !objects.isEmpty }

  package init(stored: [ObjectID: Value], live: [ObjectID: Value], scope: DriftScope = DriftScope()) {
    var left = Omissions()
    let kindsOfDump = Set(live.keys.map(\.kind))
    for id in Set(stored.keys).union(live.keys).sorted() {
      if let reason = scope.omission(id) {
        // What only the store keeps out of scope, such as tests, is nothing that a cluster could miss.
        if live[id] != nil { left.note(id.kind, reason) }
        continue
      }
      let isManaged = id.kind.sort == .managed
      if live[id] == nil, !isManaged, !kindsOfDump.contains(id.kind) {
        left.note(id.kind, .notInDump)
        continue
      }
      if stored[id] == nil, let found = live[id],
        ServerNotes.isOfEveryCluster(id) || ServerNotes.isMadeByController(found)
      {
        left.note(id.kind, .madeByCluster)
        continue
      }
      if let difference = Self.difference(id, stored[id], live[id]) {
        objects.append(difference)
      } else {
        same += 1
      }
    }
    omitted = left.sorted
    let missing = Set(objects.filter { $0.kind == .removed }.map(\.id.kind))
    absentKinds = missing.subtracting(kindsOfDump).sorted()
  }

  private static func difference(_ id: ObjectID, _ stored: Value?, _ live: Value?) -> ObjectDifference? {
    guard let stored, let live else { return ObjectDifference(id: id, from: stored, to: live) }
    // Most objects are as they were, word for word.
    if stored == live { return nil }
    let old = ClusterForm.of(stored, id.kind)
    let new = Allocations.removed(from: ClusterForm.of(live, id.kind), old, id.kind)
    return ObjectDifference(id: id, from: old, to: new)
  }

  private struct Omissions {
    private var counts: [Omitted: Int] = [:]

    mutating func note(_ kind: ObjectKind, _ reason: DriftScope.Omission) {
      counts[Omitted(kind: kind, reason: reason, count: 0), default: 0] += 1
    }

    var sorted: [Omitted] {
      counts.map { Omitted(kind: $0.key.kind, reason: $0.key.reason, count: $0.value) }
        .sorted { ($0.reason.rawValue, $0.kind) < ($1.reason.rawValue, $1.kind) }
    }
  }
}
