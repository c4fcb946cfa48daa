import MeshModel
import ProxyModel

/// Everything that decides the transport of one cluster.
struct UpstreamTLSChoice {
  var settings: ClientTLSSettings?
  var service: MeshService
  var sni: String
  /// Of those that serve it.
  var serviceAccounts: [String]
  var isAutomatic: Bool
  /// TLS-5; nil is unknown.
  var serviceMode: PeerMode?
  var isGateway: Bool
  var ruleHasSelector: Bool
  /// The cluster goes to wherever the client dialled, so endpoints cannot differ.
  var isOriginalDestination: Bool

  var result: UpstreamTLS {
    guard let settings else { return automatic }
    switch settings.mode ?? .disable {
    case .disable: return .none
    case .istioMutual:
      let names = settings.subjectAltNames.isEmpty ? serviceAccounts : settings.subjectAltNames
      return .mesh(sni: settings.sni.isEmpty ? sni : settings.sni, subjectAltNames: names)
    case .simple: return external(settings, isMutual: false)
    case .mutual: return external(settings, isMutual: true)
    }
  }

  /// TLS-4.
  private var automatic: UpstreamTLS {
    guard isAutomatic, !service.isMeshExternal else { return .none }
    switch serviceMode {
    case nil, .disable?: return .none
    case .permissive?, .strict?:
      return isOriginalDestination
        ? .mesh(sni: sni, subjectAltNames: serviceAccounts) : .auto(sni: sni, subjectAltNames: serviceAccounts)
    }
  }

  /// TLS-1, TLS-3.
  private func external(_ settings: ClientTLSSettings, isMutual: Bool) -> UpstreamTLS {
    let isSecret =
      !settings.credentialName.isEmpty && !settings.credentialName.utf8.starts(with: "configmap://".utf8)
    if isSecret, !isGateway, !ruleHasSelector { return .none }
    var result = UpstreamTLS.ExternalTLS()
    result.sni = settings.sni
    result.subjectAltNames =
      settings.subjectAltNames.isEmpty && service.registry == .external
      ? serviceAccounts : settings.subjectAltNames
    result.skipsVerification = settings.insecureSkipVerify ?? false
    result.presentsCertificate = isMutual
    result.credentialName = settings.credentialName
    guard settings.credentialName.isEmpty else { return .external(result) }
    if isMutual {
      // Istio sends such a cluster without any TLS.
      guard !settings.clientCertificate.isEmpty, !settings.privateKey.isEmpty else { return .none }
      result.clientCertificate = settings.clientCertificate
      result.privateKey = settings.privateKey
    }
    result.certificateAuthorities = settings.caCertificates
    return .external(result)
  }
}
