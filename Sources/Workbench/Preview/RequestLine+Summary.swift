import ProxyModel

extension RequestLine {
  /// On one line, as a person would say it: `GET http://reviews.shop/ with end-user: jason from shop/client`.
  package var summary: String {
    var words: [String] = []
    if let http {
      let scheme = connection.tls == nil ? "http" : "https"
      let authority = http.authority ?? connection.destination
      words.append(
        String(decoding: http.method, as: UTF8.self) + " \(scheme)://\(authority)"
          + String(decoding: http.path, as: UTF8.self))
      let headers = http.headers.map {
        String(decoding: $0.name, as: UTF8.self) + ": " + String(decoding: $0.value, as: UTF8.self)
      }
      if !headers.isEmpty { words.append("with " + headers.joined(separator: ", ")) }
      if let sni = connection.tls?.sni, !sni.utf8.elementsEqual(hostPart(authority).utf8) { words.append("sni \(sni)") }
    } else {
      words.append(connection.tls == nil ? "TCP" : "TLS")
      if let sni = connection.tls?.sni { words.append("sni \(sni)") }
      words.append("to " + (connection.host.isEmpty ? connection.destination : connection.host))
    }
    return words.joined(separator: " ") + " from " + proxy.summary
  }

  private func hostPart(_ authority: String) -> String { Authority.split(authority)?.host ?? authority }
}

extension RequestLine.ProxyReference {
  package var summary: String {
    let side = kind == .gateway ? "gateway " : ""
    if !pod.isEmpty { return side + pod }
    let pairs = labels.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { "\($0.key)=\($0.value)" }
    let described = pairs.isEmpty ? "" : " (\(pairs.joined(separator: ", ")))"
    return side + (namespace.isEmpty ? "default" : namespace) + described
  }
}
