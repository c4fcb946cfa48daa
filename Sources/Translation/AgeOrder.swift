import MeshModel

extension Sequence where Element == MeshObject {
  /// OR-1: the oldest first, then by name, then by namespace; an object without a time counts as the oldest (OR-4).
  func sortedByAge() -> [MeshObject] {
    sorted { a, b in
      let (first, second) = (a.metadata.creationTime ?? Int64.min, b.metadata.creationTime ?? Int64.min)
      if first != second { return first < second }
      if a.id.name != b.id.name { return a.id.name < b.id.name }
      return a.id.namespace < b.id.namespace
    }
  }
}

extension MeshConfig {
  /// RN-1.
  var rootNamespaceName: String { rootNamespace ?? "istio-system" }
  /// DF-1.
  var trustDomainName: String { trustDomain ?? "cluster.local" }
}
