/// One rule of `spec.http`: conditions, one action, and what goes with it.
package struct HTTPRoute: Hashable, Sendable {
  package var name: String = ""
  package var match: [HTTPMatchRequest] = []
  package var route: [HTTPRouteDestination] = []
  package var redirect: HTTPRedirect?
  package var directResponse: HTTPDirectResponse?
  package var delegate: Delegate?
  package var rewrite: HTTPRewrite?
  package var timeout: ProtoDuration?
  package var retries: HTTPRetry?
  package var fault: HTTPFaultInjection?
  package var mirror: Destination?
  package var mirrors: [HTTPMirrorPolicy] = []
  /// Deprecated whole percents; `mirrorPercentage` wins (MR-1).
  package var mirrorPercent: UInt32?
  package var mirrorPercentage: Percent?
  package var corsPolicy: CorsPolicy?
  package var headers: Headers?

  package init() {}
}

/// The VirtualService whose rules stand in for a rule (DG-2).
package struct Delegate: Hashable, Sendable {
  package var name: String = ""
  package var namespace: String = ""

  package init() {}
}

/// A share in percent, from 0 to 100; absent `value` is 0.
package struct Percent: Hashable, Sendable {
  package var value: Double?

  package init() {}
}
