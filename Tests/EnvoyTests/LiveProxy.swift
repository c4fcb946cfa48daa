import EnvoyConfig
import Foundation
import MeshModel
import Workbench

/// One proxy of a mesh as a running Envoy, with an echo server in the place of every endpoint.
struct LiveProxy {
  private let process: EnvoyProcess
  private let log: URL

  init(_ proxy: ConformanceMesh.Proxy, of mesh: ConformanceMesh, echo: EchoServer, folder: URL) throws {
    log = folder.appendingPathComponent("access.log")
    try? FileManager.default.removeItem(at: log)
    guard let front = Loopback.freePort(), let admin = Loopback.freePort() else {
      throw EnvoyProcess.Failure(description: "no free port")
    }
    let options = BootstrapOptions(
      adminPort: UInt32(admin), handover: .proxyLine(port: UInt32(front)),
      upstreams: .replaced(address: "127.0.0.1", port: UInt32(echo.port)),
      accessLog: BootstrapOptions.AccessLog(path: log.path, format: LogEntry.format))
    let vantage = try mesh.session.vantage(named: proxy.pod, kind: proxy.kind)
    let bootstrap = mesh.session.bootstrap(of: vantage, options, now: ConformanceMesh.now)
    process = try EnvoyProcess(
      bootstrap: bootstrap.value.labelled.json, frontPort: front, adminPort: admin, folder: folder)
  }

  /// Sends each request on a connection of its own and ends the proxy.
  func observe(_ requests: [ConformanceMesh.Object]) throws -> [Observation] {
    var observations: [Observation] = []
    // Log entries know their connection by the client's port.
    var places: [Int: Int] = [:]
    for (place, request) in requests.enumerated() {
      let observation = observe(request)
      observations.append(observation)
      places[observation.clientPort] = place
    }
    process.stop()
    let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
    for entry in text.split(separator: "\n").compactMap({ LogEntry($0) }) {
      if let place = places[entry.clientPort], observations[place].entry == nil { observations[place].entry = entry }
    }
    return observations
  }

  private func observe(_ request: ConformanceMesh.Object) -> Observation {
    var result = Observation()
    let connection = request["connection"] as? ConformanceMesh.Object ?? [:]
    guard let source = connection["source"] as? String, let destination = connection["destination"] as? String,
      let (host, port) = Authority.split(destination), let port,
      let descriptor = Loopback.connect(port: process.frontPort)
    else { return result }
    defer { close(descriptor) }
    result.clientPort = Int(Loopback.localPort(of: descriptor))
    let family = host.contains(":") ? "TCP6" : "TCP4"
    Loopback.send(Array("PROXY \(family) \(source) \(host) 40000 \(port)\r\n".utf8), to: descriptor)
    let http = request["http"] as? ConformanceMesh.Object
    let method = http?["method"] as? String ?? ""
    // No protocol begins with these.
    let bytes = http.map { Self.bytes(of: $0) } ?? [0, 1, 2, 3, 250, 251, 252, 253, 10, 10]
    guard let tls = connection["tls"] as? ConformanceMesh.Object else {
      Loopback.send(bytes, to: descriptor)
      result.response = HTTPMessage(hasBody: method != "HEAD") { Loopback.receive(from: descriptor) }
      return result
    }
    var offer = tls["alpn"] as? [String] ?? []
    if offer.isEmpty, http != nil { offer = ["http/1.1"] }
    let client = TLSClient(
      over: descriptor, serverName: tls["sni"] as? String ?? "", applicationProtocols: offer)
    guard let client, http != nil else { return result }
    client.send(bytes)
    result.response = HTTPMessage(hasBody: method != "HEAD") { client.receive() }
    return result
  }

  private static func bytes(of http: ConformanceMesh.Object) -> [UInt8] {
    var text = "\(http["method"] as? String ?? "GET") \(http["path"] as? String ?? "/") HTTP/1.1\r\n"
    if let authority = http["authority"] as? String { text += "Host: \(authority)\r\n" }
    for header in http["headers"] as? [[String]] ?? [] { text += "\(header[0]): \(header[1])\r\n" }
    return Latin1.bytes(text + "\r\n")
  }
}

extension Value {
  /// The bootstrap with names by which the log tells routes and listeners apart, and with delays that tests can wait for.
  fileprivate var labelled: Value {
    switch self {
    case .array(let items): return .array(items.map(\.labelled))
    case .object(var members):
      for place in members.indices {
        switch members[place].key {
        case "fixed_delay": members[place].value = .string("0.001s")
        case "route_config": members[place].value = members[place].value.withNamedRoutes.labelled
        case "listeners":
          guard case .array(let items) = members[place].value else { continue }
          members[place].value = .array(items.map { $0.withNameInMetadata.labelled })
        default: members[place].value = members[place].value.labelled
        }
      }
      return .object(members)
    case .null, .bool, .integer, .number, .string: return self
    }
  }

  private var withNameInMetadata: Value {
    guard case .object(let members) = self, let name = self["name"] else { return self }
    let own = Value.object([Member(key: "name", value: name)])
    let filters = Value.object([Member(key: "drydock", value: own)])
    let metadata = Value.object([Member(key: "filter_metadata", value: filters)])
    return .object(members + [Member(key: "metadata", value: metadata)])
  }

  /// Each route's name becomes `configuration#virtual host#place`.
  private var withNamedRoutes: Value {
    guard case .string(let configuration)? = self["name"], case .array(let hosts)? = self["virtual_hosts"] else {
      return self
    }
    let named = hosts.map { host -> Value in
      guard case .string(let name)? = host["name"], case .array(let routes)? = host["routes"] else { return host }
      let numbered = routes.enumerated().map { place, route in
        route.replacing("name", with: .string("\(configuration)#\(name)#\(place)"))
      }
      return host.replacing("routes", with: .array(numbered))
    }
    return replacing("virtual_hosts", with: .array(named))
  }

  private func replacing(_ key: String, with value: Value) -> Value {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { $0.key != key } + [Member(key: key, value: value)])
  }
}
