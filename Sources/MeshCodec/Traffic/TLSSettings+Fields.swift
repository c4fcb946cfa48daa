import MeshModel

extension ClientTLSSettings: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("mode", &mode)
    fields("clientCertificate", &clientCertificate)
    fields("privateKey", &privateKey)
    fields("caCertificates", &caCertificates)
    fields("credentialName", &credentialName)
    fields("subjectAltNames", &subjectAltNames)
    fields("sni", &sni)
    fields("insecureSkipVerify", &insecureSkipVerify)
    fields("caCrl", &caCrl)
  }
}

extension ClientTLSMode: FieldEnumeration {}

extension ServerTLSSettings: FieldMapped {
  private static let versions = ["TLS_AUTO", "TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3"]

  mutating func map(_ fields: inout FieldMap) {
    fields("httpsRedirect", &httpsRedirect)
    fields("mode", &mode)
    fields("serverCertificate", &serverCertificate)
    fields("privateKey", &privateKey)
    fields("caCertificates", &caCertificates)
    fields("caCrl", &caCrl)
    fields("credentialName", &credentialName)
    fields("credentialNames", &credentialNames)
    fields("caCertCredentialName", &caCertCredentialName)
    fields("tlsCertificates", &tlsCertificates)
    fields("subjectAltNames", &subjectAltNames)
    fields("verifyCertificateSpki", &verifyCertificateSpki)
    fields("verifyCertificateHash", &verifyCertificateHash)
    fields.name("minProtocolVersion", &minProtocolVersion, of: Self.versions)
    fields.name("maxProtocolVersion", &maxProtocolVersion, of: Self.versions)
    fields("cipherSuites", &cipherSuites)
  }
}

extension ServerTLSMode: FieldEnumeration {}

extension ServerTLSCertificate: FieldMapped {
  mutating func map(_ fields: inout FieldMap) {
    fields("serverCertificate", &serverCertificate)
    fields("privateKey", &privateKey)
    fields("caCertificates", &caCertificates)
  }
}
