package import Diagnostics
import Evaluation

/// What a person asks for, in the shape of curl: a URL, a method and headers.
package struct RequestURL: Hashable, Sendable {
  package var scheme: Scheme
  /// Host and port as the Host header has them.
  package var authority: String
  package var host: String
  /// With the query; `/` when the URL has none.
  package var path: String

  package enum Scheme: String, Hashable, Sendable, CaseIterable {
    case http, https, tcp, tls
  }

  package enum Problem: Error, Hashable, Sendable {
    case scheme(String)
    case noHost(String)
    case header(String)

    package var message: LocalizedText {
      switch self {
      case .scheme(let text):
        LocalizedText(
          en: "'\(text)' is no scheme; expected http, https, tcp or tls", zh: "不支持协议 '\(text)'；应为 http、https、tcp 或 tls")
      case .noHost(let text): LocalizedText(en: "'\(text)' names no host", zh: "'\(text)' 中没有主机名")
      case .header(let text):
        LocalizedText(en: "'\(text)' is no header; expected 'name: value'", zh: "'\(text)' 不是请求头；应为 'name: value'")
      }
    }
  }

  /// Reads `http://reviews:9080/a?b=c`; without a scheme it is http. A fragment is dropped, as clients do.
  package init(_ text: String) throws(Problem) {
    var rest = text.utf8[...]
    scheme = .http
    if let mark = Self.schemeEnd(rest) {
      let name = String(Substring(rest[..<mark])).lowercased()
      guard let known = Scheme(rawValue: name) else { throw .scheme(name) }
      scheme = known
      rest = rest[rest.index(mark, offsetBy: 3)...]
    }
    let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
    var name = rest[..<(end ?? rest.endIndex)]
    if let at = name.lastIndex(of: UInt8(ascii: "@")) { name = name[name.index(after: at)...] }
    authority = String(Substring(name))
    guard let (host, _) = Authority.split(authority), !host.isEmpty else { throw .noHost(text) }
    self.host = host
    var path = end.map { rest[$0...] } ?? rest[rest.endIndex...]
    if let fragment = path.firstIndex(of: UInt8(ascii: "#")) { path = path[..<fragment] }
    let tail = String(Substring(path))
    self.path = tail.utf8.first == UInt8(ascii: "/") ? tail : "/" + tail
  }

  private static func schemeEnd(_ text: Substring.UTF8View) -> Substring.UTF8View.Index? {
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    return text[colon...].starts(with: "://".utf8) ? colon : nil
  }

  /// The same question as a line of the machine contract.
  package func line(method: String, headers: [String]) throws(Problem) -> RequestLine {
    var line = RequestLine()
    switch scheme {
    case .http, .https:
      var http = RequestLine.HTTP()
      http.method = Array(wire: method)
      http.authority = authority
      http.path = Array(wire: path)
      for text in headers {
        let (name, value) = try Self.header(text)
        if name.lowercased() == "host" {
          http.authority = value
        } else {
          http.headers.append(.init(name: name, value: value))
        }
      }
      line.http = http
    case .tcp, .tls: line.connection.host = authority
    }
    if scheme == .https || scheme == .tls {
      var tls = RequestLine.Connection.TLS()
      tls.sni = host
      line.connection.tls = tls
    }
    return line
  }

  /// `name: value`, or `name;` for one without a value, as curl has it.
  private static func header(_ text: String) throws(Problem) -> (String, String) {
    if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon != text.startIndex {
      var value = text[text.utf8.index(after: colon)...]
      while value.utf8.first == UInt8(ascii: " ") { value.removeFirst() }
      return (String(text[..<colon]), String(value))
    }
    guard text.utf8.last == UInt8(ascii: ";"), text.utf8.count > 1 else { throw .header(text) }
    return (String(text.dropLast()), "")
  }
}
