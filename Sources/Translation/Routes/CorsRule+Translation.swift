import MeshModel
import ProxyModel

extension CorsRule {
  /// CO-1, CO-2.
  init(translating policy: CorsPolicy, origin: Origin) {
    self.init()
    self.origin = origin
    if policy.allowOrigins.isEmpty {
      allowOrigins = policy.allowOrigin.map { StringMatcher(.exact($0)) }
    } else {
      allowOrigins = policy.allowOrigins.compactMap { condition in
        guard case .string(let match) = condition else { return nil }
        return StringMatcher(translating: match)
      }
    }
    allowMethods = policy.allowMethods.joined(separator: ",")
    allowHeaders = policy.allowHeaders.joined(separator: ",")
    exposeHeaders = policy.exposeHeaders.joined(separator: ",")
    maxAge = policy.maxAge.map { String($0.nanoseconds / 1_000_000_000) }
    allowCredentials = policy.allowCredentials
    forwardsUnmatchedPreflights = policy.unmatchedPreflights != .ignore
  }
}
