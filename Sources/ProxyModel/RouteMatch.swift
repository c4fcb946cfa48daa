/// All conditions of a route; every one must hold.
package struct RouteMatch: Hashable, Sendable {
  package var path: PathMatcher
  /// PM-6: without effect on a regex.
  package var isCaseSensitive: Bool
  package var headers: [HeaderMatcher]
  package var queryParameters: [QueryParameterMatcher]
  /// Claims of a validated token (MT-9).
  package var claims: [ClaimMatcher]

  package init(
    path: PathMatcher = .prefix("/"), isCaseSensitive: Bool = true, headers: [HeaderMatcher] = [],
    queryParameters: [QueryParameterMatcher] = [], claims: [ClaimMatcher] = []
  ) {
    self.path = path
    self.isCaseSensitive = isCaseSensitive
    self.headers = headers
    self.queryParameters = queryParameters
    self.claims = claims
  }
}

/// PM-1: compared with the path without its query.
package enum PathMatcher: Hashable, Sendable {
  case prefix(String)
  case exact(String)
  /// PM-4: the path itself, or below it.
  case segmentPrefix(String)
  /// RE2 over the whole path.
  case regex(String)
}

/// A condition on one string. A regex is RE2 over the whole string and ignores `ignoresCase`.
package struct StringMatcher: Hashable, Sendable {
  package var kind: Kind
  package var ignoresCase: Bool

  package enum Kind: Hashable, Sendable {
    case exact(String)
    case prefix(String)
    case suffix(String)
    case contains(String)
    case regex(String)
  }

  package init(_ kind: Kind, ignoresCase: Bool = false) {
    self.kind = kind
    self.ignoresCase = ignoresCase
  }
}

/// HM-1 to HM-7.
package struct HeaderMatcher: Hashable, Sendable {
  /// Lower case; pseudo headers begin with a colon.
  package var name: String
  package var rule: Rule
  package var isInverted: Bool
  /// HM-6.
  package var treatsMissingAsEmpty: Bool
  /// The field of the rule it came from, relative to the match, such as `headers[end-user]`; empty when there is none.
  package var field: String

  package enum Rule: Hashable, Sendable {
    case present
    case string(StringMatcher)
  }

  package init(
    name: String, rule: Rule, isInverted: Bool = false, treatsMissingAsEmpty: Bool = false, field: String = ""
  ) {
    self.name = name
    self.rule = rule
    self.isInverted = isInverted
    self.treatsMissingAsEmpty = treatsMissingAsEmpty
    self.field = field
  }
}

/// QM-1 to QM-3.
package struct QueryParameterMatcher: Hashable, Sendable {
  package var name: String
  package var rule: HeaderMatcher.Rule
  package var field: String

  package init(name: String, rule: HeaderMatcher.Rule, field: String = "") {
    self.name = name
    self.rule = rule
    self.field = field
  }
}

/// MT-9: one claim of a validated token, by its path.
package struct ClaimMatcher: Hashable, Sendable {
  package var path: [String]
  /// `present` holds for any claim at that path.
  package var rule: HeaderMatcher.Rule
  package var isInverted: Bool
  package var field: String

  package init(path: [String], rule: HeaderMatcher.Rule, isInverted: Bool = false, field: String = "") {
    self.path = path
    self.rule = rule
    self.isInverted = isInverted
    self.field = field
  }
}
