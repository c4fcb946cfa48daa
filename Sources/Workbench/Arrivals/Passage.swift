import Evaluation
import ProxyModel

/// A request as it leaves the client's proxy.
struct Passage {
  /// The application speaks TLS that nobody has ended yet.
  let carriesTLS: Bool
  let transport: Answer.Transport
  private let sent: Question
  private let http: HTTPRequest?
  private let source: IPAddress?

  init(_ question: Question, _ forwarded: Forwarded, _ answer: Answer, _ vantage: Vantage) {
    sent = question
    transport = answer.transport ?? .tcp
    carriesTLS = question.connection.tls != nil && !answer.endsTLS && question.connection.peer == nil
    source = vantage.addresses.first.flatMap { IPAddress($0) } ?? question.connection.source
    guard var request = question.http else {
      http = nil
      return
    }
    if let difference = forwarded.request { request.apply(difference) }
    if answer.transport == .http {
      if vantage.kind == .gateway { request.forward(for: question.connection.source) }
      let isEncrypted = answer.endsTLS || request.isForwardedOverTLS
      if vantage.kind == .gateway || !request.has("x-forwarded-proto") {
        request.set("x-forwarded-proto", to: Array((isEncrypted ? "https" : "http").utf8))
      }
    }
    http = request
  }

  /// The same as the receiver's proxy sees it.
  func question(to group: ArrivalFollower.Group, over cluster: Cluster) -> Question {
    var question = sent
    question.connection = Connection(source: source, destination: group.address, port: group.port)
    question.http = http
    if cluster.upstreamProtocol == .http2 { question.http?.version = .http2 }
    switch group.approach.security {
    case .plaintext: break
    case .applicationTLS: question.connection.tls = sent.connection.tls
    case .meshTLS:
      question.connection.peer = group.approach.identity
      let name: String? =
        switch cluster.tls {
        case .auto(let sni, _), .mesh(let sni, _): sni
        case .none, .external: nil
        }
      question.connection.tls = Connection.ClientTLS(serverName: name)
      if carriesTLS {
        // What is inside stays closed to the receiver's proxy.
        question.http = nil
      } else if question.http?.version == .http2 {
        question.connection.tls?.applicationProtocols = ["istio-h2", "istio", "h2"]
      }
    case .foreignTLS:
      guard case .external(let tls) = cluster.tls else { break }
      let isHTTP2 = cluster.upstreamProtocol == .http2
      question.connection.tls = Connection.ClientTLS(
        serverName: tls.sni.isEmpty ? nil : tls.sni, applicationProtocols: isHTTP2 ? ["h2"] : nil)
    }
    return question
  }
}

extension HTTPRequest {
  fileprivate mutating func apply(_ difference: RequestDifference) {
    authority = difference.authority
    path = difference.path
    if let changed = difference.method { method = changed }
    for header in difference.headers {
      remove(header.name)
      for value in header.values ?? [] { headers.append(HTTPHeader(name: Array(header.name.utf8), value: value)) }
    }
  }

  /// A gateway says whom it speaks for (XFF-1).
  fileprivate mutating func forward(for client: IPAddress?) {
    guard let client else { return }
    let text = Array("\(client)".utf8)
    let known = headers.last { $0.isNamed("x-forwarded-for") }?.value
    set("x-forwarded-for", to: known.map { $0 + [UInt8](",".utf8) + text } ?? text)
  }

  fileprivate var isForwardedOverTLS: Bool {
    headers.contains { $0.isNamed("x-forwarded-proto") && $0.value.elementsEqual("https".utf8) }
  }

  fileprivate func has(_ name: String) -> Bool { headers.contains { $0.isNamed(name) } }

  fileprivate mutating func set(_ name: String, to value: [UInt8]) {
    remove(name)
    headers.append(HTTPHeader(name: Array(name.utf8), value: value))
  }

  fileprivate mutating func remove(_ name: String) { headers.removeAll { $0.isNamed(name) } }
}

extension HTTPHeader {
  /// Header names have no case; `other` is lower case.
  fileprivate func isNamed(_ other: String) -> Bool {
    name.count == other.utf8.count
      && zip(name, other.utf8).allSatisfy { byte, wanted in
        byte == wanted || (65...90).contains(byte) && byte + 32 == wanted
      }
  }
}
