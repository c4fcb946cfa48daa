package import ProxyModel

/// One connection to a proxy, and the HTTP request inside it.
package struct Question: Sendable {
  package var connection: Connection
  /// nil: raw bytes of no known protocol, or a bare TLS handshake.
  package var http: HTTPRequest?
  /// Seconds since 1970; the moment that tokens are judged at.
  package var time: Int64
  /// What the authorizer of a CUSTOM policy says when it is asked.
  package var authorizer: AuthorizerAnswer

  package enum AuthorizerAnswer: String, Hashable, Sendable {
    case allow, deny
  }

  package init(
    connection: Connection, http: HTTPRequest? = nil, time: Int64 = 0, authorizer: AuthorizerAnswer = .allow
  ) {
    self.connection = connection
    self.http = http
    self.time = time
    self.authorizer = authorizer
  }
}

/// How the client connects.
package struct Connection: Hashable, Sendable {
  /// nil: unknown; what asks for it is then not modelled.
  package var source: IPAddress?
  package var destination: IPAddress
  package var port: UInt32
  /// Present when the client opens TLS.
  package var tls: ClientTLS?
  /// The URI name in the client's certificate; the client then speaks mesh TLS, also without `tls`.
  package var peer: String?

  package struct ClientTLS: Hashable, Sendable {
    /// As sent.
    package var serverName: String?
    /// nil or empty: the usual ones for what is inside.
    package var applicationProtocols: [String]?

    package init(serverName: String? = nil, applicationProtocols: [String]? = nil) {
      self.serverName = serverName
      self.applicationProtocols = applicationProtocols
    }
  }

  package init(
    source: IPAddress? = nil, destination: IPAddress, port: UInt32, tls: ClientTLS? = nil, peer: String? = nil
  ) {
    self.source = source
    self.destination = destination
    self.port = port
    self.tls = tls
    self.peer = peer
  }
}

/// An HTTP request as the client writes it: bytes, not text.
package struct HTTPRequest: Hashable, Sendable {
  package var method: [UInt8]
  /// The Host header; nil sends none.
  package var authority: [UInt8]?
  /// The request target, with the query.
  package var path: [UInt8]
  /// In the order sent; names may repeat and keep their case.
  package var headers: [HTTPHeader]
  package var version: Version

  package enum Version: String, Hashable, Sendable {
    case http10 = "1.0"
    case http11 = "1.1"
    case http2 = "2"
  }

  package init(
    method: [UInt8], authority: [UInt8]?, path: [UInt8], headers: [HTTPHeader] = [], version: Version = .http11
  ) {
    self.method = method
    self.authority = authority
    self.path = path
    self.headers = headers
    self.version = version
  }
}

package struct HTTPHeader: Hashable, Sendable {
  package var name: [UInt8]
  package var value: [UInt8]

  package init(name: [UInt8], value: [UInt8]) {
    self.name = name
    self.value = value
  }
}

extension Array where Element == UInt8 {
  /// The bytes that a text of the contract stands for: one a character up to U+00FF, as raw bytes travel in JSON.
  ///
  /// A text with other characters is taken as UTF-8.
  package init(wire text: String) {
    let utf8 = text.utf8
    if utf8.allSatisfy({ $0 < 128 }) || text.unicodeScalars.contains(where: { $0.value > 255 }) {
      self.init(utf8)
    } else {
      self = text.unicodeScalars.map { UInt8($0.value) }
    }
  }
}
