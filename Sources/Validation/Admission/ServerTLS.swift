// TLS-01 to TLS-17: how a gateway or a sidecar terminates TLS.
extension Admission {
  func checkServerTLS(_ tls: Part) {
    guard tls.isPresent else { return }
    let mode = tls["mode"].text.utf8.isEmpty ? "PASSTHROUGH" : tls["mode"].text
    checkCiphers(tls)
    if mode == "ISTIO_MUTUAL" {
      checkMeshTLS(tls)
      return
    }
    let credentials = !tls["credentialName"].text.utf8.isEmpty || !tls["credentialNames"].isEmpty
    if mode == "PASSTHROUGH" || mode == "AUTO_PASSTHROUGH" {
      let texts = ["caCrl", "serverCertificate", "privateKey", "caCertificates"]
      if texts.contains(where: { !tls[$0].text.utf8.isEmpty }) || !tls["tlsCertificates"].isEmpty || credentials {
        report(.passthroughCertificates, tls, mode)
      }
    }
    let sources = [
      !tls["serverCertificate"].text.utf8.isEmpty && !tls["privateKey"].text.utf8.isEmpty,
      !tls["credentialName"].text.utf8.isEmpty, !tls["credentialNames"].isEmpty, !tls["tlsCertificates"].isEmpty,
    ]
    if sources.count(where: \.self) > 1 { report(.manyCertificateSources, tls) }
    let isMutual = mode == "MUTUAL" || mode == "OPTIONAL_MUTUAL"
    if mode == "SIMPLE" || isMutual {
      if credentials { return }
      checkCertificates(tls, mode, isMutual: isMutual)
    }
    guard !tls["caCrl"].text.utf8.isEmpty else { return }
    if !tls["credentialName"].text.utf8.isEmpty { report(.revocationsWithCredential, tls["caCrl"]) }
    if mode == "SIMPLE" { report(.revocationsWithoutClients, tls["caCrl"]) }
  }

  private func checkCertificates(_ tls: Part, _ mode: String, isMutual: Bool) {
    if isMutual, tls["caCertificates"].text.utf8.isEmpty { report(.noClientAuthority, tls["caCertificates"], mode) }
    if tls["tlsCertificates"].count > 2 { report(.manyCertificates, tls["tlsCertificates"]) }
    let several = tls["tlsCertificates"].items
    for source in several.isEmpty ? [tls] : several {
      if source["serverCertificate"].text.utf8.isEmpty {
        report(.noServerCertificate, source["serverCertificate"], mode)
      }
      if source["privateKey"].text.utf8.isEmpty { report(.noPrivateKey, source["privateKey"], mode) }
    }
  }

  private func checkCiphers(_ tls: Part) {
    let version = tls["minProtocolVersion"].text
    if version == "TLSV1_0" || version == "TLSV1_1", tls["cipherSuites"].isEmpty {
      report(.oldVersionWithoutCiphers, tls["minProtocolVersion"], version)
    }
    var known: Set<String> = []
    var unknown: [String] = []
    var repeated: Set<String> = []
    for suite in tls["cipherSuites"].items.map(\.text) {
      if !Self.isCipher(suite) {
        unknown.append(suite)
      } else if !known.insert(suite).inserted {
        repeated.insert(suite)
      }
    }
    if !unknown.isEmpty { report(.unknownCiphers, tls["cipherSuites"], unknown.joined(separator: ", ")) }
    if !repeated.isEmpty { report(.repeatedCiphers, tls["cipherSuites"], repeated.sorted().joined(separator: ", ")) }
  }

  private static func isCipher(_ name: String) -> Bool {
    if name.utf8.isEmpty || name == "ALL" || ciphers.contains(name) { return true }
    // Go looks at the first byte as if it were a character.
    guard let first = name.utf8.first else { return true }
    let scalar = Unicode.Scalar(first)
    return !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
  }

  private static let ciphers: Set<String> = [
    "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
    "ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA", "ECDHE-RSA-AES256-SHA",
    "AES128-GCM-SHA256", "AES256-GCM-SHA384", "AES128-SHA", "AES256-SHA", "DES-CBC3-SHA",
  ]

  private func checkMeshTLS(_ tls: Part) {
    for (name, rule) in Self.meshFields where !tls[name].text.utf8.isEmpty || !tls[name].isEmpty {
      report(rule, tls[name])
    }
  }

  private static let meshFields: [(String, Rule)] = [
    ("serverCertificate", .meshServerCertificate), ("privateKey", .meshPrivateKey),
    ("caCertificates", .meshAuthority), ("tlsCertificates", .meshCertificates),
    ("credentialName", .meshCredential), ("credentialNames", .meshCredentials),
  ]
}

extension Rule {
  static let oldVersionWithoutCiphers = remark(
    68, "{0} needs cipher suites that are not among the default ones; list them or use TLSV1_2",
    "{0} 所需的密码套件不在默认之列；请列出或使用 TLSV1_2")
  static let unknownCiphers = remark(69, "unknown cipher suites are ignored: {0}", "未知的密码套件会被忽略：{0}")
  static let repeatedCiphers = remark(70, "repeated cipher suites are ignored: {0}", "重复的密码套件会被忽略：{0}")
  static let meshServerCertificate = refusal(
    71, "ISTIO_MUTUAL uses the mesh's certificates; remove 'serverCertificate'",
    "ISTIO_MUTUAL 使用网格的证书；请删除 'serverCertificate'")
  static let meshPrivateKey = refusal(
    72, "ISTIO_MUTUAL uses the mesh's keys; remove 'privateKey'", "ISTIO_MUTUAL 使用网格的密钥；请删除 'privateKey'")
  static let meshAuthority = refusal(
    73, "ISTIO_MUTUAL uses the mesh's authority; remove 'caCertificates'", "ISTIO_MUTUAL 使用网格的 CA；请删除 'caCertificates'")
  static let meshCertificates = refusal(
    74, "ISTIO_MUTUAL uses the mesh's certificates; remove 'tlsCertificates'",
    "ISTIO_MUTUAL 使用网格的证书；请删除 'tlsCertificates'")
  static let meshCredential = refusal(
    75, "ISTIO_MUTUAL uses the mesh's certificates; remove 'credentialName'",
    "ISTIO_MUTUAL 使用网格的证书；请删除 'credentialName'")
  static let meshCredentials = refusal(
    76, "ISTIO_MUTUAL uses the mesh's certificates; remove 'credentialNames'",
    "ISTIO_MUTUAL 使用网格的证书；请删除 'credentialNames'")
  static let passthroughCertificates = remark(
    77, "mode {0} does not use certificates; they are ignored", "模式 {0} 不使用证书；它们会被忽略")
  static let manyCertificateSources = refusal(
    78,
    "certificates come from more than one of credentialName, credentialNames, serverCertificate with privateKey, and "
      + "tlsCertificates; keep one",
    "证书来自 credentialName、credentialNames、serverCertificate 与 privateKey、tlsCertificates 中的多个；请只保留一个")
  static let noClientAuthority = refusal(
    79, "mode {0} checks client certificates; set 'caCertificates' or a credential",
    "模式 {0} 会校验客户端证书；请设置 'caCertificates' 或凭据")
  static let manyCertificates = remark(80, "only two certificates are used; remove the others", "只会使用两个证书；请删除其余证书")
  static let noServerCertificate = refusal(
    81, "mode {0} needs a certificate; set 'serverCertificate' or a credential",
    "模式 {0} 需要证书；请设置 'serverCertificate' 或凭据")
  static let noPrivateKey = refusal(
    82, "mode {0} needs a private key; set 'privateKey' or a credential", "模式 {0} 需要私钥；请设置 'privateKey' 或凭据")
  static let revocationsWithCredential = refusal(
    83, "revocations belong into the credential; remove 'caCrl'", "吊销列表应放入凭据中；请删除 'caCrl'")
  static let revocationsWithoutClients = refusal(
    84, "mode SIMPLE checks no client certificates; remove 'caCrl' or use MUTUAL",
    "模式 SIMPLE 不校验客户端证书；请删除 'caCrl' 或使用 MUTUAL")

  static let serverTLSRules: [Rule] = [
    oldVersionWithoutCiphers, unknownCiphers, repeatedCiphers, meshServerCertificate, meshPrivateKey, meshAuthority,
    meshCertificates, meshCredential, meshCredentials, passthroughCertificates, manyCertificateSources,
    noClientAuthority, manyCertificates, noServerCertificate, noPrivateKey, revocationsWithCredential,
    revocationsWithoutClients,
  ]
}
