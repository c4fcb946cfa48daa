import MeshModel
import Patterns
import ProxyModel

/// One connection or request before the rules of access control.
struct AccessContext {
  let connection: Connection
  let peers: [String]
  /// Lower case.
  let serverName: String
  /// nil on TCP.
  let exchange: Exchange?
  let patterns: PatternCache
  /// Set when a rule asks for the client's address and none is known.
  var lacksClientAddress = false

  /// The first policy, by name, that matches (RB-2).
  mutating func firstMatch(_ policies: [RBAC.Policy]) -> RBAC.Policy? {
    for policy in policies where matches(policy) { return policy }
    return nil
  }

  /// RB-3.
  private mutating func matches(_ policy: RBAC.Policy) -> Bool {
    var isPermitted = false
    for permission in policy.permissions where !isPermitted { isPermitted = holds(permission) }
    guard isPermitted else { return false }
    for principal in policy.principals where holds(principal) { return true }
    return false
  }

  private mutating func holds(_ permission: RBAC.Permission) -> Bool {
    switch permission {
    case .any: return true
    case .and(let parts):
      for part in parts where !holds(part) { return false }
      return true
    case .or(let parts):
      for part in parts where holds(part) { return true }
      return false
    case .not(let part): return !holds(part)
    case .header(let matcher): return holds(matcher)
    case .path(let matcher): return exchange.map { matcher.matches($0.pathWithoutQuery, patterns) } ?? false
    case .pathTemplate(let template):
      guard let path = exchange?.pathWithoutQuery else { return false }
      return patterns.pattern(PathTemplate.expression(template))?.matches(path) ?? false
    case .destinationPort(let port): return connection.port == port
    case .destinationAddress(let block): return block.contains(connection.destination)
    case .requestedServerName(let matcher): return matcher.matches(Array(serverName.utf8), patterns)
    }
  }

  private mutating func holds(_ principal: RBAC.Principal) -> Bool {
    switch principal {
    case .any: return true
    case .and(let parts):
      for part in parts where !holds(part) { return false }
      return true
    case .or(let parts):
      for part in parts where holds(part) { return true }
      return false
    case .not(let part): return !holds(part)
    case .authenticated(let matcher):
      guard let matcher else { return !peers.isEmpty }
      return peers.contains { matcher.matches(Array($0.utf8), patterns) }
    case .directRemoteAddress(let block): return contains(block, connection.source)
    case .remoteAddress(let block): return contains(block, exchange?.client ?? connection.source)
    case .header(let matcher): return holds(matcher)
    case .requestPrincipal(let issuer, let subject):
      return isClaim(["iss"], issuer) && isClaim(["sub"], subject)
    case .claim(let path, let matcher): return isClaim(path, matcher)
    case .audience(let matcher): return isClaim(["aud"], matcher)
    case .presenter(let matcher): return isClaim(["azp"], matcher)
    }
  }

  private mutating func contains(_ block: CIDRBlock, _ address: IPAddress?) -> Bool {
    guard let address else {
      lacksClientAddress = true
      return false
    }
    return block.contains(address)
  }

  private func isClaim(_ path: [String], _ matcher: StringMatcher) -> Bool {
    guard let value = exchange?.claims?.claim(at: path) else { return false }
    return value.isClaim(matching: matcher, patterns)
  }

  /// HM-2, HM-5 to HM-7.
  private func holds(_ matcher: HeaderMatcher) -> Bool {
    var values = exchange?.values(matcher.name) ?? []
    if values.isEmpty {
      guard matcher.treatsMissingAsEmpty else {
        switch matcher.rule {
        case .present: return matcher.isInverted
        case .string: return false
        }
      }
      values = [[]]
    }
    switch matcher.rule {
    case .present: return !matcher.isInverted
    case .string(let string): return values.contains { string.matches($0, patterns) } != matcher.isInverted
    }
  }
}

/// AM-4.
enum PathTemplate {
  private static let one = "[a-zA-Z0-9\\-._~%!$&'()+,;:@=*]+"
  private static let many = "[a-zA-Z0-9\\-._~%!$&'()+,;:@=*/]*"

  /// The regular expression of a template with `{*}` (part of one segment, not empty) and `{**}` (anything).
  static func expression(_ template: String) -> String {
    var result = ""
    var literal: [UInt8] = []
    let bytes = Array(template.utf8)
    var place = 0
    func flush() {
      for byte in literal {
        if !ASCII.isLetter(byte), !ASCII.isDigit(byte), byte < 128 { result += "\\" }
        result += String(decoding: [byte], as: UTF8.self)
      }
      literal = []
    }
    while place < bytes.count {
      if bytes[place...].starts(with: [UInt8]("{**}")) {
        flush()
        result += many
        place += 4
      } else if bytes[place...].starts(with: [UInt8]("{*}")) {
        flush()
        result += one
        place += 3
      } else {
        literal.append(bytes[place])
        place += 1
      }
    }
    flush()
    return result
  }
}
