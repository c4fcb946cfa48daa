/// CV-10, CV-11.
package struct OutlierDetection: Hashable, Sendable {
  /// Deprecated; has no effect.
  package var consecutiveErrors: Int = 0
  package var splitExternalLocalOriginErrors: Bool = false
  package var consecutiveLocalOriginFailures: UInt32?
  package var consecutiveGatewayErrors: UInt32?
  package var consecutive5xxErrors: UInt32?
  package var interval: ProtoDuration?
  package var baseEjectionTime: ProtoDuration?
  package var maxEjectionPercent: Int = 0
  package var minHealthPercent: Int = 0

  package init() {}
}
