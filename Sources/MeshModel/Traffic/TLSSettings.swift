/// TLS that a client starts (TLS-1 to TLS-3).
package struct ClientTLSSettings: Hashable, Sendable {
  /// Absent is DISABLE (DF-3).
  package var mode: ClientTLSMode?
  package var clientCertificate: String = ""
  package var privateKey: String = ""
  package var caCertificates: String = ""
  package var credentialName: String = ""
  package var subjectAltNames: [String] = []
  package var sni: String = ""
  package var insecureSkipVerify: Bool?
  package var caCrl: String = ""

  package init() {}
}

package enum ClientTLSMode: String, Hashable, Sendable, CaseIterable {
  case disable = "DISABLE"
  case simple = "SIMPLE"
  case mutual = "MUTUAL"
  case istioMutual = "ISTIO_MUTUAL"
}

/// TLS that a gateway server or a Sidecar ingress listener ends (GC-1, GC-2).
package struct ServerTLSSettings: Hashable, Sendable {
  package var httpsRedirect: Bool = false
  /// Absent is PASSTHROUGH (DF-3).
  package var mode: ServerTLSMode?
  package var serverCertificate: String = ""
  package var privateKey: String = ""
  package var caCertificates: String = ""
  package var caCrl: String = ""
  package var credentialName: String = ""
  package var credentialNames: [String] = []
  package var caCertCredentialName: String = ""
  package var tlsCertificates: [ServerTLSCertificate] = []
  package var subjectAltNames: [String] = []
  package var verifyCertificateSpki: [String] = []
  package var verifyCertificateHash: [String] = []
  package var minProtocolVersion: String = ""
  package var maxProtocolVersion: String = ""
  package var cipherSuites: [String] = []

  package init() {}
}

package struct ServerTLSCertificate: Hashable, Sendable {
  package var serverCertificate: String = ""
  package var privateKey: String = ""
  package var caCertificates: String = ""

  package init() {}
}

package enum ServerTLSMode: String, Hashable, Sendable, CaseIterable {
  case passthrough = "PASSTHROUGH"
  case simple = "SIMPLE"
  case mutual = "MUTUAL"
  case autoPassthrough = "AUTO_PASSTHROUGH"
  case istioMutual = "ISTIO_MUTUAL"
  case optionalMutual = "OPTIONAL_MUTUAL"
}
