package import Diagnostics
package import EnvoyConfig

/// What a bootstrap does not say, for the person who is going to run it.
package struct LeftOutText: Sendable {
  private let language: Language

  package init(language: Language) {
    self.language = language
  }

  /// A line each, with line feeds; clusters that miss the same are told of in one line.
  package func text(_ leftOut: [Bootstrap.LeftOut]) -> String {
    var listeners: [String] = []
    var plaintext: [String] = []
    var withoutCertificate: [String] = []
    var unverified: [String] = []
    for part in leftOut {
      switch part {
      case .refusedListener(let name): listeners.append(name)
      case .meshTLS(let cluster): plaintext.append(cluster)
      case .clientCertificate(let cluster): withoutCertificate.append(cluster)
      case .serverVerification(let cluster): unverified.append(cluster)
      }
    }
    var lines: [LocalizedText] = listeners.map { Self.refused($0) }
    if !plaintext.isEmpty { lines.append(Self.meshTLS(plaintext)) }
    if !withoutCertificate.isEmpty { lines.append(Self.clientCertificate(withoutCertificate)) }
    if !unverified.isEmpty { lines.append(Self.serverVerification(unverified)) }
    return lines.map { $0[language] + "\n" }.joined()
  }

  private static func refused(_ name: String) -> LocalizedText {
    LocalizedText(
      en: "left out: listener '\(name)', which Istio sends and Envoy refuses",
      zh: "未写入：监听器 '\(name)',Istio 会下发而 Envoy 拒绝接受")
  }

  private static func meshTLS(_ clusters: [String]) -> LocalizedText {
    LocalizedText(
      en: "left out: the mesh's own mutual TLS, as its certificates are not here; plaintext to \(list(clusters))",
      zh: "未写入：网格自身的双向 TLS（此处没有其证书）；以下集群使用明文：\(list(clusters))")
  }

  private static func clientCertificate(_ clusters: [String]) -> LocalizedText {
    LocalizedText(
      en: "left out: client certificates, which are not here: \(list(clusters))",
      zh: "未写入：客户端证书（此处没有）：\(list(clusters))")
  }

  private static func serverVerification(_ clusters: [String]) -> LocalizedText {
    LocalizedText(
      en: "left out: checks of the server's certificate: \(list(clusters))",
      zh: "未写入：对服务端证书的校验：\(list(clusters))")
  }

  /// The first few, and how many more.
  private static func list(_ clusters: [String]) -> String {
    let shown = clusters.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    return clusters.count > 3 ? "\(shown), … (\(clusters.count))" : shown
  }
}
