import MeshModel
import ProxyModel

/// One rule out of a root's rule and a delegate's (DG-4 to DG-9).
enum DelegateMerge {
  /// nil when a match of the delegate conflicts with every match of the root (DG-7).
  static func merge(root: ResolvedHTTPRule, delegate: ResolvedHTTPRule) -> ResolvedHTTPRule? {
    guard var result = mergeMatches(root: root, delegate: delegate) else { return nil }
    result.rule.delegate = nil
    result.rule.name = joined(root.rule.name, delegate.rule.name)  // DG-6
    inherit(root, into: &result)
    return result
  }

  /// DG-7: delegate by delegate, and for each one root by root.
  private static func mergeMatches(root: ResolvedHTTPRule, delegate: ResolvedHTTPRule) -> ResolvedHTTPRule? {
    var result = delegate
    if root.rule.match.isEmpty {
      result.delegatedBy = delegate.rule.match.map { _ in root.origin }
      result.ruleDelegatedBy = root.origin
      return result
    }
    if delegate.rule.match.isEmpty {
      result.rule.match = root.rule.match
      result.matchOrigins = root.rule.match.map { _ in delegate.origin }
      result.delegatedBy = root.matchOrigins
      return result
    }
    result.rule.match = []
    result.matchOrigins = []
    for (place, leaf) in delegate.rule.match.enumerated() {
      var isPossible = false
      for (rootPlace, trunk) in root.rule.match.enumerated() where !DelegateConflict.exists(root: trunk, delegate: leaf)
      {
        isPossible = true
        result.rule.match.append(merge(root: trunk, delegate: leaf))
        result.matchOrigins.append(delegate.matchOrigins[place])
        result.delegatedBy.append(root.matchOrigins[rootPlace])
      }
      guard isPossible else { return nil }
    }
    return result
  }

  /// DG-8.
  private static func merge(root: HTTPMatchRequest, delegate: HTTPMatchRequest) -> HTTPMatchRequest {
    var result = delegate
    result.name = joined(root.name, delegate.name)
    result.uri = delegate.uri ?? root.uri
    result.scheme = delegate.scheme ?? root.scheme
    result.method = delegate.method ?? root.method
    result.authority = delegate.authority ?? root.authority
    result.headers = union(root.headers, delegate.headers)
    result.withoutHeaders = union(root.withoutHeaders, delegate.withoutHeaders)
    result.queryParams = union(root.queryParams, delegate.queryParams)
    if result.port == 0 { result.port = root.port }
    result.sourceLabels = root.sourceLabels.merging(delegate.sourceLabels) { _, new in new }
    if result.sourceNamespace.isEmpty { result.sourceNamespace = root.sourceNamespace }
    if result.gateways.isEmpty { result.gateways = root.gateways }
    if result.statPrefix.isEmpty { result.statPrefix = root.statPrefix }
    return result
  }

  private static func union(_ root: [NamedMatch], _ delegate: [NamedMatch]) -> [NamedMatch] {
    root.filter { one in !delegate.contains { $0.name == one.name } } + delegate
  }

  private static func joined(_ root: String, _ delegate: String) -> String {
    if root.isEmpty || delegate.isEmpty { return root + delegate }
    return root + "-" + delegate
  }

  /// DG-5: what the delegate leaves open comes from the root, as a whole.
  private static func inherit(_ root: ResolvedHTTPRule, into result: inout ResolvedHTTPRule) {
    let from = root.rule
    var fields: [String] = []
    func fill<T>(_ name: String, _ target: inout T?, _ value: T?) {
      guard target == nil, let value else { return }
      target = value
      fields.append(name)
    }
    fill("rewrite", &result.rule.rewrite, from.rewrite)
    fill("directResponse", &result.rule.directResponse, from.directResponse)
    fill("timeout", &result.rule.timeout, from.timeout)
    fill("retries", &result.rule.retries, from.retries)
    fill("fault", &result.rule.fault, from.fault)
    fill("mirror", &result.rule.mirror, from.mirror)
    fill("mirrorPercent", &result.rule.mirrorPercent, from.mirrorPercent)
    fill("mirrorPercentage", &result.rule.mirrorPercentage, from.mirrorPercentage)
    fill("corsPolicy", &result.rule.corsPolicy, from.corsPolicy)
    fill("headers", &result.rule.headers, from.headers)
    if result.rule.mirrors.isEmpty, !from.mirrors.isEmpty {
      result.rule.mirrors = from.mirrors
      fields.append("mirrors")
    }
    for name in fields { result.inherited[name] = root.origin(ofField: name) }
  }
}
