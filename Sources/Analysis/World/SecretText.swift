import Certificates
import Validation

/// What a gateway finds in a Secret.
enum SecretText {
  // IST0161
  static func isCredential(_ secret: Resource, _ world: AnalysisWorld) -> Bool {
    let text = certificate(secret, isStored: world.manner != .drydock)
    guard let first = CertificateChain(pem: text)?.certificates.first else { return false }
    if world.manner != .drydock, !beginsWithCertificate(text) { return false }
    guard let now = world.now else { return true }
    return first.notBefore <= now && now <= first.notAfter
  }

  /// The certificates as PEM; `cert` and `key` come before `tls.crt` and `tls.key`.
  ///
  /// Only an API server turns `stringData` into `data`; what is stored has none.
  static func certificate(_ secret: Resource, isStored: Bool = false) -> [UInt8] {
    for (certificate, key) in [("cert", "key"), ("tls.crt", "tls.key")] {
      let found = value(secret, certificate, isStored: isStored)
      if !found.isEmpty, isRemoved(secret, key) || !value(secret, key, isStored: isStored).isEmpty { return found }
    }
    return []
  }

  /// A store keeps no keys, and says where there was one.
  private static func isRemoved(_ secret: Resource, _ name: String) -> Bool {
    secret.root["data"][name].text == "(removed)" || secret.root["stringData"][name].text == "(removed)"
  }

  /// Istio's analyzer looks at the first block of the text, whatever it holds.
  private static func beginsWithCertificate(_ text: [UInt8]) -> Bool {
    let mark = Array("-----BEGIN ".utf8)
    guard let place = text.indices.first(where: { text[$0] == mark[0] && text[$0...].starts(with: mark) }) else {
      return false
    }
    return text[(place + mark.count)...].starts(with: "CERTIFICATE-----".utf8)
  }

  static func value(_ secret: Resource, _ name: String, isStored: Bool = false) -> [UInt8] {
    let plain = secret.root["stringData"][name].text
    if !isStored, !plain.utf8.isEmpty { return Array(plain.utf8) }
    return Base64Text.decode(secret.root["data"][name].text) ?? []
  }
}
