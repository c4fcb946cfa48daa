package import Diagnostics
package import Evaluation
import MeshCodec
package import MeshModel
package import ProxyModel
import Synchronization
import Translation

/// One mesh that questions are asked of; proxies are translated when they are first asked, and kept.
package final class SimulationSession: Sendable {
  package let snapshot: Snapshot
  let vantages: VantageResolver
  let addresses: AddressBook
  let translator: Translator
  /// Who receives what proxies forward.
  let arrivals: ArrivalFollower
  let verifier: KeyedTokenVerifier
  /// Seconds since 1970; the moment that tokens are judged at where the question names none.
  let now: Int64
  private let proxies = Mutex<[ProxyKey: PreparedProxy]>([:])
  private let places = Mutex<[Origin: SourceSpan?]>([:])
  /// Texts whose fields were looked for, a bounded number of them.
  private let texts = Mutex<[ObjectID: FieldPlaces]>([:])

  struct ProxyKey: Hashable {
    var vantage: Vantage
    var port: UInt32
  }

  package init(_ snapshot: Snapshot, now: Int64, given token: GivenToken? = nil) {
    verifier = KeyedTokenVerifier(given: token)
    self.snapshot = snapshot
    self.now = now
    vantages = VantageResolver(snapshot)
    addresses = AddressBook(snapshot)
    translator = Translator(snapshot)
    arrivals = ArrivalFollower(snapshot, vantages, translator)
  }

  /// The proxy of a vantage, as far as connections to one port need it.
  package func proxy(of vantage: Vantage, port: UInt32) -> PreparedProxy {
    let key = ProxyKey(vantage: vantage, port: port)
    if let known = proxies.withLock({ $0[key] }) { return known }
    let made = PreparedProxy(Evaluator(translator.configuration(for: vantage, demand: .port(port)), verifier: verifier))
    return proxies.withLock { table in
      if let known = table[key] { return known }
      table[key] = made
      return made
    }
  }

  /// Everything that the proxy of a vantage is told.
  package func configuration(of vantage: Vantage) -> ProxyConfiguration {
    translator.configuration(for: vantage)
  }

  /// Where an object's field stands in the text that it was read from.
  package func place(of origin: Origin) -> SourceSpan? {
    if let known = places.withLock({ $0[origin] }) { return known }
    let found = text(of: origin.object)?.place(of: origin.field)
    places.withLock { $0[origin] = .some(found) }
    return found
  }

  private func text(of object: ObjectID) -> FieldPlaces? {
    if let known = texts.withLock({ $0[object] }) { return known }
    guard let read = snapshot[object].flatMap({ FieldPlaces($0.source) }) else { return nil }
    texts.withLock { texts in
      if texts.count >= 4096 { texts = [:] }
      texts[object] = read
    }
    return read
  }

  /// What a line asks, with everything that the mesh fills in.
  package func question(
    of line: RequestLine, from vantage: Vantage
  ) throws(QuestionProblem) -> Question {
    try question(of: line, from: vantage, to: try destination(of: line, from: vantage))
  }

  /// The same with the destination that was found for the line.
  func question(
    of line: RequestLine, from vantage: Vantage, to destination: Destination
  ) throws(QuestionProblem) -> Question {
    var connection = Connection(destination: destination.address, port: destination.port)
    connection.source = try source(of: line, from: vantage)
    connection.peer = line.connection.peerPrincipal
    if let tls = line.connection.tls {
      connection.tls = Connection.ClientTLS(
        serverName: tls.sni.isEmpty ? nil : tls.sni, applicationProtocols: tls.alpn)
    }
    return Question(
      connection: connection, http: line.http.map(HTTPRequest.init), time: line.time ?? now,
      authorizer: line.authorizerAllows ? .allow : .deny)
  }

  private func source(of line: RequestLine, from vantage: Vantage) throws(QuestionProblem) -> IPAddress? {
    let text = line.connection.source
    guard text.isEmpty else {
      guard let address = IPAddress(text) else { throw .badSource(text) }
      return address
    }
    switch vantage.kind {
    case .sidecar: return vantage.addresses.first.flatMap { IPAddress($0) }
    case .gateway, .inbound: return nil
    }
  }

  typealias Destination = (address: IPAddress, port: UInt32)

  func destination(of line: RequestLine, from vantage: Vantage) throws(QuestionProblem) -> Destination {
    let text = line.connection.destination
    guard text.isEmpty else {
      guard let (host, port) = Authority.split(text), let port, let address = IPAddress(host) else {
        throw .badDestination(text)
      }
      return (address, port)
    }
    guard let authority = line.dialledName, let (host, given) = Authority.split(authority), !host.isEmpty else {
      throw .noDestination
    }
    let port = given ?? (line.connection.tls == nil ? 80 : 443)
    switch vantage.kind {
    case .sidecar:
      guard let address = addresses.address(of: host, from: vantage.namespace) else { throw .unknownHost(host) }
      return (address, port)
    case .gateway, .inbound:
      guard let address = vantage.addresses.first.flatMap({ IPAddress($0) }) else {
        throw .noGatewayAddress(line.proxy.pod)
      }
      return (address, addresses.targetPort(of: port, at: vantage))
    }
  }
}

/// A proxy that is ready to answer; one value for all threads.
package final class PreparedProxy: Sendable {
  package let evaluator: Evaluator

  init(_ evaluator: Evaluator) {
    self.evaluator = evaluator
  }
}

/// `host`, `host:port`, `[v6]:port`.
package enum Authority {
  /// The host without brackets, and the port; nil when the port is no number.
  package static func split(_ text: String) -> (host: String, port: UInt32?)? {
    let utf8 = text.utf8
    if utf8.first == UInt8(ascii: "[") {
      guard let close = utf8.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      let host = String(text[utf8.index(after: utf8.startIndex)..<close])
      let rest = text[utf8.index(after: close)...]
      if rest.isEmpty { return (host, nil) }
      guard rest.utf8.first == UInt8(ascii: ":"), let port = port(rest.dropFirst()) else { return nil }
      return (host, port)
    }
    guard let colon = utf8.lastIndex(of: UInt8(ascii: ":")), utf8.firstIndex(of: UInt8(ascii: ":")) == colon else {
      // No colon, or an IPv6 address without brackets.
      return (text, nil)
    }
    guard let port = port(text[utf8.index(after: colon)...]) else { return nil }
    return (String(text[..<colon]), port)
  }

  private static func port(_ digits: Substring) -> UInt32? {
    guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }),
      let port = UInt32(digits), port <= 65_535
    else { return nil }
    return port
  }
}

extension HTTPRequest {
  init(_ http: RequestLine.HTTP) {
    self.init(
      method: http.method, authority: http.authority.map { Array(wire: $0) }, path: http.path,
      headers: http.headers.map { HTTPHeader(name: $0.name, value: $0.value) })
    switch http.version {
    case .http10: version = .http10
    case .http11: version = .http11
    case .http2: version = .http2
    }
  }
}
