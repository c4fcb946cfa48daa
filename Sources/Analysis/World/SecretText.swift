import Certificates
import Validation

/// What a gateway finds in a Secret.
enum SecretText {
  // IST0161
  static func isCredential(_ secret: Resource, _ world: AnalysisWorld) -> Bool {
    guard let first = CertificateChain(pem: certificate(secret))?.certificates.first else { return false }
    guard let now = world.now else { return true }
    return first.notBefore <= now && now <= first.notAfter
  }

  /// The certificates as PEM; `cert` and `key` come before `tls.crt` and `tls.key`.
  static func certificate(_ secret: Resource) -> [UInt8] {
    for (certificate, key) in [("cert", "key"), ("tls.crt", "tls.key")] {
      let found = value(secret, certificate)
      if !found.isEmpty, isRemoved(secret, key) || !value(secret, key).isEmpty { return found }
    }
    return []
  }

  /// A store keeps no keys, and says where there was one.
  private static func isRemoved(_ secret: Resource, _ name: String) -> Bool {
    secret.root["data"][name].text == "(removed)" || secret.root["stringData"][name].text == "(removed)"
  }

  static func value(_ secret: Resource, _ name: String) -> [UInt8] {
    let plain = secret.root["stringData"][name].text
    if !plain.utf8.isEmpty { return Array(plain.utf8) }
    return Base64Text.decode(secret.root["data"][name].text) ?? []
  }
}
