import ProxyModel

extension RequestLine {
  /// The request on one line, as people speak of it: `GET http://reviews.shop:9080/ end-user: jason, from shop/client`.
  package var brief: String {
    var words = [what]
    if let tls = connection.tls, http == nil || tls.sni != (http?.authority ?? "") {
      words.append(tls.sni.isEmpty ? "without SNI" : "SNI \(tls.sni)")
    }
    if http != nil, !connection.destination.isEmpty { words.append("to \(connection.destination)") }
    words.append("from \(client)")
    return words.joined(separator: ", ")
  }

  private var what: String {
    guard let http else {
      let target = connection.host.isEmpty ? connection.destination : connection.host
      return (connection.tls == nil ? "TCP " : "TLS ") + target
    }
    let scheme = connection.tls == nil ? "http" : "https"
    let method = String(decoding: http.method, as: UTF8.self)
    var text = "\(method) \(scheme)://\(http.authority ?? "")" + String(decoding: http.path, as: UTF8.self)
    for header in http.headers {
      let name = String(decoding: header.name, as: UTF8.self)
      text += " \(name): " + String(decoding: header.value, as: UTF8.self)
    }
    return text
  }

  private var client: String {
    let role = proxy.kind == .gateway ? "gateway " : ""
    if !proxy.pod.isEmpty { return role + proxy.pod }
    let labels = proxy.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    return role + (proxy.namespace.isEmpty ? "default" : proxy.namespace) + (labels.isEmpty ? "" : "/{\(labels)}")
  }
}
