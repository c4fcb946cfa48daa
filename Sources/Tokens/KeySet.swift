import YAML

/// The public keys of an issuer (RFC 7517); keys that cannot be used are passed over, as Envoy does.
package struct KeySet: Sendable {
  let keys: [Key]

  struct Key: Sendable {
    var id: String
    /// Empty allows every algorithm of the kind.
    var algorithm: String
    var material: Material
  }

  /// Big-endian numbers and raw bytes as the key set has them.
  enum Material: Sendable {
    case rsa(modulus: [UInt8], exponent: [UInt8])
    case ec(curve: Curve, x: [UInt8], y: [UInt8])
    case symmetric([UInt8])
    case ed25519([UInt8])
  }

  enum Curve: String, Sendable {
    case p256 = "P-256"
    case p384 = "P-384"
    case p521 = "P-521"

    /// Bytes of one coordinate.
    var size: Int {
      switch self {
      case .p256: 32
      case .p384: 48
      case .p521: 66
      }
    }
  }

  package init(_ text: String) throws(TokenProblem) {
    guard let root = parseJSON(Array(text.utf8)), root.mapping != nil else { throw .keySetNotJSON }
    guard let list = root["keys"] else { throw .keySetWithoutKeys }
    guard let nodes = list.sequence else { throw .keysNotAList }
    keys = nodes.compactMap { Self.key($0) }
    guard !keys.isEmpty else { throw .noUsableKey }
  }

  private static func key(_ node: Node) -> Key? {
    guard let kind = node["kty"]?.string, let material = material(node, kind: kind) else { return nil }
    let algorithm = node["alg"]?.string ?? ""
    let family: Set<String>
    switch material {
    case .rsa: family = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]
    case .ec(let curve, _, _):
      switch curve {
      case .p256: family = ["ES256"]
      case .p384: family = ["ES384"]
      case .p521: family = ["ES512"]
      }
    case .symmetric: family = ["HS256", "HS384", "HS512"]
    case .ed25519: family = ["EdDSA"]
    }
    guard algorithm.isEmpty || family.contains(algorithm) else { return nil }
    return Key(id: node["kid"]?.string ?? "", algorithm: algorithm, material: material)
  }

  private static func material(_ node: Node, kind: String) -> Material? {
    func bytes(_ name: String) -> [UInt8]? {
      guard let text = node[name]?.string, let bytes = Base64URL.decode(text.utf8), !bytes.isEmpty else { return nil }
      return bytes
    }
    switch kind {
    case "RSA":
      guard let modulus = bytes("n"), let exponent = bytes("e") else { return nil }
      return .rsa(modulus: modulus, exponent: exponent)
    case "EC":
      guard let curve = Curve(rawValue: node["crv"]?.string ?? "P-256"), let x = bytes("x"), let y = bytes("y") else {
        return nil
      }
      return .ec(curve: curve, x: x, y: y)
    case "oct":
      return bytes("k").map { .symmetric($0) }
    case "OKP":
      guard node["crv"]?.string == "Ed25519", let x = bytes("x"), x.count == 32 else { return nil }
      return .ed25519(x)
    default:
      return nil
    }
  }

  /// Every key whose id and algorithm do not contradict the token's is tried.
  func problem(of token: Token) -> TokenProblem? {
    var tried = false
    for key in keys {
      if !token.keyID.isEmpty, !key.id.isEmpty, key.id != token.keyID { continue }
      if !key.algorithm.isEmpty, key.algorithm != token.algorithm.rawValue { continue }
      tried = true
      if key.material.verifies(token) { return nil }
    }
    return tried ? .verificationFails : .noMatchingKey
  }
}
