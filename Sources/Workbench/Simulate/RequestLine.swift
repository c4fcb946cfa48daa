package import ProxyModel

/// One question as the machine contract writes it, before the mesh is consulted.
package struct RequestLine: Hashable, Sendable {
  /// The JSON of `id` as it stood, to be given back; `null` when there was none.
  package var id: [UInt8] = Array("null".utf8)
  package var proxy = ProxyReference()
  package var connection = Connection()
  package var http: HTTP?
  /// Seconds since 1970; nil is now.
  package var time: Int64?
  /// What the authorizer of a CUSTOM policy answers.
  package var authorizerAllows = true

  /// Whose proxy: a pod of the mesh, or one described outright.
  package struct ProxyReference: Hashable, Sendable {
    package var kind: Vantage.Kind = .sidecar
    /// `namespace/name`; empty when the proxy is described.
    package var pod = ""
    package var namespace = ""
    package var labels: [String: String] = [:]
    package var serviceAccount = ""
    package var address = ""
    package var locality = Locality()

    package init() {}
  }

  package struct Connection: Hashable, Sendable {
    package var source = ""
    package var destination = ""
    /// The name that is dialled where there is no request with a Host: a way of people to ask, not of the contract.
    package var host = ""
    package var tls: TLS?
    /// The client's identity at an inbound proxy over mutual TLS.
    package var peerPrincipal: String?

    package struct TLS: Hashable, Sendable {
      package var sni = ""
      /// nil is what such a client usually offers; `[]` from a mesh client is no offer at all.
      package var alpn: [String]?

      package init() {}
    }

    package init() {}
  }

  package struct HTTP: Hashable, Sendable {
    /// Bytes as they travel; a text of the contract stands for them as `Array(wire:)` tells.
    package var method = Array("GET".utf8)
    /// nil sends no Host.
    package var authority: String?
    package var path = [UInt8(ascii: "/")]
    package var headers: [Header] = []
    package var version: Version = .http11

    package struct Header: Hashable, Sendable {
      package var name: [UInt8]
      package var value: [UInt8]

      package init(name: [UInt8], value: [UInt8]) {
        self.name = name
        self.value = value
      }
    }

    package enum Version: String, Hashable, Sendable, CaseIterable {
      case http10 = "1.0"
      case http11 = "1.1"
      case http2 = "2"
    }

    package init() {}
  }

  /// What the client's resolver is asked for.
  var dialledName: String? { connection.host.isEmpty ? http?.authority : connection.host }

  package init() {}
}
