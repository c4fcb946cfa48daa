import Certificates
import Diagnostics
import Validation

// F47 to F49 for certificates that are files of the proxy: those of gateways' servers and of clients.
@Sendable
func judgeCertificateFiles(_ world: AnalysisWorld) {
  guard let files = world.certificateFiles else { return }
  for gateway in world.all("Gateway") {
    for server in gateway.spec["servers"].items {
      let tls = server["tls"]
      if tls["credentialName"].hasText || !tls["credentialNames"].isEmpty { continue }
      let reader = CertificateFileReader(owner: gateway, files: files, now: world.now)
      for pair in [tls] + tls["tlsCertificates"].items where pair["serverCertificate"].hasText {
        let chain = reader.judge(pair, "serverCertificate")
        // Of several, a client is shown the one for its host.
        if tls["tlsCertificates"].isEmpty, let first = chain?.certificates.first {
          judgeNames(gateway, server, first)
        }
      }
      reader.judgeAuthorities(tls)
    }
  }
  for rule in world.all("DestinationRule") {
    let reader = CertificateFileReader(owner: rule, files: files, now: world.now)
    for policy in [rule.spec["trafficPolicy"]] + rule.spec["subsets"].items.map({ $0["trafficPolicy"] }) {
      for tls in [policy["tls"]] + policy["portLevelSettings"].items.map({ $0["tls"] }) {
        guard ["SIMPLE", "MUTUAL"].contains(tls["mode"].text), !tls["credentialName"].hasText else { continue }
        if tls["clientCertificate"].hasText { _ = reader.judge(tls, "clientCertificate") }
        reader.judgeAuthorities(tls)
      }
    }
  }
}

private struct CertificateFileReader {
  let owner: Resource
  let files: [String: [UInt8]]
  let now: Int64?

  /// A certificate and the key beside it.
  func judge(_ pair: Part, _ name: String) -> CertificateChain? {
    let key = read(pair["privateKey"])
    guard let certificate = read(pair[name]) else { return nil }
    return KeptCertificate(
      owner: owner, field: pair[name], place: Self.place(pair[name]), certificate: certificate, key: key ?? []
    ).judge(now: now)
  }

  /// Whom the other side's certificate must come from.
  func judgeAuthorities(_ tls: Part) {
    let field = tls["caCertificates"]
    // The name of those that the proxy's image has.
    if field.text == "system" { return }
    guard let bytes = read(field) else { return }
    guard let chain = CertificateChain(pem: bytes) else {
      owner.report(.unreadableCertificate, field, Self.place(field))
      return
    }
    for authority in chain.certificates { judgeDates(owner, field, authority, now) }
  }

  /// nil, with a report, when there is no such file.
  private func read(_ field: Part) -> [UInt8]? {
    guard field.hasText else { return nil }
    if let bytes = files[field.text] { return bytes }
    owner.report(.noCertificateFile, field, field.text)
    return nil
  }

  private static func place(_ field: Part) -> String { "'\(field.text)'" }
}

extension Rule {
  static let noCertificateFile = own(
    "DD5648", .error, "file '{0}' is not below the folder of the certificates; mount it, or correct the path",
    "证书目录下没有文件 '{0}'；请挂载该文件或更正路径")
}
