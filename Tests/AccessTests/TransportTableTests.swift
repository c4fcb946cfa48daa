import Evaluation
import Foundation
import Testing

/// The TLS that a client uses against the mode that a server asks for.
@Suite struct TransportTableTests {
  enum Client: String, CaseIterable {
    case bare = "no sidecar"
    case auto = "auto mTLS"
    case disable = "DISABLE"
    case simple = "SIMPLE"
    case unchecked = "SIMPLE, insecureSkipVerify"
    case mutual = "MUTUAL"
    case istioMutual = "ISTIO_MUTUAL"

    /// The DestinationRule's `tls`; nil without a rule.
    var tls: String? {
      switch self {
      case .bare, .auto: nil
      case .disable: "{mode: DISABLE}"
      case .simple: "{mode: SIMPLE}"
      case .unchecked: "{mode: SIMPLE, insecureSkipVerify: true}"
      case .mutual: "{mode: MUTUAL, clientCertificate: /c.pem, privateKey: /k.pem}"
      case .istioMutual: "{mode: ISTIO_MUTUAL}"
      }
    }
  }

  enum Server: String, CaseIterable {
    case strict = "STRICT"
    case permissive = "PERMISSIVE"
    case disable = "DISABLE"
    case bare = "no sidecar"
  }

  static func shop(_ client: Client, _ server: Server) -> Shop {
    var text = Shop.namespace("shop", isInjected: true)
    let none = "sidecar.istio.io/inject: 'false'"
    text += Shop.service("cart", "shop", address: "10.96.0.10", app: "cart")
    text += Shop.pod(
      "cart", "shop", address: "10.244.0.10", labels: "app: cart" + (server == .bare ? ", \(none)" : ""))
    text += Shop.pod(
      "web", "shop", address: "10.244.0.11", labels: "app: web" + (client == .bare ? ", \(none)" : ""))
    if server != .bare {
      text += """
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata: {name: default, namespace: shop}
        spec: {mtls: {mode: \(server.rawValue)}}
        ---

        """
    }
    if let tls = client.tls {
      text += """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: cart, namespace: shop}
        spec: {host: cart, trafficPolicy: {tls: \(tls)}}

        """
    }
    return Shop(text)
  }

  /// What a person reads in the cell.
  static func cell(_ client: Client, _ server: Server) throws -> String {
    let answer = try shop(client, server).answer("http://cart/", from: "shop/web")
    let arrivals = answer.outcomes.flatMap(\.arrivals)
    guard let arrival = arrivals.first, arrivals.count == 1 else { return "?" }
    let security =
      switch arrival.approach.security {
      case .plaintext: "plaintext"
      case .meshTLS: "mTLS"
      case .foreignTLS: "TLS"
      case .applicationTLS: "application TLS"
      }
    switch arrival.reception {
    case .served: return security + (arrival.carriesForeignTLSOn ? " to the application" : "")
    case .answered(let status): return "\(status)"
    case .various: return "?"
    case .broken(let mishap, let flags):
      let reason =
        switch mishap {
        case .plaintextToStrict: "plaintext refused"
        case .foreignTLSToMesh: "no mesh certificate"
        case .foreignTLSUnwanted: "no chain for it"
        case .tlsToPlaintext: "server speaks plaintext"
        case .foreignTrustDomain: "trust domain"
        case .refused, .closed: "closed"
        }
      return client == .bare ? "reset: \(reason)" : "503 \(flags): \(reason)"
    }
  }

  static func table() throws -> String {
    var lines = ["| client \\ server | " + Server.allCases.map(\.rawValue).joined(separator: " | ") + " |"]
    lines.append("|" + String(repeating: "---|", count: Server.allCases.count + 1))
    for client in Client.allCases {
      let cells = try Server.allCases.map { try cell(client, $0) }
      lines.append("| \(client.rawValue) | " + cells.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n")
  }

  @Test func `client TLS and server mode meet as the README's table says`() throws {
    let readme = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("README.md")
    let text = try String(contentsOf: readme, encoding: .utf8)
    let table = try Self.table()
    #expect(text.contains(table), "\(table)")
  }
}

extension Arrival {
  /// TLS that the receiver's proxy does not end.
  var carriesForeignTLSOn: Bool {
    guard case .foreignTLS = approach.security else { return false }
    return answer?.server?.terminatesTLS != true
  }
}
