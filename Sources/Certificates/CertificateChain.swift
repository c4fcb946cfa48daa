import COpenSSL

/// The certificates of a PEM text, the server's own first.
package struct CertificateChain: Sendable {
  package struct Certificate: Sendable {
    /// Host names and IP addresses, in lower case.
    package var names: [String]
    /// Seconds since 1970.
    package var notBefore: Int64
    package var notAfter: Int64
    package var keyBits: Int
    package var isRSA: Bool
    /// Such as `sha1WithRSAEncryption`.
    package var signature: String
    package var isAuthority: Bool
    package var isSelfSigned: Bool
  }

  package let certificates: [Certificate]
  /// Whether each certificate is signed by the next.
  package let isLinked: Bool
  private let pem: [UInt8]

  /// nil when the text holds no certificate, or one that cannot be read.
  package init?(pem: [UInt8]) {
    let loaded = Self.load(pem)
    defer { for certificate in loaded { X509_free(certificate) } }
    guard !loaded.isEmpty, loaded.count == Self.count(pem) else { return nil }
    self.pem = pem
    certificates = loaded.map(Self.facts)
    isLinked = zip(loaded, loaded.dropFirst()).allSatisfy { certificate, issuer in
      X509_check_issued(issuer, certificate) == X509_V_OK && X509_verify(certificate, X509_get0_pubkey(issuer)) == 1
    }
  }

  /// Whether the key belongs to the first certificate; nil when the text is no key.
  package func isMatched(byKey key: [UInt8]) -> Bool? {
    guard let memory = Self.memory(key) else { return nil }
    defer { BIO_free(memory) }
    ERR_clear_error()
    guard let private_key = PEM_read_bio_PrivateKey(memory, nil, nil, nil) else { return nil }
    defer { EVP_PKEY_free(private_key) }
    let loaded = Self.load(pem)
    defer { for certificate in loaded { X509_free(certificate) } }
    guard let first = loaded.first else { return nil }
    return X509_check_private_key(first, private_key) == 1
  }

  /// Whether a server with this certificate can answer for the host; `*.shop.test` needs the same wildcard.
  package static func covers(_ name: String, _ host: String) -> Bool {
    let (name, host) = (Array(name.lowercased().utf8), Array(host.lowercased().utf8))
    if name == host { return true }
    guard name.starts(with: "*.".utf8), !host.starts(with: "*".utf8) else { return false }
    guard let dot = host.firstIndex(of: UInt8(ascii: ".")), dot > 0 else { return false }
    return host[dot...] == name.dropFirst()
  }

  private static func memory(_ bytes: [UInt8]) -> OpaquePointer? {
    guard let memory = BIO_new(BIO_s_mem()) else { return nil }
    let written = bytes.withUnsafeBytes { BIO_write(memory, $0.baseAddress, Int32(clamping: $0.count)) }
    guard written == bytes.count, !bytes.isEmpty else {
      BIO_free(memory)
      return nil
    }
    return memory
  }

  private static func load(_ pem: [UInt8]) -> [OpaquePointer] {
    guard let memory = memory(pem) else { return [] }
    defer { BIO_free(memory) }
    var found: [OpaquePointer] = []
    while found.count < 32, let certificate = PEM_read_bio_X509(memory, nil, nil, nil) { found.append(certificate) }
    ERR_clear_error()
    return found
  }

  private static func count(_ pem: [UInt8]) -> Int {
    let mark = Array("-----BEGIN CERTIFICATE-----".utf8)
    guard pem.count >= mark.count else { return 0 }
    return (0...(pem.count - mark.count)).count { pem[$0] == mark[0] && pem[$0...].starts(with: mark) }
  }

  private static func facts(_ certificate: OpaquePointer) -> Certificate {
    let key = X509_get0_pubkey(certificate)
    let signature = X509_get_signature_nid(certificate)
    return Certificate(
      names: names(certificate), notBefore: seconds(X509_get0_notBefore(certificate)),
      notAfter: seconds(X509_get0_notAfter(certificate)), keyBits: key.map { Int(EVP_PKEY_get_bits($0)) } ?? 0,
      isRSA: key.map { EVP_PKEY_get_base_id($0) == EVP_PKEY_RSA } ?? false,
      signature: OBJ_nid2ln(signature).map { String(cString: $0) } ?? "",
      isAuthority: X509_check_ca(certificate) == 1,
      isSelfSigned: X509_check_issued(certificate, certificate) == X509_V_OK)
  }

  private static func names(_ certificate: OpaquePointer) -> [String] {
    var names: [String] = []
    var place: Int32 = 0
    while true {
      var kind: Int32 = 0
      var text: UnsafePointer<UInt8>?
      let length = drydock_alternative_name(certificate, place, &kind, &text)
      if length == 0 { break }
      place += 1
      guard length > 0, let text else { continue }
      let bytes = Array(UnsafeBufferPointer(start: text, count: Int(length)))
      drydock_release(text)
      if kind == GEN_DNS { names.append(String(decoding: bytes, as: UTF8.self).lowercased()) }
      if kind == GEN_IPADD, bytes.count == 4 { names.append(bytes.map { String($0) }.joined(separator: ".")) }
    }
    return names
  }

  private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
    guard let time, let epoch = ASN1_TIME_set(nil, 0) else { return 0 }
    defer { ASN1_TIME_free(epoch) }
    var (days, rest): (Int32, Int32) = (0, 0)
    guard ASN1_TIME_diff(&days, &rest, epoch, time) == 1 else { return 0 }
    return Int64(days) * 86_400 + Int64(rest)
  }
}
