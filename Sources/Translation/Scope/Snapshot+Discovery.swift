import MeshModel

extension Snapshot {
  /// The part that istiod looks at: objects of namespaces that `discoverySelectors` choose, and those without a namespace.
  func discovered() -> Snapshot {
    let selectors = meshConfig.discoverySelectors
    if selectors.isEmpty { return self }
    var labels: [String: [String: String]] = [:]
    for object in objects(of: .namespace) { labels[object.id.name] = object.metadata.labels }
    var verdicts: [String: Bool] = [:]
    let kept = objects.filter { object in
      let namespace = object.id.kind == .namespace ? object.id.name : object.id.namespace
      guard !namespace.isEmpty, object.id.kind != .configMap else { return true }
      if let known = verdicts[namespace] { return known }
      var own = labels[namespace] ?? [:]
      own["kubernetes.io/metadata.name"] = namespace
      let verdict = selectors.contains { $0.matches(own) }
      verdicts[namespace] = verdict
      return verdict
    }
    return Snapshot(kept, meshConfig: meshConfigSource == nil ? meshConfig : nil)
  }
}

extension LabelSelector {
  /// As Kubernetes reads it; an empty selector matches everything.
  func matches(_ labels: [String: String]) -> Bool {
    labels.contains(all: matchLabels) && matchExpressions.allSatisfy { $0.matches(labels) }
  }
}

extension LabelRequirement {
  fileprivate func matches(_ labels: [String: String]) -> Bool {
    switch `operator` {
    case "In": labels[key].map(values.contains) ?? false
    case "NotIn": !(labels[key].map(values.contains) ?? false)
    case "Exists": labels[key] != nil
    case "DoesNotExist": labels[key] == nil
    default: false
    }
  }
}
