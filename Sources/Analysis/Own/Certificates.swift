import Certificates
import Diagnostics
import Validation

// F47 to F49: certificates of gateways in Secrets.
@Sendable
func judgeCertificates(_ world: AnalysisWorld) {
  if world.all("Secret").isEmpty { return }
  for gateway in world.all("Gateway") {
    let pods = world.pods.matching(gateway.spec["selector"].texts)
    let namespace = pods.first?.namespace ?? gateway.namespace
    for server in gateway.spec["servers"].items {
      let tls = server["tls"]
      let names = (tls["credentialName"].hasText ? [tls["credentialName"]] : []) + tls["credentialNames"].items
      for name in names {
        guard let secret = world.find("Secret", FullName(name.text, near: namespace)) else { continue }
        judgeSecret(gateway, server, name, secret, world)
      }
    }
  }
}

private func judgeSecret(_ gateway: Resource, _ server: Part, _ name: Part, _ secret: Resource, _ world: AnalysisWorld)
{
  let bytes = SecretText.certificate(secret)
  guard let chain = CertificateChain(pem: bytes), let first = chain.certificates.first else {
    gateway.report(.unreadableCertificate, name, secret.fullName.text)
    return
  }
  judgeDates(gateway, name, first, world)
  let key = SecretText.key(secret)
  switch chain.isMatched(byKey: key) {
  case false: gateway.report(.otherKey, name, secret.fullName.text)
  case nil: if !key.isEmpty { gateway.report(.unreadableKey, name, secret.fullName.text) }
  case true: break
  }
  if !chain.isLinked { gateway.report(.brokenChain, name, secret.fullName.text) }
  if (first.isRSA && first.keyBits < 2048) || (!first.isRSA && first.keyBits < 224) {
    gateway.report(.weakKey, name, secret.fullName.text, String(first.keyBits))
  }
  let digest = first.signature.lowercased()
  if digest.contains("md5") || digest.contains("sha1") { gateway.report(.weakSignature, name, first.signature) }
  for host in server["hosts"].items {
    let text = String(host.text.split(separator: "/", maxSplits: 1).last ?? "")
    if text == "*" || text.utf8.isEmpty || first.names.contains(where: { CertificateChain.covers($0, text) }) {
      continue
    }
    gateway.report(.uncoveredHost, host, text, first.names.joined(separator: ", "))
  }
  let mode = server["tls"]["mode"].text
  guard mode == "MUTUAL" || mode == "OPTIONAL_MUTUAL" else { return }
  let other = world.find("Secret", FullName(secret.namespace, secret.name + "-cacert"))
  let authorities = [secret, other].compactMap(\.self).flatMap {
    [SecretText.value($0, "ca.crt"), SecretText.value($0, "cacert")]
  }
  if authorities.allSatisfy(\.isEmpty) { gateway.report(.noAuthority, name, secret.fullName.text, mode) }
}

private func judgeDates(
  _ gateway: Resource, _ name: Part, _ certificate: CertificateChain.Certificate, _ world: AnalysisWorld
) {
  guard let now = world.now else { return }
  let days = (certificate.notAfter - now) / 86_400
  if certificate.notAfter < now {
    gateway.report(.expired, name, name.text, String(-days))
  } else if certificate.notBefore > now {
    gateway.report(.notYetValid, name, name.text)
  } else if days < 30 {
    gateway.report(.expiresSoon, name, name.text, String(days))
  }
}

extension SecretText {
  static func key(_ secret: Resource) -> [UInt8] {
    let own = value(secret, "key")
    return own.isEmpty ? value(secret, "tls.key") : own
  }
}

extension Rule {
  static let unreadableCertificate = own(
    "DD5047", .error, "Secret '{0}' holds no certificate that can be read", "Secret '{0}' 中没有可读取的证书")
  static let unreadableKey = own("DD5147", .error, "the key in Secret '{0}' cannot be read", "Secret '{0}' 中的私钥无法读取")
  static let expired = own("DD5247", .error, "the certificate in '{0}' expired {1} days ago", "'{0}' 中的证书已于 {1} 天前过期")
  static let expiresSoon = own(
    "DD5347", .warning, "the certificate in '{0}' expires in {1} days", "'{0}' 中的证书将在 {1} 天后过期")
  static let notYetValid = own("DD5447", .error, "the certificate in '{0}' is not valid yet", "'{0}' 中的证书尚未生效")
  static let otherKey = own(
    "DD5048", .error, "the key in Secret '{0}' does not belong to its certificate", "Secret '{0}' 中的私钥与证书不匹配")
  static let uncoveredHost = own(
    "DD5148", .error, "the certificate is for {1}, not for '{0}': clients refuse it", "证书适用于 {1}，而不是 '{0}'：客户端会拒绝")
  static let brokenChain = own(
    "DD5248", .error, "the certificates in Secret '{0}' are not signed by one another in order",
    "Secret '{0}' 中的证书链顺序或签名不正确")
  static let weakKey = own(
    "DD5348", .warning, "the key of Secret '{0}' has {1} bits only; clients may refuse it",
    "Secret '{0}' 的密钥只有 {1} 位；客户端可能拒绝")
  static let weakSignature = own(
    "DD5448", .warning, "signature '{0}' is refused by today's clients", "当今的客户端会拒绝签名算法 '{0}'")
  static let noAuthority = own(
    "DD5548", .error,
    "mode {1} needs a CA: Secret '{0}' has no 'ca.crt', and there is no Secret with '-cacert' behind its name",
    "模式 {1} 需要 CA：Secret '{0}' 没有 'ca.crt'，也没有名称以 '-cacert' 结尾的 Secret")

  static let certificateRules: [Rule] = [
    unreadableCertificate, unreadableKey, expired, expiresSoon, notYetValid, otherKey, uncoveredHost, brokenChain,
    weakKey, weakSignature, noAuthority,
  ]
}
