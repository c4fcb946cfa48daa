import Evaluation
import ProxyModel

extension RequestLine {
  typealias Failure = JSONScanner.Failure

  /// Reads one line. Members that the contract does not have are refused inside `proxy`, `connection` and `http`,
  /// where a misspelt one would change the answer without a word.
  ///
  /// The identifier is kept in `id` also when the rest cannot be read.
  mutating func read(_ bytes: [UInt8], range: Range<Int>) throws(Failure) {
    var scanner = JSONScanner(bytes, range: range)
    var line = RequestLine()
    defer { self = line }
    try scanner.readObject("request") { (scanner: inout JSONScanner, name) throws(Failure) in
      switch name {
      case "id": line.id = Array(try scanner.readRaw())
      case "proxy": line.proxy = try ProxyReference(&scanner)
      case "connection": line.connection = try Connection(&scanner)
      case "http": line.http = scanner.readNull() ? nil : try HTTP(&scanner)
      case "time": line.time = try Self.time(&scanner)
      case "extAuthz": line.authorizerAllows = try Self.authorizerAllows(&scanner)
      default: _ = try scanner.readRaw()
      }
    }
    guard scanner.isAtEnd() else { throw .syntax(offset: scanner.at) }
  }

  private static func time(_ scanner: inout JSONScanner) throws(Failure) -> Int64? {
    if scanner.readNull() { return nil }
    let text = try scanner.readString("time")
    guard let seconds = RFC3339.seconds(text) else { throw .value(member: "time", text: text) }
    return seconds
  }

  private static func authorizerAllows(_ scanner: inout JSONScanner) throws(Failure) -> Bool {
    let text = try scanner.readString("extAuthz")
    switch text {
    case "allow": return true
    case "deny": return false
    default: throw .value(member: "extAuthz", text: text)
    }
  }
}

extension RequestLine.ProxyReference {
  init(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) {
    var proxy = Self()
    try scanner.readObject("proxy") { (scanner: inout JSONScanner, name) throws(JSONScanner.Failure) in
      switch name {
      case "kind":
        let text = try scanner.readString("proxy.kind")
        guard let kind = Vantage.Kind(rawValue: text) else { throw .value(member: "proxy.kind", text: text) }
        proxy.kind = kind
      case "pod": proxy.pod = try scanner.readString("proxy.pod")
      case "namespace": proxy.namespace = try scanner.readString("proxy.namespace")
      case "serviceAccount": proxy.serviceAccount = try scanner.readString("proxy.serviceAccount")
      case "ip": proxy.address = try scanner.readString("proxy.ip")
      case "locality": proxy.locality = Locality(path: try scanner.readString("proxy.locality"))
      case "labels":
        try scanner.readObject("proxy.labels") { (scanner: inout JSONScanner, key) throws(JSONScanner.Failure) in
          proxy.labels[key] = try scanner.readString("proxy.labels")
        }
      default: throw .unknownMember("proxy." + name)
      }
    }
    self = proxy
  }
}

extension RequestLine.Connection {
  init(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) {
    var connection = Self()
    if scanner.readNull() {
      self = connection
      return
    }
    try scanner.readObject("connection") { (scanner: inout JSONScanner, name) throws(JSONScanner.Failure) in
      switch name {
      case "source": connection.source = scanner.readNull() ? "" : try scanner.readString("connection.source")
      case "destination":
        connection.destination = scanner.readNull() ? "" : try scanner.readString("connection.destination")
      case "tls": connection.tls = scanner.readNull() ? nil : try TLS(&scanner)
      case "peer": connection.peerPrincipal = scanner.readNull() ? nil : try Self.principal(&scanner)
      default: throw .unknownMember("connection." + name)
      }
    }
    self = connection
  }

  private static func principal(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) -> String {
    var principal: String?
    try scanner.readObject("connection.peer") { (scanner: inout JSONScanner, name) throws(JSONScanner.Failure) in
      guard name == "principal" else { throw .unknownMember("connection.peer." + name) }
      principal = try scanner.readString("connection.peer.principal")
    }
    guard let principal else { throw .missingMember("connection.peer.principal") }
    return principal
  }
}

extension RequestLine.Connection.TLS {
  init(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) {
    var tls = Self()
    try scanner.readObject("connection.tls") { (scanner: inout JSONScanner, name) throws(JSONScanner.Failure) in
      switch name {
      case "sni": tls.sni = scanner.readNull() ? "" : try scanner.readString("connection.tls.sni")
      case "alpn": tls.alpn = scanner.readNull() ? nil : try scanner.readStrings("connection.tls.alpn")
      default: throw .unknownMember("connection.tls." + name)
      }
    }
    self = tls
  }
}

extension RequestLine.HTTP {
  init(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) {
    var http = Self()
    try scanner.readObject("http") { (scanner: inout JSONScanner, name) throws(JSONScanner.Failure) in
      switch name {
      case "method": http.method = try scanner.readWire("http.method")
      case "authority": http.authority = scanner.readNull() ? nil : try scanner.readString("http.authority")
      case "path": http.path = try scanner.readWire("http.path")
      case "version":
        let text = try scanner.readString("http.version")
        guard let version = Version(rawValue: text) else { throw .value(member: "http.version", text: text) }
        http.version = version
      case "headers":
        try scanner.readArray("http.headers") { (scanner: inout JSONScanner) throws(JSONScanner.Failure) in
          var pair: [[UInt8]] = []
          pair.reserveCapacity(2)
          try scanner.readArray("http.headers") { (scanner: inout JSONScanner) throws(JSONScanner.Failure) in
            pair.append(try scanner.readWire("http.headers"))
          }
          guard pair.count == 2 else {
            let texts = pair.map { String(decoding: $0, as: UTF8.self) }
            throw .value(member: "http.headers", text: texts.joined(separator: ", "))
          }
          http.headers.append(Header(name: pair[0], value: pair[1]))
        }
      default: throw .unknownMember("http." + name)
      }
    }
    self = http
  }
}

extension RequestLine.HTTP.Header {
  /// With the bytes that the texts stand for.
  package init(name: String, value: String) {
    self.init(name: Array(wire: name), value: Array(wire: value))
  }
}
