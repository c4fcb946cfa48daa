import MeshModel
import ProxyModel

extension Exchange {
  enum Reception {
    case routed(Exchange)
    /// An answer before any route is chosen; it carries no route's headers (RSP-2).
    case refused(LocalReply)
  }

  /// HCM-1 to XFF-12: from the bytes of the client to what routes and filters see.
  static func receive(
    _ request: HTTPRequest, on connection: Connection, by manager: HTTPConnectionManager, isEncrypted: Bool,
    ownIdentity: String, trace: inout Trace?
  ) -> Reception {
    if request.version != .http2, let reply = codecProblem(request) { return .refused(reply) }
    var headers: [HTTPHeader] = []
    headers.reserveCapacity(request.headers.count + 2)
    var authority = request.authority
    for header in request.headers {
      let name = ASCII.lowered(header.name)
      if name == HeaderName.host {
        // HCM-4: two Host lines are one.
        authority = authority.map { $0 + [UInt8(ascii: ",")] + header.value } ?? header.value
      } else {
        Self.append(HTTPHeader(name: name, value: Array(ASCII.trimmed(header.value[...]))), to: &headers)
      }
    }
    let isConnect = request.method == RequestTarget.connect
    var path = request.path
    var scheme: [UInt8]?
    if request.version != .http2, let first = path.first, first != UInt8(ascii: "/"), !isConnect {
      let isStar = first == UInt8(ascii: "*") && request.method == [UInt8]("OPTIONS")
      if !isStar {
        guard let url = RequestTarget.absoluteURL(path) else {
          return .refused(LocalReply(status: 400, flags: "DPE", details: "http1.invalid_url"))
        }
        // HCM-7.
        scheme = url.scheme
        authority = url.authority
        path = url.path
      }
    }
    if isConnect, request.version != .http2 { authority = path }

    if request.version == .http10, !manager.acceptsHTTP10 {
      return .refused(LocalReply(status: 426, details: "low_version"))  // HCM-2
    }
    guard let authority else { return .refused(LocalReply(status: 400, details: "missing_host_header")) }
    guard authority.allSatisfy(Authority.isAllowed) else {
      return .refused(LocalReply(status: 400, flags: "DPE", details: "http.invalid_authority"))  // HCM-5
    }
    if request.method == [UInt8]("QUERY"), !headers.contains(where: { $0.name == HeaderName.contentType }) {
      return .refused(LocalReply(status: 400, details: "query_missing_content_type"))  // HCM-3
    }
    if !isConnect {
      if path.isEmpty { return .refused(LocalReply(status: 404, details: "missing_path")) }
      guard path.first == UInt8(ascii: "/") else {
        return .refused(LocalReply(status: 404, details: "absolute_path_rejected"))  // HCM-6
      }
      guard let normalized = PathNormalizer(manager.pathNormalization).normalized(path) else {
        return .refused(LocalReply(status: 400, details: "path_normalization_failed"))
      }
      if trace != nil, normalized != path { trace?.steps.append(.pathNormalized(from: path, to: normalized)) }
      path = normalized
    }
    let received = HeaderList(headers)
    let peers = connection.peer.map { [$0] } ?? []
    var exchange = Exchange(
      sent: request, received: received, peers: isEncrypted ? peers : [], connection: connection,
      isEncrypted: isEncrypted, method: request.method, authority: authority, path: path, scheme: [],
      headers: received, client: connection.source, claims: nil)
    exchange.sanitize(by: manager, scheme: scheme, ownIdentity: ownIdentity)
    return .routed(exchange)
  }

  /// Headers that Envoy keeps one value of are joined when they repeat; all others stay apart (HM-2).
  private static func append(_ header: HTTPHeader, to headers: inout [HTTPHeader]) {
    if keptAsOne.contains(header.name), let place = headers.firstIndex(where: { $0.name == header.name }) {
      if header.value.isEmpty { return }
      let isEmpty = headers[place].value.isEmpty
      headers[place].value += (isEmpty ? [] : [UInt8(ascii: ",")]) + header.value
    } else {
      headers.append(header)
    }
  }

  static let keptAsOne: Set<[UInt8]> = {
    let names =
      "user-agent content-type te grpc-timeout x-forwarded-for x-forwarded-proto x-forwarded-host "
      + "x-forwarded-client-cert x-request-id x-client-trace-id via connection upgrade keep-alive proxy-connection "
      + "transfer-encoding origin access-control-request-method access-control-request-headers "
      + "access-control-request-private-network accept accept-encoding authorization cache-control content-encoding "
      + "expect grpc-accept-encoding if-match if-none-match if-modified-since if-unmodified-since if-range pragma "
      + "x-envoy-decorator-operation x-envoy-downstream-service-cluster x-envoy-downstream-service-node "
      + "x-envoy-external-address x-envoy-original-path x-envoy-original-host referer x-forwarded-port "
      + "proxy-status"
    return Set(names.utf8.split(separator: 32).map { Array($0) })
  }()

  /// HCM-1, HCM-3, HCM-9: what the HTTP/1 parser refuses.
  private static func codecProblem(_ request: HTTPRequest) -> LocalReply? {
    var isGood = RequestTarget.isKnownMethod(request.method)
    isGood = isGood && RequestTarget.isReadable(request.path, method: request.method)
    var length: [UInt8]?
    for header in request.headers where isGood {
      isGood = !header.name.isEmpty && header.name.allSatisfy(ASCII.isToken)
      isGood = isGood && header.value.allSatisfy { $0 == 9 || ($0 >= 32 && $0 != 127) }
      guard ASCII.equalIgnoringCase(header.name, HeaderName.contentLength) else { continue }
      isGood = isGood && ASCII.decimal(header.value[...]) != nil && (length == nil || length == header.value)
      length = header.value
    }
    if isGood { return nil }
    return LocalReply(status: 400, flags: "DPE", details: "http1.codec_error", body: [UInt8]("Bad Request"))
  }

  /// XFF-1 to XFF-11.
  private mutating func sanitize(by manager: HTTPConnectionManager, scheme given: [UInt8]?, ownIdentity: String) {
    let isUpgrade = takesUpgrade()
    headers.entries.removeAll { entry in
      if Self.strippedAlways.contains(entry.name) { return true }
      if !isUpgrade, entry.name == HeaderName.upgrade || entry.name == HeaderName.connection { return true }
      return manager.usesRemoteAddress && Self.strippedAtEdge.contains(entry.name)
    }
    if let te = headers.first(HeaderName.te) {
      let tokens = te.split(separator: UInt8(ascii: ",")).map { ASCII.lowered(Array(ASCII.trimmed($0))) }
      if tokens.contains([UInt8]("trailers")) {
        headers.set(HeaderName.te, [UInt8]("trailers"))
      } else {
        headers.remove(HeaderName.te)
      }
    }
    let own: [UInt8] = isEncrypted ? [UInt8]("https") : [UInt8]("http")
    learnClient(by: manager)
    if manager.usesRemoteAddress && (manager.trustedHops == 0 || !headers.contains(HeaderName.forwardedProto)) {
      headers.set(HeaderName.forwardedProto, own)
    } else if !headers.contains(HeaderName.forwardedProto) {
      headers.append(HeaderName.forwardedProto, own)
    }
    if let override = manager.schemeOverride {
      headers.set(HeaderName.forwardedProto, Array(override.utf8))
      scheme = Array(override.utf8)
    } else if let given {
      scheme = given
    } else {
      let told = ASCII.lowered(headers.first(HeaderName.forwardedProto) ?? [])
      scheme = told == [UInt8]("http") || told == [UInt8]("https") ? told : own
    }
    forwardCertificate(by: manager.clientCertificateDetails, ownIdentity: ownIdentity)
  }

  /// Only `websocket` is enabled (HC-4); `h2c` is not taken for an upgrade.
  private func takesUpgrade() -> Bool {
    guard let upgrade = headers.first(HeaderName.upgrade) else { return false }
    let tokens = (headers.first(HeaderName.connection) ?? []).split(separator: UInt8(ascii: ","))
    let asks = tokens.contains { ASCII.lowered(Array(ASCII.trimmed($0))) == HeaderName.upgrade }
    return asks && ASCII.lowered(upgrade) != [UInt8]("h2c")
  }

  /// XFF-3, XFF-4; RB-7.
  private mutating func learnClient(by manager: HTTPConnectionManager) {
    let lines = headers.all(HeaderName.forwardedFor)
    let joined = Array(lines.joined(separator: [UInt8(ascii: ",")]))
    let entries = joined.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    let hops = Int(manager.trustedHops)
    let fromRight = manager.usesRemoteAddress ? hops : hops + 1
    if fromRight > 0, fromRight <= entries.count, !lines.isEmpty {
      let entry = String(decoding: ASCII.trimmed(entries[entries.count - fromRight]), as: UTF8.self)
      if let told = IPAddress(entry) { client = told }
    }
    guard manager.usesRemoteAddress, let source = connection.source else { return }
    var value = joined
    if !lines.isEmpty { value.append(UInt8(ascii: ",")) }
    value += Array(source.description.utf8)
    headers.set(HeaderName.forwardedFor, value)
  }

  private mutating func forwardCertificate(
    by details: HTTPConnectionManager.ClientCertificateDetails, ownIdentity: String
  ) {
    if details == .alwaysForwardOnly { return }
    guard let peer = peers.first, details != .sanitize else { return headers.remove(HeaderName.forwardedClientCert) }
    let element = "By=\(ownIdentity);Hash=*;Subject=\"\";URI=\(peer)"
    switch details {
    case .sanitizeSet: headers.set(HeaderName.forwardedClientCert, Array(element.utf8))
    case .appendForward:
      let before = headers.all(HeaderName.forwardedClientCert)
      let joined = Array((before + [Array(element.utf8)]).joined(separator: [UInt8(ascii: ",")]))
      headers.set(HeaderName.forwardedClientCert, joined)
    case .forwardOnly, .alwaysForwardOnly, .sanitize: break
    }
  }

  /// XFF-7 and XFF-11: from every client, as no client counts as internal.
  private static let strippedAlways: Set<[UInt8]> = {
    let names =
      "x-envoy-force-trace x-envoy-hedge-on-per-try-timeout x-envoy-internal x-envoy-ip-tags x-envoy-max-retries "
      + "x-envoy-original-url x-envoy-retriable-header-names x-envoy-retriable-status-codes x-envoy-retry-grpc-on "
      + "x-envoy-retry-on x-envoy-upstream-rq-per-try-timeout-ms "
      + "x-envoy-upstream-rq-timeout-alt-response x-envoy-upstream-rq-timeout-ms x-envoy-upstream-stream-duration-ms "
      + "keep-alive proxy-connection transfer-encoding"
    return Set(names.utf8.split(separator: 32).map { Array($0) })
  }()

  /// XFF-8.
  private static let strippedAtEdge: Set<[UInt8]> = {
    let names =
      "x-envoy-decorator-operation x-envoy-downstream-service-cluster x-envoy-downstream-service-node "
      + "x-envoy-original-path x-envoy-original-host x-envoy-upstream-alt-stat-name"
    return Set(names.utf8.split(separator: 32).map { Array($0) })
  }()
}
