import MeshModel
import ProxyModel

/// The forwarding action of one rule, and what its single destination adds to the rule's headers.
struct Forwarding {
  let context: RouteContext
  let rule: ResolvedHTTPRule
  /// HD-3; empty when there are several destinations.
  private(set) var destinationRequestHeaders = HeaderMutation()
  private(set) var destinationResponseHeaders = HeaderMutation()

  init(context: RouteContext, rule: ResolvedHTTPRule) {
    self.context = context
    self.rule = rule
  }

  mutating func translated() -> Forward {
    let content = rule.rule
    var forward = Forward(target: .weighted([]))
    let timeout = content.timeout.map(\.milliseconds) ?? 0
    forward.timeoutMilliseconds = timeout  // TR-1
    forward.maxGRPCTimeoutMilliseconds = timeout
    forward.hostRewrite = content.headers?.request.flatMap(\.authority)
    if let rewrite = content.rewrite { apply(rewrite, to: &forward) }
    forward.mirrors = mirrors()
    var isHashing = false
    if content.route.count == 1 {  // HR-35
      let entry = content.route[0]
      forward.target = .cluster(context.cluster(of: entry.destination))
      destinationRequestHeaders = HeaderMutation(translating: entry.headers?.request)
      destinationResponseHeaders = HeaderMutation(translating: entry.headers?.response)
      forward.hostRewrite = forward.hostRewrite ?? entry.headers?.request.flatMap(\.authority)  // RW-4
      let hash = context.hashKeys.hash(for: entry.destination)
      isHashing = hash != nil
      if let policy = hash.flatMap(HashPolicy.init(translating:)) { forward.hashPolicies.append(policy) }
    } else {
      forward.target = .weighted(weighted(hashPolicies: &forward.hashPolicies))
    }
    forward.retry = retry(isHashing: isHashing)
    return forward
  }

  /// RT-1, RT-7.
  private func retry(isHashing: Bool) -> RetryPolicy? {
    guard let written = rule.rule.retries else {
      return isHashing ? context.defaults.retryWhenHashing : context.defaults.retry
    }
    return RetryPolicy.translated(written, isHashing: isHashing, origin: rule.origin(ofField: "retries"))
  }

  /// RW-1, RW-2, RW-4, RW-6.
  private func apply(_ rewrite: HTTPRewrite, to forward: inout Forward) {
    forward.appendsForwardedHost = context.defaults.appendsForwardedHost
    if let regex = rewrite.uriRegexRewrite {
      forward.pathRewrite = .regex(pattern: regex.match, substitution: regex.rewrite)
    } else if !rewrite.uri.isEmpty {
      forward.pathRewrite = .matched(with: rewrite.uri)
    }
    if !rewrite.authority.isEmpty { forward.hostRewrite = rewrite.authority }
  }

  /// HR-35, HD-4, HA-4.
  private func weighted(hashPolicies: inout [HashPolicy]) -> [WeightedCluster] {
    var result: [WeightedCluster] = []
    for (place, entry) in rule.rule.route.enumerated() where entry.weight != 0 {
      let origin = Origin(object: rule.origin.object, field: rule.origin.field + ".route[\(place)]")
      var cluster = WeightedCluster(
        cluster: context.cluster(of: entry.destination), weight: UInt32(clamping: entry.weight), origin: origin)
      cluster.requestHeaders = HeaderMutation(translating: entry.headers?.request)
      cluster.responseHeaders = HeaderMutation(translating: entry.headers?.response)
      cluster.hostRewrite = entry.headers?.request.flatMap(\.authority)
      result.append(cluster)
      if let policy = context.hashKeys.hash(for: entry.destination).flatMap(HashPolicy.init(translating:)) {
        hashPolicies.append(policy)
      }
    }
    return result
  }

  /// MR-1, MR-2.
  private func mirrors() -> [Mirror] {
    let content = rule.rule
    var result: [Mirror] = []
    if let destination = content.mirror,
      let share = Self.share(content.mirrorPercentage, percent: content.mirrorPercent)
    {
      result.append(
        Mirror(cluster: context.cluster(of: destination), share: share, origin: rule.origin(ofField: "mirror")))
    }
    guard !content.mirrors.isEmpty else { return result }
    let list = rule.origin(ofField: "mirrors")
    for (place, policy) in content.mirrors.enumerated() {
      guard let destination = policy.destination, let share = Self.share(policy.percentage, percent: nil) else {
        continue
      }
      let origin = Origin(object: list.object, field: list.field + "[\(place)]")
      result.append(Mirror(cluster: context.cluster(of: destination), share: share, origin: origin))
    }
    return result
  }

  /// MR-1: not given is always, an explicit 0 is no mirror.
  private static func share(_ percentage: Percent?, percent: UInt32?) -> Share? {
    if let percentage {
      return (percentage.value ?? 0) > 0 ? Share(translating: percentage) : nil
    }
    guard let percent else { return .always }
    return percent > 0 ? Share(numerator: percent, denominator: 100) : nil
  }
}

extension Share {
  /// FT-1: cut off behind the fourth decimal of a percent.
  init(translating percentage: Percent) {
    let value = (percentage.value ?? 0) * 10_000
    self.init(numerator: value > 0 ? UInt32(min(value, Double(UInt32.max))) : 0, denominator: 1_000_000)
  }
}

extension ProtoDuration {
  /// Whole milliseconds, as Envoy takes them.
  var milliseconds: Int64 { nanoseconds / 1_000_000 }
}
