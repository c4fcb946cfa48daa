package import Diagnostics
package import MeshModel
import Tokens
import YAML

/// A token that a person adds to a question, or claims that stand for one. It is never stored and never printed.
package struct GivenToken: Sendable {
  /// As it is sent.
  let text: [UInt8]
  /// The claims are taken as they are given: only times and audiences are checked.
  let isVouchedFor: Bool

  package enum Problem: Error, Hashable, Sendable {
    case claimsNotJSON
    case empty

    package var message: LocalizedText {
      switch self {
      case .claimsNotJSON:
        LocalizedText(
          en: "--claims is no JSON object; expected {\"sub\": \"…\", …}",
          zh: "--claims 不是 JSON 对象；应为 {\"sub\": \"…\", …}")
      case .empty: LocalizedText(en: "the token is empty", zh: "令牌为空")
      }
    }
  }

  /// A token in compact form; `Bearer ` in front and space around it do not count.
  package init(token given: [UInt8]) throws(Problem) {
    var bytes = given[...]
    let isSpace = { (byte: UInt8) in byte == 32 || (9...13).contains(byte) }
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
    if bytes.starts(with: "Bearer ".utf8) { bytes = bytes.dropFirst("Bearer ".utf8.count) }
    guard !bytes.isEmpty else { throw .empty }
    text = Array(bytes)
    isVouchedFor = false
  }

  /// Claims as a JSON object. Without `iss` they are of the mesh's only issuer, where there is just one.
  package init(claims given: [UInt8], in snapshot: Snapshot) throws(Problem) {
    guard let node = parseJSON(given), node.mapping != nil else { throw .claimsNotJSON }
    var claims = given
    let issuers = Set(Self.rules(of: snapshot).map(\.rule.issuer))
    if node["iss"] == nil, issuers.count == 1, let issuer = issuers.first,
      let brace = given.firstIndex(of: UInt8(ascii: "{"))
    {
      let isAlone = node.mapping?.isEmpty ?? true
      let member =
        "\"iss\":\"\(issuer.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"" + (isAlone ? "" : ",")
      claims.insert(contentsOf: member.utf8, at: brace + 1)
    }
    text = Token.unsigned(claims: claims)
    isVouchedFor = true
  }

  /// The header that carries it: the bearer token, or where alone the rules of its issuer look.
  package func headers(in snapshot: Snapshot) -> [RequestLine.HTTP.Header] {
    let token = String(decoding: text, as: UTF8.self)
    let issuer = (try? Token(text))?.issuer
    let own = Self.rules(of: snapshot).map(\.rule).filter { $0.issuer == issuer }
    let places = own.map(\.fromHeaders)
    if !places.isEmpty, places.allSatisfy({ !$0.isEmpty }), let first = places[0].first {
      return [RequestLine.HTTP.Header(name: first.name, value: first.prefix + token)]
    }
    return [RequestLine.HTTP.Header(name: "authorization", value: "Bearer " + token)]
  }

  static func rules(of snapshot: Snapshot) -> [(origin: Origin, rule: JWTRule)] {
    snapshot.objects(of: .requestAuthentication).flatMap { object -> [(origin: Origin, rule: JWTRule)] in
      guard case .requestAuthentication(let policy) = object.content else { return [] }
      return policy.jwtRules.enumerated().map { place, rule in
        (Origin(object: object.id, field: "spec.jwtRules[\(place)]"), rule)
      }
    }
  }
}
