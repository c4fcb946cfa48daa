import Evaluation
import MeshModel
import ProxyModel
import RequestSpace

/// Where a request is to arrive: a listener of one client's proxy, and a name that leads there.
struct RequestPlace {
  var client: ClientChoice.Client
  /// The name that is dialled, and its port; nil: `address` is.
  var name: String?
  var port: UInt32
  /// `ip` to connect to, where a name does not lead there.
  var address: String?
  /// nil: no TLS.
  var serverName: String?
  var showsCertificate = false

  var usualPort: UInt32 { serverName == nil ? 80 : 443 }

  /// How a client names the host in its request, the usual form first.
  var authorities: [String] {
    guard let name else { return [] }
    return port == usualPort ? [name] : ["\(name):\(port)", name]
  }

  private var line: RequestLine {
    var line = RequestLine()
    line.proxy = client.reference
    if let serverName {
      var tls = RequestLine.Connection.TLS()
      tls.sni = serverName
      line.connection.tls = tls
    }
    if showsCertificate { line.connection.peerPrincipal = "spiffe://cluster.local/ns/default/sa/default" }
    if let address {
      let isBare = address.utf8.contains(UInt8(ascii: ":"))
      line.connection.destination = (isBare ? "[\(address)]" : address) + ":\(port)"
    }
    return line
  }

  /// Bytes, or a bare TLS handshake.
  var connectionLine: RequestLine {
    var line = line
    if address == nil, let name { line.connection.host = "\(name):\(port)" }
    return line
  }

  func line(_ sketch: RequestSketch) -> RequestLine {
    var line = line
    var http = RequestLine.HTTP()
    http.method = Array(sketch.method.utf8)
    http.authority = sketch.authority
    http.path = sketch.target
    http.headers = sketch.headers.map { RequestLine.HTTP.Header(name: Array($0.name.utf8), value: $0.value) }
    line.http = http
    if address == nil, let name, authorities.first != sketch.authority { line.connection.host = "\(name):\(port)" }
    return line
  }
}

/// Names that a domain or a server name of a rule stands for.
enum ConcreteName {
  /// `www.example.com` for `*.example.com`.
  static func of(_ pattern: String) -> String {
    if pattern == "*" { return "example.com" }
    if pattern.utf8.first == UInt8(ascii: "*") { return "www" + pattern.dropFirst() }
    if pattern.utf8.last == UInt8(ascii: "*") { return pattern.dropLast() + "com" }
    return pattern
  }

  /// The domain of a virtual host that reads best: short, no wildcard, no address.
  static func best(of domains: [String]) -> [String] {
    let names = domains.map { domain in Authority.split(domain)?.host ?? domain }
    func rank(_ name: String) -> (Int, Int) {
      let isWild = name.utf8.first == UInt8(ascii: "*") || name.utf8.last == UInt8(ascii: "*")
      return (IPAddress(name) != nil ? 2 : isWild ? 1 : 0, name.utf8.count)
    }
    let sorted = names.enumerated().sorted {
      let (a, b) = (rank($0.element), rank($1.element))
      return (a.0, a.1, $0.offset) < (b.0, b.1, $1.offset)
    }
    return sorted.flatMap { name -> [String] in
      let name = name.element
      // Another virtual host may have the usual name for itself.
      guard name.utf8.starts(with: "*.".utf8) else { return [of(name)] }
      return ["www", "any", "a.b"].map { $0 + name.dropFirst() }
    }
  }
}
