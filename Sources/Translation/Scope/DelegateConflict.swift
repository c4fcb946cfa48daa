package import MeshModel

/// Whether a match of a delegate could reach beyond a match of its root (DG-9).
package enum DelegateConflict {
  package static func exists(root: HTTPMatchRequest, delegate: HTTPMatchRequest) -> Bool {
    if strings(root.uri, delegate.uri) || strings(root.scheme, delegate.scheme) { return true }
    if strings(root.method, delegate.method) || strings(root.authority, delegate.authority) { return true }
    if maps(root.headers, delegate.headers) || maps(root.withoutHeaders, delegate.withoutHeaders) { return true }
    if maps(root.queryParams, delegate.queryParams) { return true }
    if root.ignoreUriCase != delegate.ignoreUriCase { return true }
    if root.port > 0, delegate.port > 0, root.port != delegate.port { return true }
    if !root.sourceNamespace.isEmpty, root.sourceNamespace != delegate.sourceNamespace { return true }
    if delegate.sourceLabels.contains(where: { label, value in root.sourceLabels[label].map { $0 != value } ?? false })
    {
      return true
    }
    return gateways(root.gateways, delegate.gateways)
  }

  private static func gateways(_ root: [String], _ delegate: [String]) -> Bool {
    if root.isEmpty || delegate.isEmpty { return false }
    return delegate.count > root.count || !delegate.allSatisfy(root.contains)
  }

  /// Only names on both sides can conflict.
  private static func maps(_ root: [NamedMatch], _ delegate: [NamedMatch]) -> Bool {
    delegate.contains { one in
      guard let other = root.first(where: { $0.name == one.name }) else { return false }
      return strings(other.condition, one.condition)
    }
  }

  /// An empty text counts like no condition at all, which conflicts with everything but absence.
  private static func strings(_ root: MatchCondition?, _ delegate: MatchCondition?) -> Bool {
    guard let root, let delegate, root != .null, delegate != .null else { return false }
    let trunk = meaning(root)
    let leaf = meaning(delegate)
    switch (trunk, leaf) {
    case (.exact(let text), .exact(let other)): return text.utf8.elementsEqual(other.utf8) == false
    case (.prefix(let text), .prefix(let other)), (.prefix(let text), .exact(let other)):
      return !other.utf8.starts(with: text.utf8)
    case (.exact, .prefix), (.regex, _), (.exact, _), (.prefix, _), (nil, _): return true
    }
  }

  private static func meaning(_ condition: MatchCondition) -> StringMatch? {
    guard case .string(let match) = condition else { return nil }
    switch match {
    case .exact(let text), .prefix(let text), .regex(let text): return text.isEmpty ? nil : match
    }
  }
}
