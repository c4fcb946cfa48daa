import MeshModel
import ProxyModel

extension Redirect {
  /// RX-2 to RX-7.
  init(translating redirect: HTTPRedirect, port: UInt32, isTLS: Bool) {
    self.init(status: redirect.redirectCode == 0 ? 301 : redirect.redirectCode)
    if !redirect.scheme.isEmpty { scheme = redirect.scheme }
    if !redirect.authority.isEmpty { host = redirect.authority }
    if !redirect.uri.isEmpty { path = .whole(redirect.uri) }
    self.port = Self.port(of: redirect, listenerPort: port, isTLS: isTLS)
  }

  /// RX-4, RX-5: a scheme's own port is left out.
  private static func port(of redirect: HTTPRedirect, listenerPort: UInt32, isTLS: Bool) -> UInt32? {
    let port: UInt32
    switch (redirect.port, redirect.derivePort) {
    case (let explicit?, _): port = explicit
    case (nil, .fromRequestPort?): port = listenerPort
    case (nil, .fromProtocolDefault?), (nil, nil): return nil
    }
    let scheme = redirect.scheme.isEmpty ? (isTLS ? "https" : "http") : redirect.scheme
    if port == 80, scheme == "http" { return nil }
    if port == 443, scheme == "https" { return nil }
    return port == 0 ? nil : port
  }
}

extension DirectResponse {
  /// RX-8.
  init(translating response: HTTPDirectResponse) {
    switch response.body {
    case .string(let text)?: self.init(status: response.status, body: Array(text.utf8))
    case .bytes(let bytes)?: self.init(status: response.status, body: bytes)
    case nil: self.init(status: response.status)
    }
  }
}
