/// A whole mesh at one moment: every object, found by identity and by kind.
package struct Snapshot: Sendable {
  /// Sorted by identity.
  package let objects: [MeshObject]
  package let meshConfig: MeshConfig
  /// The ConfigMap that `meshConfig` came from; nil when it is all defaults or was given by itself.
  package let meshConfigSource: ObjectID?
  private let index: [ObjectID: Int]
  private let ranges: [ObjectKind: Range<Int>]

  /// A later object of the same identity replaces an earlier one; `meshConfig` overrides the ConfigMap's.
  package init(_ given: [MeshObject], meshConfig override: MeshConfig? = nil) {
    objects = Self.sorted(given)
    var index: [ObjectID: Int] = [:]
    var ranges: [ObjectKind: Range<Int>] = [:]
    index.reserveCapacity(objects.count)
    for (place, object) in objects.enumerated() {
      index[object.id] = place
      let start = ranges[object.id.kind]?.lowerBound ?? place
      ranges[object.id.kind] = start..<(place + 1)
    }
    self.index = index
    self.ranges = ranges
    let place = ObjectID(kind: .configMap, namespace: "istio-system", name: "istio")
    if let override {
      meshConfig = override
      meshConfigSource = nil
    } else if let at = index[place], case .configMap(let map) = objects[at].content, let found = map.meshConfig {
      meshConfig = found
      meshConfigSource = place
    } else {
      meshConfig = MeshConfig()
      meshConfigSource = nil
    }
  }

  private static func sorted(_ given: [MeshObject]) -> [MeshObject] {
    // What comes from a store is in order.
    let isSorted = given.indices.dropFirst().allSatisfy { given[$0 - 1].id < given[$0].id }
    if isSorted { return given }
    var latest: [ObjectID: Int] = [:]
    latest.reserveCapacity(given.count)
    for (place, object) in given.enumerated() { latest[object.id] = place }
    // Objects are large: their places are sorted, and each object is moved once.
    let places = latest.sorted { $0.key < $1.key }
    return places.map { given[$0.value] }
  }

  package subscript(id: ObjectID) -> MeshObject? {
    index[id].map { objects[$0] }
  }

  /// All objects of a kind, by namespace and name.
  package func objects(of kind: ObjectKind) -> ArraySlice<MeshObject> {
    objects[ranges[kind] ?? 0..<0]
  }
}
