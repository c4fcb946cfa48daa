import Evaluation
import MeshModel

/// What the rules of AuthorizationPolicies ask of a token (AM-2, AM-9, AM-13).
struct TokenConditions {
  /// nil: no rule accepts the token, and nothing in it counts.
  let claims: Value?
  let spaceDelimited: [String]

  /// Those of one rule; empty when it asks nothing of a token.
  func conditions(of rule: AuthorizationRule) -> [TokenInspection.Condition] {
    var result: [TokenInspection.Condition] = []
    for source in rule.from {
      if !source.requestPrincipals.isEmpty {
        result.append(condition("requestPrincipals", source.requestPrincipals) { holdsPrincipal($0) })
      }
      if !source.notRequestPrincipals.isEmpty {
        result.append(exclusion("notRequestPrincipals", source.notRequestPrincipals) { holdsPrincipal($0) })
      }
    }
    for when in rule.when where when.key.utf8.starts(with: "request.auth.".utf8) {
      guard let test = test(when.key) else { continue }
      if !when.values.isEmpty { result.append(condition(when.key, when.values, test)) }
      if !when.notValues.isEmpty { result.append(exclusion("not " + when.key, when.notValues, test)) }
    }
    return result
  }

  private func condition(_ key: String, _ values: [String], _ test: (String) -> Bool) -> TokenInspection.Condition {
    TokenInspection.Condition(key: key, values: values, holds: values.contains(where: test))
  }

  private func exclusion(_ key: String, _ values: [String], _ test: (String) -> Bool) -> TokenInspection.Condition {
    TokenInspection.Condition(key: key, values: values, holds: !values.contains(where: test))
  }

  private func test(_ key: String) -> ((String) -> Bool)? {
    switch key {
    case "request.auth.principal": return { holdsPrincipal($0) }
    case "request.auth.audiences": return { pattern in texts(at: ["aud"]).contains { Self.fits($0, pattern) } }
    case "request.auth.presenter": return { pattern in texts(at: ["azp"]).contains { Self.fits($0, pattern) } }
    default:
      let start = "request.auth.claims["
      guard key.utf8.starts(with: start.utf8), key.utf8.last == UInt8(ascii: "]") else { return nil }
      let inner = String(key.dropFirst(start.count).dropLast())
      let path = inner.components(separatedBy: "][")
      return { pattern in texts(at: path).contains { Self.fits($0, pattern) } }
    }
  }

  private func holdsPrincipal(_ pattern: String) -> Bool {
    guard let issuer = texts(at: ["iss"]).first, let subject = texts(at: ["sub"]).first else { return false }
    return Self.fits(issuer + "/" + subject, pattern)
  }

  /// The strings at a path: of a list each, of a text of words each word.
  private func texts(at path: [String]) -> [String] {
    guard var value = claims else { return [] }
    for name in path {
      guard case .object(let members) = value, let found = members.last(where: { $0.key == name }) else { return [] }
      value = found.value
    }
    switch value {
    case .string(let text):
      let isSplit = path.count == 1 && (["scope", "permission"] + spaceDelimited).contains(path[0])
      return isSplit ? text.utf8.split(separator: 32).map { String(decoding: $0, as: UTF8.self) } : [text]
    case .array(let items):
      return items.compactMap { item in
        guard case .string(let text) = item else { return nil }
        return text
      }
    case .null, .bool, .integer, .number, .object: return []
    }
  }

  /// AM-2.
  private static func fits(_ text: String, _ pattern: String) -> Bool {
    let star = UInt8(ascii: "*")
    if pattern == "*" { return !text.isEmpty }
    if pattern.utf8.first == star { return text.hasSuffixBytes(String(pattern.dropFirst())) }
    if pattern.utf8.last == star { return text.utf8.starts(with: pattern.utf8.dropLast()) }
    return text.utf8.elementsEqual(pattern.utf8)
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
