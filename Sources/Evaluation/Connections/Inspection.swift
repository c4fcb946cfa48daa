import ProxyModel

/// What a listener knows of a connection before it chooses a chain.
struct Inspection: Hashable {
  var transportProtocol: String
  /// Lower case.
  var serverName: String
  var applicationProtocols: [String]

  static func serverName(_ connection: Connection) -> String {
    guard let name = connection.tls?.serverName else { return "" }
    return String(decoding: name.utf8.map(ASCII.lower), as: UTF8.self)
  }

  init(_ question: Question, _ listener: Listener) {
    transportProtocol = "raw_buffer"
    serverName = ""
    applicationProtocols = []
    if question.connection.opensTLS {
      guard listener.inspectsTLS(onPort: question.connection.port) else { return }
      transportProtocol = "tls"
      serverName = Self.serverName(question.connection)
      applicationProtocols = question.offeredProtocols
    } else if listener.inspectsHTTP(onPort: question.connection.port), let http = question.http,
      let found = http.sniffed
    {
      applicationProtocols = [found]
    }
  }
}

extension Connection {
  var opensTLS: Bool { tls != nil || peer != nil }
}

extension Question {
  /// What the client offers by ALPN: what it says, or what such a client usually says.
  ///
  /// A mesh client that says it offers nothing offers nothing; another one is taken for an ordinary client.
  var offeredProtocols: [String] {
    let given = connection.tls?.applicationProtocols
    if let given, !given.isEmpty || connection.peer != nil { return given }
    if connection.peer != nil {
      return http == nil ? ["istio-peer-exchange", "istio"] : ["istio-http/1.1", "istio", "http/1.1"]
    }
    return http == nil ? [] : ["http/1.1"]
  }
}

extension HTTPRequest {
  /// What the HTTP inspector takes the first line for; nil: no HTTP (HCM-3, HCM-9).
  var sniffed: String? {
    switch version {
    case .http2: return "h2c"
    case .http10, .http11:
      guard !method.isEmpty, method.allSatisfy(ASCII.isToken), RequestTarget.isReadable(path, method: method) else {
        return nil
      }
      return version == .http11 ? "http/1.1" : "http/1.0"
    }
  }
}
