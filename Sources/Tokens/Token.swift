package import YAML

/// A JSON Web Token in compact form, taken apart; nothing about it is believed yet.
package struct Token: Sendable {
  let algorithm: Algorithm
  /// Empty when the header names none.
  let keyID: String
  package let issuer: String
  package let subject: String
  package let audiences: [String]
  /// Seconds since 1970; 0 when the token names none.
  package let expiry: Int64
  package let notBefore: Int64
  package let claims: Node
  /// The payload as it stood in the token.
  package let encodedPayload: [UInt8]
  /// What is signed: header, dot, payload, as they stood.
  let signed: [UInt8]
  let signature: [UInt8]

  /// The checks of form, in Envoy's order.
  package init(_ text: [UInt8]) throws(TokenProblem) {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { throw .badFormat }
    guard let headerText = Base64URL.decode(parts[0]) else { throw .headerNotBase64 }
    guard let header = parseJSON(headerText), header.mapping != nil else { throw .headerNotJSON }
    guard let name = header["alg"]?.jsonString else { throw .badAlgorithm }
    guard let algorithm = Algorithm(rawValue: name) else { throw .unknownAlgorithm }
    self.algorithm = algorithm
    if let kid = header["kid"] {
      guard let text = kid.jsonString else { throw .badKeyID }
      keyID = text
    } else {
      keyID = ""
    }
    guard let payloadText = Base64URL.decode(parts[1]) else { throw .payloadNotBase64 }
    guard let payload = parseJSON(payloadText), payload.mapping != nil else { throw .payloadNotJSON }
    issuer = try payload.optionalString("iss", .issuerNotString)
    subject = try payload.optionalString("sub", .subjectNotString)
    _ = try payload.optionalTime("iat", .issuedAtNotInteger, .issuedAtOutOfRange)
    notBefore = try payload.optionalTime("nbf", .notBeforeNotInteger, .notBeforeOutOfRange)
    expiry = try payload.optionalTime("exp", .expiryNotInteger, .expiryOutOfRange)
    _ = try payload.optionalString("jti", .identifierNotString)
    audiences = try payload.optionalStrings("aud", .audienceNotString)
    guard let signature = Base64URL.decode(parts[2]) else { throw .signatureNotBase64 }
    self.signature = signature
    claims = payload
    encodedPayload = Array(parts[1])
    signed = Array(parts[0]) + [UInt8(ascii: ".")] + Array(parts[1])
  }

  /// Envoy allows clocks to differ by this many seconds (JW-3).
  package static let clockSkew: Int64 = 60

  /// The checks of time, audience and signature, in Envoy's order; nil when the token is good.
  ///
  /// An empty list of audiences allows every one. `time` is in seconds since 1970.
  package func problem(keys: Result<KeySet, TokenProblem>, audiences allowed: [String], at time: Int64) -> TokenProblem?
  {
    if notBefore > 0, time + Self.clockSkew < notBefore { return .notYetValid }
    if expiry > 0, time > expiry + Self.clockSkew { return .expired }
    if !allowed.isEmpty {
      let names = Set(allowed.map { Audience($0) })
      guard audiences.contains(where: { names.contains(Audience($0)) }) else { return .audienceNotAllowed }
    }
    switch keys {
    case .failure(let problem): return problem
    case .success(let keys): return keys.problem(of: self)
    }
  }
}

/// Audiences are compared without their scheme and without a slash at the end (corrections, RA-2).
private struct Audience: Hashable {
  private let bytes: [UInt8]

  init(_ text: String) {
    var rest = Array(text.utf8)[...]
    for scheme in ["http://", "https://"] where rest.starts(with: scheme.utf8) {
      rest = rest.dropFirst(scheme.utf8.count)
      break
    }
    if rest.last == UInt8(ascii: "/") { rest = rest.dropLast() }
    bytes = Array(rest)
  }
}

/// The signatures that Envoy knows.
enum Algorithm: String, Sendable {
  case ES256, ES384, ES512
  case HS256, HS384, HS512
  case RS256, RS384, RS512
  case PS256, PS384, PS512
  case EdDSA
}

extension Node {
  /// The text of a JSON string; nil for every other type.
  fileprivate var jsonString: String? {
    guard case .string(let text) = resolved else { return nil }
    return text
  }

  fileprivate func optionalString(_ name: String, _ problem: TokenProblem) throws(TokenProblem) -> String {
    guard let node = self[name] else { return "" }
    guard let text = node.jsonString else { throw problem }
    return text
  }

  fileprivate func optionalTime(
    _ name: String, _ wrongType: TokenProblem, _ wrongRange: TokenProblem
  ) throws(TokenProblem) -> Int64 {
    guard let node = self[name] else { return 0 }
    switch node.resolved {
    case .int(let seconds):
      guard seconds >= 0 else { throw wrongRange }
      return seconds
    case .float(let seconds):
      guard seconds >= 0, seconds < 0x1p63 else { throw wrongRange }
      return Int64(seconds)
    case .null, .bool, .string, nil:
      throw wrongType
    }
  }

  fileprivate func optionalStrings(_ name: String, _ problem: TokenProblem) throws(TokenProblem) -> [String] {
    guard let node = self[name] else { return [] }
    if let text = node.jsonString { return [text] }
    guard let items = node.sequence else { throw problem }
    var texts: [String] = []
    for item in items {
      guard let text = item.jsonString else { throw problem }
      texts.append(text)
    }
    return texts
  }
}
