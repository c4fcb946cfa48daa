/// Cross-origin policy of a rule (CO-1).
package struct CorsPolicy: Hashable, Sendable {
  /// Deprecated exact list.
  package var allowOrigin: [String] = []
  package var allowOrigins: [MatchCondition] = []
  package var allowMethods: [String] = []
  package var allowHeaders: [String] = []
  package var exposeHeaders: [String] = []
  package var maxAge: ProtoDuration?
  package var allowCredentials: Bool?
  package var unmatchedPreflights: UnmatchedPreflights?

  package init() {}
}

/// What happens to a preflight whose origin is not allowed (CO-2).
package enum UnmatchedPreflights: String, Hashable, Sendable, CaseIterable {
  case unspecified = "UNSPECIFIED"
  case forward = "FORWARD"
  case ignore = "IGNORE"
}
