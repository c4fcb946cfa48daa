import ProxyModel

extension Evaluator {
  /// Turns a reply made here into what the client gets: headers, gRPC form, no body to a HEAD.
  ///
  /// - Parameters:
  ///   - mutations: those of the route, the most specific first (RSP-2).
  ///   - own: headers of the filter that replies.
  func finished(
    _ reply: LocalReply, _ exchange: Exchange, mutations: [HeaderMutation], own: [HTTPHeader] = [],
    grpcStatus: UInt32? = nil, route: RoutePlan?, cluster: String, content: ContentTypeRule
  ) -> LocalReply {
    var reply = reply
    var headers = HeaderList()
    let body = reply.body ?? []
    if exchange.arrivedAsGRPC {
      // GR-2.
      reply.grpcStatus = grpcStatus ?? GRPC.status(ofHTTP: reply.status)
      reply.status = 200
      headers.append(HeaderName.contentType, [UInt8]("application/grpc"))
      headers.append(HeaderName.grpcStatus, Array(String(reply.grpcStatus ?? 2).utf8))
      if !body.isEmpty, !exchange.isHead { headers.append(HeaderName.grpcMessage, GRPC.encodedMessage(body)) }
      reply.body = reply.body == nil ? nil : []
    }
    var format = HeaderFormat()
    let before = headers
    for mutation in mutations {
      mutation.apply(to: &headers, &format) { _ in
        HeaderFormat.Subject(
          exchange: exchange, response: HeaderList(), cluster: reply.flags == "NC" ? "" : cluster,
          routeName: route?.route.name ?? "",
          responseFlags: [route?.route.delayFlag ?? "", reply.flags].filter { !$0.isEmpty }.joined(separator: ","),
          responseDetails: reply.details)
      }
    }
    let isTouched = headers.entries != before.entries
    for header in own { headers.set(header.name, header.value) }
    if exchange.arrivedAsGRPC {
      if !headers.contains(HeaderName.contentType) {
        headers.append(HeaderName.contentType, [UInt8]("application/grpc"))
      }
    } else if !body.isEmpty, !headers.contains(HeaderName.contentType) {
      headers.append(HeaderName.contentType, [UInt8]("text/plain"))
    }
    if exchange.isHead, reply.body != nil { reply.body = [] }
    let hides = content == .never || content == .unlessTouched && isTouched
    reply.responseHeaders = headers.differences(from: HeaderList()) { $0 == HeaderName.contentType && hides }
    return reply
  }

  /// Whether `content-type` is told; that of words which Envoy chooses is not configuration.
  enum ContentTypeRule {
    case always
    case unlessTouched
    case never
  }
}

extension LocalReply {
  /// GR-2 for a reply before there is a route; what the parser refuses is never turned into gRPC.
  func asRead(by request: HTTPRequest) -> LocalReply {
    let contentType = request.headers.first { ASCII.equalIgnoringCase($0.name, HeaderName.contentType) }
    guard flags != "DPE", GRPC.isGRPC(contentType?.value) else { return self }
    var result = self
    let status = GRPC.status(ofHTTP: self.status)
    result.status = 200
    result.grpcStatus = status
    result.responseHeaders = [
      HeaderDifference(name: HeaderName.grpcStatus.text, values: [Array(String(status).utf8)])
    ]
    return result
  }
}
