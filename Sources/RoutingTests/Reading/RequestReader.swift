import Diagnostics
import YAML

extension FieldReader {
  static let requestKeys = [
    "from", "gateway", "client", "url", "method", "host", "headers", "destination", "source", "sni", "alpn", "version",
    "principal", "extAuthz",
  ]

  /// `when`: the entries of a row come over those that all rows share.
  mutating func request(_ entries: [Node.Entry], _ span: SourceSpan) -> TestRequest? {
    var request = TestRequest(url: "", span: span)
    var url: Node?
    for entry in entries {
      let node = entry.value
      switch entry.name {
      case "from":
        if request.client != nil { add(.bothGiven("from", "gateway"), at: entry.nameSpan(file: file)) }
        request.client = text(node, "from").map { .sidecar($0) }
      case "gateway":
        if request.client != nil { add(.bothGiven("from", "gateway"), at: entry.nameSpan(file: file)) }
        request.client = text(node, "gateway").map { .gateway($0) }
      case "client": request.client = described(node)
      case "url": url = node
      case "method": request.method = text(node, "method") ?? "GET"
      case "host": request.host = text(node, "host")
      case "headers": request.headerPairs = headers(node)
      case "destination": request.destination = text(node, "destination")
      case "source": request.source = text(node, "source")
      case "sni": request.serverName = text(node, "sni")
      case "alpn": request.applicationProtocols = texts(node, "alpn")
      case "version": request.version = choice(node, "version", ["1.0", "1.1", "2"])
      case "principal": request.principal = text(node, "principal")
      case "extAuthz": request.authorizerAllows = choice(node, "extAuthz", ["allow", "deny"]) != "deny"
      default: continue
      }
    }
    guard let url, let text = text(url, "url") else {
      if url == nil { add(.missingKey("url", in: "when"), at: span) }
      return nil
    }
    if let scheme = text.firstIndex(of: ":"), text[scheme...].hasPrefix("://"),
      !["http", "https", "tcp", "tls"].contains(text[..<scheme].lowercased())
    {
      add(.badURL(text), at: url.span(file: file))
      return nil
    }
    if request.client == nil {
      add(.missingKey("from", in: "when"), at: span)
      return nil
    }
    request.url = text
    return request
  }

  private mutating func described(_ node: Node) -> TestRequest.Client? {
    var namespace = "default"
    var labels: [String: String] = [:]
    var isGateway = false
    for entry in members(node, of: "client", known: ["namespace", "labels", "gateway"]) {
      switch entry.name {
      case "namespace": namespace = text(entry.value, "namespace") ?? namespace
      case "gateway": isGateway = isTrue(entry.value, "gateway") ?? false
      default:
        for label in entry.value.mapping ?? [] { labels[label.name] = text(label.value, "labels") }
      }
    }
    return isGateway
      ? .describedGateway(namespace: namespace, labels: labels) : .described(namespace: namespace, labels: labels)
  }

  private mutating func headers(_ node: Node) -> [TestRequest.Header] {
    guard let entries = node.mapping else {
      add(.notMapping("headers"), at: node.span(file: file))
      return []
    }
    return entries.flatMap { entry in
      texts(entry.value, entry.name).map { TestRequest.Header(name: entry.name, value: $0) }
    }
  }

  mutating func choice(_ node: Node, _ field: String, _ known: [String]) -> String? {
    guard let text = text(node, field) else { return nil }
    if known.contains(text) { return text }
    add(.badChoice(text, field: field, known: known), at: node.span(file: file))
    return nil
  }
}
