import Certificates
import Evaluation
import Foundation
import Glibc
import MeshModel
import ProxyModel
import Testing
import Workbench

/// Every cell of the table against a real Envoy, with the chains and the transports that Drydock makes of the mesh.
@Suite(.serialized, .enabled(if: LiveEnvoy.executable != nil))
struct LiveTransportTests {
  @Test func `a real Envoy meets each server mode as the table says`() throws {
    let pairs = TransportTableTests.Client.allCases.filter { $0 != .bare }.flatMap { client in
      TransportTableTests.Server.allCases.map { (client: client, server: $0) }
    }
    var meetings: [Meeting] = []
    for (place, pair) in pairs.enumerated() {
      meetings.append(try Meeting(pair.client, pair.server, ports: (20_100 + place, 20_300 + place)))
    }
    let envoy = try LiveEnvoy(meetings)
    defer { envoy.stop() }
    for meeting in meetings {
      let found = try envoy.response(port: meeting.ports.client)
      #expect(found == meeting.expected, "\(meeting.name)")
    }
  }
}

/// A client and a server as Drydock translates them, on two ports of this machine.
struct Meeting {
  var name: String
  var ports: (client: Int, server: Int)
  /// `200`, or `503 UC`.
  var expected: String
  private var arrival: Arrival
  private var cluster: Cluster
  private var chains: [FilterChain] = []
  private var inspectsTLS = false

  init(_ client: TransportTableTests.Client, _ server: TransportTableTests.Server, ports: (Int, Int)) throws {
    name = "\(client.rawValue) against \(server.rawValue)"
    self.ports = ports
    let shop = TransportTableTests.shop(client, server)
    let answer = try shop.answer("http://cart/", from: "shop/web")
    let outcome = try #require(answer.outcomes.first)
    arrival = try #require(outcome.arrivals.first)
    cluster = try #require(outcome.target?.cluster?.cluster)
    switch arrival.reception {
    // The application behind is one that reads plaintext.
    case .served: expected = arrival.carriesForeignTLSOn ? "503 UF" : "200"
    case .broken(_, let flags): expected = "503 \(flags)"
    case .answered, .various: expected = "?"
    }
    guard arrival.receiver.kind == .sidecar, let place = arrival.receiver.object else { return }
    let vantage = Vantage(
      kind: .inbound, namespace: place.namespace, object: place, labels: ["app": "cart"], serviceAccount: "cart",
      addresses: ["10.244.0.10"])
    let listener = try #require(shop.session.configuration(of: vantage).listeners.first)
    chains = listener.filterChains.filter { $0.match.destinationPort == 8080 }
    inspectsTLS = listener.inspectsTLS(onPort: 8080)
  }

  typealias Object = [String: Any]

  /// The server's port with the chains of the mesh, and the client's with a route to it.
  func listeners(_ folder: String) -> [Object] {
    let plain: [Object] = [["filters": [Self.manager(["direct_response": ["status": 200]])]]]
    let own = chains.map { chain -> Object in
      var match: Object = ["transport_protocol": chain.match.transportProtocol]
      if !chain.match.applicationProtocols.isEmpty {
        match["application_protocols"] = chain.match.applicationProtocols
      }
      var result: Object = [
        "filter_chain_match": match, "filters": [Self.manager(["direct_response": ["status": 200]])],
      ]
      if let tls = chain.tls {
        var common = Self.certificate("mesh", folder, trusting: "mesh")
        common["alpn_protocols"] = tls.applicationProtocols
        result["transport_socket"] = Self.socket(
          "Downstream", ["common_tls_context": common, "require_client_certificate": true])
      }
      return result
    }
    var server: Object = [
      "name": "server-\(ports.server)", "address": Self.address(ports.server),
      "filter_chains": chains.isEmpty ? plain : own,
    ]
    if inspectsTLS {
      let type = "type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector"
      server["listener_filters"] = [
        ["name": "envoy.filters.listener.tls_inspector", "typed_config": ["@type": type]] as Object
      ]
    }
    let client: Object = [
      "name": "client-\(ports.client)", "address": Self.address(ports.client),
      "filter_chains": [["filters": [Self.manager(["route": ["cluster": clusterName]])]] as Object],
    ]
    return [server, client]
  }

  private var clusterName: String { "cluster-\(ports.server)" }

  func cluster(_ folder: String) -> Object {
    let endpoint: Object = ["endpoint": ["address": Self.address(ports.server)]]
    var result: Object = [
      "name": clusterName, "type": "STATIC", "connect_timeout": "2s",
      "load_assignment": ["cluster_name": clusterName, "endpoints": [["lb_endpoints": [endpoint]]]] as Object,
    ]
    var common: Object = [:]
    var context: Object = [:]
    switch cluster.tls {
    case .none: return result
    case .auto(let sni, _), .mesh(let sni, _):
      guard arrival.approach.security == .meshTLS else { return result }
      common = Self.certificate("mesh", folder, trusting: "mesh")
      common["alpn_protocols"] = ["istio-http/1.1", "istio", "http/1.1"]
      context["sni"] = sni
    case .external(let tls):
      if tls.presentsCertificate { common = Self.certificate("own", folder) }
      // The authorities that a DestinationRule names are none of the mesh's.
      if !tls.skipsVerification {
        common["validation_context"] = ["trusted_ca": ["filename": "\(folder)/own.pem"]]
      }
    }
    common["tls_params"] = [
      "tls_minimum_protocol_version": "TLSv1_2", "tls_maximum_protocol_version": "TLSv1_3",
    ]
    context["common_tls_context"] = common
    result["transport_socket"] = Self.socket("Upstream", context)
    return result
  }

  private static func address(_ port: Int) -> Object {
    ["socket_address": ["address": "127.0.0.1", "port_value": port] as Object]
  }

  private static func certificate(_ name: String, _ folder: String, trusting authority: String? = nil) -> Object {
    let pair: Object = [
      "certificate_chain": ["filename": "\(folder)/\(name).pem"], "private_key": ["filename": "\(folder)/\(name).key"],
    ]
    var result: Object = ["tls_certificates": [pair]]
    if let authority { result["validation_context"] = ["trusted_ca": ["filename": "\(folder)/\(authority).pem"]] }
    return result
  }

  private static func socket(_ side: String, _ context: Object) -> Object {
    var typed = context
    typed["@type"] = "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.\(side)TlsContext"
    return ["name": "envoy.transport_sockets.tls", "typed_config": typed]
  }

  /// Everything to one action; the flags of a response come with it.
  private static func manager(_ action: Object) -> Object {
    let flags: Object = ["header": ["key": "x-flags", "value": "%RESPONSE_FLAGS%"]]
    var route = action
    route["match"] = ["prefix": "/"]
    let host: Object = ["name": "all", "domains": ["*"], "routes": [route], "response_headers_to_add": [flags]]
    let router: Object = [
      "name": "envoy.filters.http.router",
      "typed_config": ["@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"],
    ]
    let path = "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"
    let typed: Object = [
      "@type": "type.googleapis.com/\(path)", "stat_prefix": "x", "route_config": ["virtual_hosts": [host]],
      "http_filters": [router],
    ]
    return ["name": "envoy.filters.network.http_connection_manager", "typed_config": typed]
  }
}

/// One Envoy with all of the meetings.
final class LiveEnvoy {
  static let executable: String? = {
    let named = ProcessInfo.processInfo.environment["DRYDOCK_ENVOY"]
    return named.flatMap { FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil }
  }()

  private let process = Process()
  private let folder: URL

  init(_ meetings: [Meeting]) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["mesh", "own"] {
      let made = try ThrowawayCertificate(names: [name], now: Int64(Date().timeIntervalSince1970))
      try made.certificate.write(to: folder.appendingPathComponent("\(name).pem"), atomically: true, encoding: .utf8)
      try made.privateKey.write(to: folder.appendingPathComponent("\(name).key"), atomically: true, encoding: .utf8)
    }
    let resources: Meeting.Object = [
      "listeners": meetings.flatMap { $0.listeners(folder.path) }, "clusters": meetings.map { $0.cluster(folder.path) },
    ]
    let file = folder.appendingPathComponent("bootstrap.json")
    try JSONSerialization.data(withJSONObject: ["static_resources": resources]).write(to: file)
    process.executableURL = URL(fileURLWithPath: try #require(Self.executable))
    process.arguments = ["-c", file.path, "--concurrency", "1", "--disable-hot-restart", "--log-level", "error"]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
  }

  func stop() {
    // It has nothing to finish, and a polite signal may be blocked by what it inherited.
    kill(process.processIdentifier, SIGKILL)
    try? FileManager.default.removeItem(at: folder)
  }

  /// `200`, or `503 UC`; waits for a proxy that is still starting.
  func response(port: Int) throws -> String {
    for _ in 0..<400 {
      if let text = Self.get(port: UInt16(port)) {
        let status = text.split(separator: " ").dropFirst().first.map(String.init) ?? "?"
        let flags = text.split(separator: "\r\n").first { $0.hasPrefix("x-flags: ") }?.dropFirst("x-flags: ".count)
        return status == "200" ? status : "\(status) \(flags ?? "?")"
      }
      guard process.isRunning else { return "envoy ended" }
      usleep(25_000)
    }
    return "no answer"
  }

  /// One request; nil when nobody listens.
  private static func get(port: UInt16) -> String? {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var patience = timeval(tv_sec: 5, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
    }
    guard connected == 0 else { return nil }
    let request = Array("GET / HTTP/1.1\r\nhost: cart\r\nconnection: close\r\n\r\n".utf8)
    guard send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return nil }
    var text: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
    while true {
      let got = recv(socket, &block, block.count, 0)
      if got <= 0 { break }
      text += block[..<got]
    }
    return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
  }
}
