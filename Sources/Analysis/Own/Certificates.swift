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
  let kept = KeptCertificate(
    owner: gateway, field: name, place: "Secret '\(secret.fullName.text)'", certificate: SecretText.certificate(secret),
    key: SecretText.key(secret))
  guard let chain = kept.judge(now: world.now), let first = chain.certificates.first else { return }
  judgeNames(gateway, server, first)
  let mode = server["tls"]["mode"].text
  guard mode == "MUTUAL" || mode == "OPTIONAL_MUTUAL" else { return }
  let other = world.find("Secret", FullName(secret.namespace, secret.name + "-cacert"))
  let authorities = [secret, other].compactMap(\.self).flatMap {
    [SecretText.value($0, "ca.crt"), SecretText.value($0, "cacert")]
  }
  if authorities.allSatisfy(\.isEmpty) { gateway.report(.noAuthority, name, secret.fullName.text, mode) }
}

/// A certificate and its key, wherever they are kept.
struct KeptCertificate {
  let owner: Resource
  /// The field that names it.
  let field: Part
  /// How messages call where it is kept.
  let place: String
  let certificate: [UInt8]
  /// Empty when there is none to compare.
  let key: [UInt8]

  /// Reports what is wrong with it; nil when it cannot be read.
  func judge(now: Int64?) -> CertificateChain? {
    guard let chain = CertificateChain(pem: certificate), let first = chain.certificates.first else {
      owner.report(.unreadableCertificate, field, place)
      return nil
    }
    judgeDates(owner, field, first, now)
    switch chain.isMatched(byKey: key) {
    case false: owner.report(.otherKey, field, place)
    case nil: if !key.isEmpty { owner.report(.unreadableKey, field, place) }
    case true: break
    }
    if !chain.isLinked { owner.report(.brokenChain, field, place) }
    if (first.isRSA && first.keyBits < 2048) || (!first.isRSA && first.keyBits < 224) {
      owner.report(.weakKey, field, place, String(first.keyBits))
    }
    let digest = first.signature.lowercased()
    if digest.contains("md5") || digest.contains("sha1") { owner.report(.weakSignature, field, first.signature) }
    return chain
  }
}

/// The server's hosts that clients would not take the certificate for.
func judgeNames(_ gateway: Resource, _ server: Part, _ certificate: CertificateChain.Certificate) {
  for host in server["hosts"].items {
    let text = String(host.text.split(separator: "/", maxSplits: 1).last ?? "")
    if text == "*" || text.utf8.isEmpty || certificate.names.contains(where: { CertificateChain.covers($0, text) }) {
      continue
    }
    gateway.report(.uncoveredHost, host, text, certificate.names.joined(separator: ", "))
  }
}

func judgeDates(_ gateway: Resource, _ name: Part, _ certificate: CertificateChain.Certificate, _ now: Int64?) {
  guard let now else { return }
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
    "DD5047", .error, "{0} holds no certificate that can be read", "{0} 中没有可读取的证书")
  static let unreadableKey = own("DD5147", .error, "the key in {0} cannot be read", "{0} 中的私钥无法读取")
  static let expired = own("DD5247", .error, "the certificate in '{0}' expired {1} days ago", "'{0}' 中的证书已于 {1} 天前过期")
  static let expiresSoon = own(
    "DD5347", .warning, "the certificate in '{0}' expires in {1} days", "'{0}' 中的证书将在 {1} 天后过期")
  static let notYetValid = own("DD5447", .error, "the certificate in '{0}' is not valid yet", "'{0}' 中的证书尚未生效")
  static let otherKey = own(
    "DD5048", .error, "the key in {0} does not belong to its certificate", "{0} 中的私钥与证书不匹配")
  static let uncoveredHost = own(
    "DD5148", .error, "the certificate is for {1}, not for '{0}': clients refuse it", "证书适用于 {1}，而不是 '{0}'：客户端会拒绝")
  static let brokenChain = own(
    "DD5248", .error, "the certificates in {0} are not signed by one another in order",
    "{0} 中的证书链顺序或签名不正确")
  static let weakKey = own(
    "DD5348", .warning, "the key of {0} has {1} bits only; clients may refuse it",
    "{0} 的密钥只有 {1} 位；客户端可能拒绝")
  static let weakSignature = own(
    "DD5448", .warning, "signature '{0}' is refused by today's clients", "当今的客户端会拒绝签名算法 '{0}'")
  static let noAuthority = own(
    "DD5548", .error,
    "mode {1} needs a CA: Secret '{0}' has no 'ca.crt', and there is no Secret with '-cacert' behind its name",
    "模式 {1} 需要 CA：Secret '{0}' 没有 'ca.crt'，也没有名称以 '-cacert' 结尾的 Secret")

  static let certificateRules: [Rule] = [
    unreadableCertificate, unreadableKey, expired, expiresSoon, notYetValid, otherKey, uncoveredHost, brokenChain,
    weakKey, weakSignature, noAuthority, noCertificateFile,
  ]
}
