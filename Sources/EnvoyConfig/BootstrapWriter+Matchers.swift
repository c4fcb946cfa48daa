import MeshModel
import ProxyModel

extension BootstrapWriter {
  func value(of match: RouteMatch) -> Value {
    var members: [(String, Value?)] = []
    switch match.path {
    case .prefix(let text): members.append(("prefix", .string(text)))
    case .exact(let text): members.append(("path", .string(text)))
    case .segmentPrefix(let text): members.append(("path_separated_prefix", .string(text)))
    case .regex(let text):
      members.append(("safe_regex", ConfigValue.object([("regex", .string(text))])))
    }
    members.append(("case_sensitive", match.isCaseSensitive ? nil : .bool(false)))
    members.append(("headers", ConfigValue.list(match.headers.map { value(of: $0) })))
    members.append(("query_parameters", ConfigValue.list(match.queryParameters.map { value(of: $0) })))
    members.append(("dynamic_metadata", ConfigValue.list(match.claims.map { value(of: $0) })))
    return ConfigValue.object(members)
  }

  func value(of matcher: HeaderMatcher) -> Value {
    var members: [(String, Value?)] = [("name", .string(matcher.name))]
    switch matcher.rule {
    case .present: members.append(("present_match", .bool(true)))
    case .string(let text): members.append(("string_match", value(of: text)))
    }
    members.append(("invert_match", matcher.isInverted ? .bool(true) : nil))
    members.append(("treat_missing_header_as_empty", matcher.treatsMissingAsEmpty ? .bool(true) : nil))
    return ConfigValue.object(members)
  }

  private func value(of matcher: QueryParameterMatcher) -> Value {
    var members: [(String, Value?)] = [("name", .string(matcher.name))]
    switch matcher.rule {
    case .present: members.append(("present_match", .bool(true)))
    case .string(let text): members.append(("string_match", value(of: text)))
    }
    return ConfigValue.object(members)
  }

  private func value(of matcher: ClaimMatcher) -> Value {
    let test: Value
    switch matcher.rule {
    case .present:
      test = ConfigValue.object([("present_match", .bool(true))])
    case .string(let text):
      test = stringOrElement(value(of: text))
    }
    let metadata = claimMetadata(matcher.path, test)
    guard case .object(let members) = metadata, matcher.isInverted else { return metadata }
    return .object(members + [Value.Member(key: "invert", value: .bool(true))])
  }

  /// A claim as the JWT filter keeps it: a string, or an element of a list (AM-13).
  func stringOrElement(_ text: Value) -> Value {
    let whole = ConfigValue.object([("string_match", text)])
    let element = ConfigValue.object([("list_match", ConfigValue.object([("one_of", whole)]))])
    let matchers = ConfigValue.object([("value_matchers", .array([whole, element]))])
    return ConfigValue.object([("or_match", matchers)])
  }

  func claimMetadata(_ path: [String], _ test: Value) -> Value {
    let keys = (["payload"] + path).map { ConfigValue.object([("key", .string($0))]) }
    return ConfigValue.object([
      ("filter", .string("envoy.filters.http.jwt_authn")), ("path", .array(keys)), ("value", test),
    ])
  }

  func value(of matcher: StringMatcher) -> Value {
    var members: [(String, Value?)] = []
    switch matcher.kind {
    case .exact(let text): members.append(("exact", .string(text)))
    case .prefix(let text): members.append(("prefix", .string(text)))
    case .suffix(let text): members.append(("suffix", .string(text)))
    case .contains(let text): members.append(("contains", .string(text)))
    case .regex(let text):
      return ConfigValue.object([("safe_regex", ConfigValue.object([("regex", .string(text))]))])
    }
    members.append(("ignore_case", matcher.ignoresCase ? .bool(true) : nil))
    return ConfigValue.object(members)
  }
}
