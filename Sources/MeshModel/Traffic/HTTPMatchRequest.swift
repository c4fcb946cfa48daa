/// One entry of `match`: every condition must hold.
package struct HTTPMatchRequest: Hashable, Sendable {
  package var name: String = ""
  package var uri: MatchCondition?
  package var scheme: MatchCondition?
  package var method: MatchCondition?
  package var authority: MatchCondition?
  package var headers: [NamedMatch] = []
  /// Port of the listener, 0 for any (HR-2).
  package var port: UInt32 = 0
  package var sourceLabels: [String: String] = [:]
  package var gateways: [String] = []
  package var queryParams: [NamedMatch] = []
  package var ignoreUriCase: Bool = false
  package var withoutHeaders: [NamedMatch] = []
  package var sourceNamespace: String = ""
  package var statPrefix: String = ""

  package init() {}
}

/// A StringMatch as written: `{}` and `null` are kept apart from a condition, because they mean different things (MT-1, MT-6).
package enum MatchCondition: Hashable, Sendable {
  case string(StringMatch)
  /// `{}`: no condition named.
  case empty
  /// `null`, as the value of a map entry.
  case null
}

/// An entry of a map from a header or parameter name to a condition, in the order written.
package struct NamedMatch: Hashable, Sendable {
  package var name: String = ""
  package var condition: MatchCondition = .empty

  package init() {}
}
