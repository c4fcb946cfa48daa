import COpenSSL

/// A self-signed certificate and its key for a server that runs on one machine for a short time.
package struct ThrowawayCertificate: Sendable {
  /// PEM texts.
  package let certificate: String
  package let privateKey: String

  /// OpenSSL refused; only when the machine is out of memory or randomness.
  package struct Failure: Error {}

  /// Valid for a day from `now`, in seconds since 1970, for those names; the first is the subject.
  package init(names: [String], now: Int64) throws(Failure) {
    guard let key = drydock_new_ec_key() else { throw Failure() }
    defer { EVP_PKEY_free(key) }
    guard let certificate = X509_new() else { throw Failure() }
    defer { X509_free(certificate) }
    guard X509_set_version(certificate, 2) == 1,
      ASN1_INTEGER_set(X509_get_serialNumber(certificate), Int(now)) == 1,
      ASN1_TIME_set(X509_getm_notBefore(certificate), Int(now) - 3600) != nil,
      ASN1_TIME_set(X509_getm_notAfter(certificate), Int(now) + 86_400) != nil,
      X509_set_pubkey(certificate, key) == 1,
      let subject = X509_get_subject_name(certificate)
    else { throw Failure() }
    let first = Array((names.first ?? "localhost").utf8)
    guard X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, first, Int32(min(first.count, 64)), -1, 0) == 1,
      X509_set_issuer_name(certificate, subject) == 1
    else { throw Failure() }
    let list = (names.isEmpty ? ["localhost"] : names).map { "DNS:" + $0 }.joined(separator: ",")
    for (kind, value) in [(NID_subject_alt_name, list), (NID_basic_constraints, "critical,CA:TRUE")] {
      guard let part = X509V3_EXT_conf_nid(nil, nil, kind, value) else { throw Failure() }
      defer { X509_EXTENSION_free(part) }
      guard X509_add_ext(certificate, part, -1) == 1 else { throw Failure() }
    }
    guard X509_sign(certificate, key, EVP_sha256()) > 0 else { throw Failure() }
    self.certificate = try Self.pem { PEM_write_bio_X509($0, certificate) }
    privateKey = try Self.pem { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
  }

  private static func pem(_ write: (OpaquePointer) -> Int32) throws(Failure) -> String {
    guard let memory = BIO_new(BIO_s_mem()) else { throw Failure() }
    defer { BIO_free(memory) }
    guard write(memory) == 1 else { throw Failure() }
    var start: UnsafeMutablePointer<CChar>?
    let length = drydock_bio_bytes(memory, &start)
    guard length > 0, let start else { throw Failure() }
    let bytes = UnsafeRawBufferPointer(start: start, count: length)
    return String(decoding: bytes, as: UTF8.self)
  }
}
