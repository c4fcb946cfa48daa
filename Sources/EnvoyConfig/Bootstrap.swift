package import MeshModel
package import ProxyModel

/// How a proxy's configuration is to be run.
package struct BootstrapOptions: Sendable {
  /// Where Envoy's own admin pages listen; nil leaves them out.
  package var adminPort: UInt32?
  package var handover: Handover
  package var upstreams: Upstreams
  /// Certificate and key for every server that ends TLS, made on the spot.
  package var certificate: CertificatePair?
  package var accessLog: AccessLog?

  /// A file that gets one entry for each request and each TCP connection.
  package struct AccessLog: Hashable, Sendable {
    package var path: String
    /// In Envoy's format, with its line feed.
    package var format: String

    package init(path: String, format: String) {
      self.path = path
      self.format = format
    }
  }

  /// How connections reach the listeners that take no connections by themselves.
  package enum Handover: Hashable, Sendable {
    /// As in a pod: the virtual listener takes redirected connections and asks the kernel where they were going.
    case redirected
    /// The virtual listener, or one in its place, is on this port of loopback and reads a PROXY line for where the
    /// connection was going, so that every destination can be shown without privileges.
    case proxyLine(port: UInt32)
  }

  package enum Upstreams: Hashable, Sendable {
    case asConfigured
    /// Every cluster sends to one server, such as an echo server on loopback.
    case replaced(address: String, port: UInt32)
  }

  package struct CertificatePair: Hashable, Sendable {
    /// PEM texts.
    package var certificate: String
    package var privateKey: String

    package init(certificate: String, privateKey: String) {
      self.certificate = certificate
      self.privateKey = privateKey
    }
  }

  package init(
    adminPort: UInt32? = nil, handover: Handover = .redirected, upstreams: Upstreams = .asConfigured,
    certificate: CertificatePair? = nil, accessLog: AccessLog? = nil
  ) {
    self.adminPort = adminPort
    self.handover = handover
    self.upstreams = upstreams
    self.certificate = certificate
    self.accessLog = accessLog
  }
}

/// A file that a real Envoy 1.40 loads, and what it does not say.
package struct Bootstrap: Sendable {
  package var value: Value
  /// Named by kind, such as listeners that Envoy is known to refuse.
  package var leftOut: [LeftOut]

  package enum LeftOut: Hashable, Sendable {
    /// A listener that Envoy refuses (corrections 5.9).
    case refusedListener(String)
    /// Mutual TLS between workloads needs the mesh's certificates: connections to this cluster are plaintext.
    case meshTLS(cluster: String)
    /// A DestinationRule's TLS names files or secrets that are not here.
    case clientCertificate(cluster: String)
    /// The authorities that the server's certificate is checked against are not here.
    case serverVerification(cluster: String)
  }
}

extension ProxyConfiguration {
  /// The configuration as a static bootstrap.
  package func bootstrap(_ options: BootstrapOptions = BootstrapOptions()) -> Bootstrap {
    var writer = BootstrapWriter(configuration: self, options: options)
    let listenerValues = writer.listeners()
    let clusterValues = writer.clusters()
    // Istio's own bootstrap raises RE2's limit to this figure.
    let runtime = ConfigValue.object([("re2.max_program_size.error_level", .integer(32768))])
    let layer = ConfigValue.object([("name", .string("static")), ("static_layer", runtime)])
    let node = ConfigValue.object([
      ("id", .string(vantage.kind.rawValue + "~" + (vantage.object?.name ?? "") + "." + vantage.namespace)),
      ("cluster", .string(vantage.namespace)),
    ])
    let admin = options.adminPort.map {
      ConfigValue.object([("address", ConfigValue.socketAddress("127.0.0.1", $0))])
    }
    let resources = ConfigValue.object([
      ("listeners", .array(listenerValues)), ("clusters", .array(clusterValues)),
    ])
    let value = ConfigValue.object([
      ("node", node), ("admin", admin), ("static_resources", resources),
      ("layered_runtime", ConfigValue.object([("layers", .array([layer]))])),
    ])
    let refused = rejectedListeners.map { Bootstrap.LeftOut.refusedListener($0) }
    return Bootstrap(value: value, leftOut: refused + writer.leftOut)
  }
}

/// Writes one bootstrap; collects what had to be left out.
struct BootstrapWriter {
  let configuration: ProxyConfiguration
  let options: BootstrapOptions
  var leftOut: [Bootstrap.LeftOut] = []

  init(configuration: ProxyConfiguration, options: BootstrapOptions) {
    self.configuration = configuration
    self.options = options
  }
}
