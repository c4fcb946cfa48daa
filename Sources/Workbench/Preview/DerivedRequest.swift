package import MeshModel

/// A request that was made up for one rule.
package struct DerivedRequest: Sendable {
  package var line: RequestLine
  /// The rule and match that take it, such as `spec.http[0].match[1]`.
  package var rule: Origin
  /// The root's rule, where the rule is a delegate's.
  package var delegatedBy: Origin?
}

/// A rule, and why no request was made up for it.
package struct UnreachedRule: Hashable, Sendable {
  package var rule: Origin
  package var reason: Reason

  package enum Reason: Hashable, Sendable {
    /// Everything that it would take goes to an earlier rule (nil: one that Istio makes by itself).
    case shadowed(by: Origin?)
    /// Only a request with a token of certain claims gets there.
    case needsToken
    /// None of those thought of gets there.
    case notFound
    /// No proxy has it: its gateways, source labels or hosts are nobody's.
    case noProxy
  }
}

/// A request and what it is called: one of a test, or one that was made up.
package struct NamedRequest: Sendable {
  package var name: String
  package var line: RequestLine

  package init(name: String, line: RequestLine) {
    self.name = name
    self.line = line
  }
}
