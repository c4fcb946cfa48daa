import COpenSSL

extension KeySet.Material {
  /// Whether the token's signature was made with this key.
  func verifies(_ token: Token) -> Bool {
    switch (self, token.algorithm) {
    case (.rsa(let modulus, let exponent), .RS256), (.rsa(let modulus, let exponent), .RS384),
      (.rsa(let modulus, let exponent), .RS512):
      return PublicKey(rsaModulus: modulus, exponent: exponent)?.verifies(token, padding: RSA_PKCS1_PADDING) ?? false
    case (.rsa(let modulus, let exponent), .PS256), (.rsa(let modulus, let exponent), .PS384),
      (.rsa(let modulus, let exponent), .PS512):
      return PublicKey(rsaModulus: modulus, exponent: exponent)?.verifies(token, padding: RSA_PKCS1_PSS_PADDING)
        ?? false
    case (.ec(.p256, let x, let y), .ES256):
      return Self.verifiesEC(.p256, x, y, token)
    case (.ec(.p384, let x, let y), .ES384):
      return Self.verifiesEC(.p384, x, y, token)
    case (.ec(.p521, let x, let y), .ES512):
      return Self.verifiesEC(.p521, x, y, token)
    case (.symmetric(let secret), .HS256), (.symmetric(let secret), .HS384), (.symmetric(let secret), .HS512):
      return token.algorithm.authenticationCode(secret: secret, token.signed).map {
        constantTimeEqual($0, token.signature)
      }
        ?? false
    case (.ed25519(let point), .EdDSA):
      return PublicKey(ed25519: point)?.verifies(token, padding: nil) ?? false
    case (.rsa, _), (.ec, _), (.symmetric, _), (.ed25519, _):
      return false
    }
  }

  /// RFC 7518 writes the two numbers side by side; OpenSSL reads them in DER.
  private static func verifiesEC(_ curve: KeySet.Curve, _ x: [UInt8], _ y: [UInt8], _ token: Token) -> Bool {
    guard token.signature.count == curve.size * 2, x.count <= curve.size, y.count <= curve.size else { return false }
    guard let der = derSignature(token.signature[..<curve.size], token.signature[curve.size...]) else { return false }
    return PublicKey(curve: curve, x: x, y: y)?.verifies(token, padding: nil, signature: der) ?? false
  }

  private static func derSignature(_ r: ArraySlice<UInt8>, _ s: ArraySlice<UInt8>) -> [UInt8]? {
    let body = derInteger(r) + derInteger(s)
    guard body.count < 256 else { return nil }
    let length: [UInt8] = body.count < 128 ? [UInt8(body.count)] : [0x81, UInt8(body.count)]
    return [0x30] + length + body
  }

  private static func derInteger(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var digits = Array(bytes.drop { $0 == 0 })
    if digits.isEmpty || digits[0] >= 0x80 { digits.insert(0, at: 0) }
    return [0x02, UInt8(digits.count)] + digits
  }

  private func constantTimeEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
  }
}

extension Algorithm {
  /// OpenSSL's digest; nil where the signature has its own.
  fileprivate var digest: OpaquePointer? {
    switch self {
    case .ES256, .HS256, .RS256, .PS256: EVP_sha256()
    case .ES384, .HS384, .RS384, .PS384: EVP_sha384()
    case .ES512, .HS512, .RS512, .PS512: EVP_sha512()
    case .EdDSA: nil
    }
  }

  fileprivate func authenticationCode(secret: [UInt8], _ text: [UInt8]) -> [UInt8]? {
    var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    guard let digest, HMAC(digest, secret, Int32(secret.count), text, text.count, &code, &length) != nil else {
      return nil
    }
    return Array(code[..<Int(length)])
  }
}

/// OpenSSL's key, owned.
private struct PublicKey: ~Copyable {
  private let key: OpaquePointer

  deinit { EVP_PKEY_free(key) }

  init?(rsaModulus modulus: [UInt8], exponent: [UInt8]) {
    guard let build = OSSL_PARAM_BLD_new() else { return nil }
    defer { OSSL_PARAM_BLD_free(build) }
    let n = BN_bin2bn(modulus, Int32(modulus.count), nil)
    defer { BN_free(n) }
    let e = BN_bin2bn(exponent, Int32(exponent.count), nil)
    defer { BN_free(e) }
    guard drydock_push_number(build, 1, n) == 1, drydock_push_number(build, 0, e) == 1,
      let key = Self.make("RSA", build)
    else { return nil }
    self.key = key
  }

  init?(curve: KeySet.Curve, x: [UInt8], y: [UInt8]) {
    guard let build = OSSL_PARAM_BLD_new() else { return nil }
    defer { OSSL_PARAM_BLD_free(build) }
    let padded = { (bytes: [UInt8]) in [UInt8](repeating: 0, count: curve.size - bytes.count) + bytes }
    // SEC 1: an uncompressed point.
    let point = [0x04] + padded(x) + padded(y)
    // Both texts are kept by address until the key is made.
    let key = curve.rawValue.withCString { group in
      point.withUnsafeBufferPointer { point in
        drydock_push_point(build, group, point.baseAddress, point.count) == 1 ? Self.make("EC", build) : nil
      }
    }
    guard let key else { return nil }
    self.key = key
  }

  init?(ed25519 point: [UInt8]) {
    guard let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, point, point.count) else { return nil }
    self.key = key
  }

  private static func make(_ kind: String, _ build: OpaquePointer) -> OpaquePointer? {
    guard let parameters = OSSL_PARAM_BLD_to_param(build) else { return nil }
    defer { OSSL_PARAM_free(parameters) }
    guard let context = EVP_PKEY_CTX_new_from_name(nil, kind, nil) else { return nil }
    defer { EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    guard EVP_PKEY_fromdata_init(context) == 1,
      EVP_PKEY_fromdata(context, &key, drydock_public_key_selection, parameters) == 1
    else { return nil }
    return key
  }

  func verifies(_ token: Token, padding: Int32?, signature given: [UInt8]? = nil) -> Bool {
    guard let context = EVP_MD_CTX_new() else { return false }
    defer { EVP_MD_CTX_free(context) }
    var keyContext: OpaquePointer?
    guard EVP_DigestVerifyInit(context, &keyContext, token.algorithm.digest, nil, key) == 1 else { return false }
    if let padding, EVP_PKEY_CTX_set_rsa_padding(keyContext, padding) != 1 { return false }
    let signature = given ?? token.signature
    let result = EVP_DigestVerify(context, signature, signature.count, token.signed, token.signed.count)
    ERR_clear_error()
    return result == 1
  }
}
