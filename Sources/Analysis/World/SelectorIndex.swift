/// Finds the objects that have some labels without looking at all of them.
package struct SelectorIndex {
  package let all: [Resource]
  private var places: [String: [Int]] = [:]
  private var namespaces: [String: [Int]] = [:]

  package init(_ resources: [Resource]) {
    all = resources
    for (place, resource) in resources.enumerated() {
      for (key, value) in resource.labels { places["\(key)=\(value)", default: []].append(place) }
      namespaces[resource.namespace, default: []].append(place)
    }
  }

  /// Whether one has the labels; stops at the first.
  package func hasMatch(_ selector: [String: String], in namespace: String? = nil) -> Bool {
    candidates(selector, namespace).contains { isSelected(all[$0], selector, namespace) }
  }

  package func matching(_ selector: [String: String], in namespace: String? = nil) -> [Resource] {
    candidates(selector, namespace).filter { isSelected(all[$0], selector, namespace) }.map { all[$0] }
  }

  private func isSelected(_ resource: Resource, _ selector: [String: String], _ namespace: String?) -> Bool {
    (namespace == nil || resource.namespace == namespace) && resource.labels.holds(selector)
  }

  /// The places of the rarest label, or of the namespace.
  private func candidates(_ selector: [String: String], _ namespace: String?) -> [Int] {
    var candidates = namespace.map { namespaces[$0] ?? [] } ?? nil
    for (key, value) in selector {
      let found = places["\(key)=\(value)"] ?? []
      if candidates.map({ found.count < $0.count }) ?? true { candidates = found }
    }
    return candidates ?? Array(all.indices)
  }

  package func of(_ namespace: String) -> [Resource] { (namespaces[namespace] ?? []).map { all[$0] } }
}

extension [String: String] {
  /// Whether all pairs of the other are among these; an empty selector selects everything.
  package func holds(_ selector: [String: String]) -> Bool {
    selector.allSatisfy { key, value in self[key].map { $0.utf8.elementsEqual(value.utf8) } == true }
  }

  /// `a=b,c=d`.
  package var selectorText: String {
    sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { "\($0.key)=\($0.value)" }
      .joined(separator: ",")
  }
}
