import Evaluation
import MeshModel
import ProxyModel

extension AnswerText {
  /// The headline of an outcome, and what goes with it, indented.
  func outcome(_ outcome: Outcome, of answer: Answer, to question: Question) -> [String] {
    let share = outcome.probability == .one ? "" : style.heading(TextWidth.padded(outcome.probability.text, to: 6))
    var lines: [String] = []
    switch outcome.effect {
    case .forward(let forwarded):
      let name = outcome.target.map(targetName) ?? "?"
      lines.append(share + style.good("→ ") + style.heading(name))
      lines += indented(endpoints(outcome.target) + changes(forwarded, question) + policy(outcome.target))
      lines += arrivals(outcome)
    case .respond(let reply):
      lines.append(
        share + style.bad("← ") + style.heading("\(reply.status)") + " " + explanation(reply, outcome, answer))
      lines += indented(replyRows(reply))
    case .redirect(let reply):
      let location = String(decoding: reply.location ?? [], as: UTF8.self)
      lines.append(share + style.value("↪ ") + style.heading("\(reply.status)") + " " + location)
    case .close(let closed):
      lines.append(share + style.bad("✗ ") + closing(closed))
    }
    return lines
  }

  private func indented(_ rows: [(String, String)]) -> [String] { self.rows(rows).map { "    " + $0 } }

  /// `reviews.default.svc.cluster.local:9080, subset v2`.
  func targetName(_ target: Target) -> String {
    guard let cluster = target.cluster?.cluster, !cluster.service.isEmpty else { return target.name }
    let subset = cluster.subset.isEmpty ? "" : say(", subset \(cluster.subset)", "，子集 \(cluster.subset)")
    return "\(cluster.service):\(cluster.port)\(subset)"
  }

  private func endpoints(_ target: Target?) -> [(String, String)] {
    guard let view = target?.cluster else { return [] }
    let title = say("endpoints", "端点")
    switch view.cluster.discovery {
    case .originalDestination: return [(title, say("wherever the client connected to", "客户端所连的原始地址"))]
    case .dynamicForwardProxy: return [(title, say("whatever the request's host resolves to", "由请求主机名解析得出"))]
    case .eds, .staticEndpoints, .strictDNS, .logicalDNS:
      return view.addresses.isEmpty ? [] : [(title, shortened(view.addresses))]
    }
  }

  func shortened(_ names: [String]) -> String {
    let limit = 6
    let list = names.prefix(limit).joined(separator: ", ")
    let rest = names.count - limit
    return rest > 0 ? list + say(" and \(rest) more", " 等，另有 \(rest) 个") : list
  }

  /// What the upstream sees otherwise than it was sent, and the client otherwise than the upstream answered.
  private func changes(_ forwarded: Forwarded, _ question: Question) -> [(String, String)] {
    var rows: [(String, String)] = []
    if let request = forwarded.request, let sent = question.http {
      if request.authority != sent.authority ?? [] {
        rows.append((say("host", "主机"), String(decoding: request.authority, as: UTF8.self)))
      }
      if request.path != sent.path { rows.append((say("path", "路径"), String(decoding: request.path, as: UTF8.self))) }
      rows += headers(request.headers, say("request", "请求头"))
    }
    return rows + headers(forwarded.responseHeaders ?? [], say("response", "响应头"))
  }

  private func headers(_ differences: [HeaderDifference], _ title: String) -> [(String, String)] {
    differences.map { difference in
      guard let values = difference.values else { return (title, style.removed("- \(difference.name)")) }
      let text = values.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
      return (title, style.added("+ \(difference.name): \(text)"))
    }
  }

  private func policy(_ target: Target?) -> [(String, String)] {
    guard let cluster = target?.cluster?.cluster, let rule = cluster.destinationRule else { return [] }
    var parts = [cluster.loadBalancer.name.lowercased().replacing("_", with: " ")]
    let breakers = cluster.circuitBreakers
    let limits = [
      (breakers.maxConnections, say("connections", "连接")), (breakers.maxPendingRequests, say("pending", "排队")),
      (breakers.maxRequests, say("requests", "请求")), (breakers.maxRetries, say("retries", "重试")),
    ]
    for (limit, name) in limits {
      if let limit { parts.append(say("at most \(limit) \(name)", "\(name)上限 \(limit)")) }
    }
    if cluster.outlierDetection != nil { parts.append(say("outlier ejection", "异常点驱逐")) }
    switch cluster.tls {
    case .none: break
    case .auto: parts.append(say("mTLS where the endpoint can", "端点支持时使用 mTLS"))
    case .mesh: parts.append("mTLS")
    case .external: parts.append("TLS")
    }
    return [(say("policy", "策略"), parts.joined(separator: ", ")), ("", origin(rule))]
  }

  /// Why a response was made here.
  private func explanation(_ reply: LocalReply, _ outcome: Outcome, _ answer: Answer) -> String {
    let name = outcome.target.map(targetName) ?? ""
    let flags = reply.flags.split(separator: ",").first.map(String.init) ?? ""
    switch flags {
    case "UH": return say("\(name) has no healthy endpoint", "\(name) 没有健康的端点")
    case "NC":
      return say("there is no cluster \(name): no such service, port or subset", "不存在集群 \(name)：没有该服务、端口或子集")
    case "NR": return say("no route for this host and path", "该主机与路径没有路由")
    case "FI": return say("an injected fault", "注入的故障")
    case "UAEX": return say("denied by the external authorizer", "被外部授权服务拒绝")
    case "DPE": return say("the bytes are not the protocol that was expected", "报文不符合所期望的协议")
    case "": break
    default: return "\(reply.details) (\(flags))"
    }
    if answer.filter != nil {
      if reply.details.utf8.starts(with: "rbac_access_denied_matched_policy[none]".utf8) {
        return say("no ALLOW policy matches", "没有匹配的 ALLOW 策略")
      }
      if reply.details.utf8.starts(with: "rbac_access_denied".utf8) {
        return say("denied by a policy", "被策略拒绝")
      }
      if reply.details.utf8.starts(with: "jwt_authn".utf8) {
        let body = String(decoding: reply.body ?? [], as: UTF8.self)
        return say("the token is refused: \(body)", "令牌被拒绝：\(body)")
      }
    }
    switch reply.details {
    case "direct_response": return say("answered by the proxy itself", "由代理直接应答")
    default: return reply.details
    }
  }

  private func replyRows(_ reply: LocalReply) -> [(String, String)] {
    var rows: [(String, String)] = []
    if let status = reply.grpcStatus { rows.append(("grpc-status", String(status))) }
    if reply.details == "direct_response", let body = reply.body, !body.isEmpty {
      let text = String(decoding: body.prefix(200), as: UTF8.self)
      rows.append((say("body", "正文"), text.split(separator: "\n").first.map(String.init) ?? ""))
    }
    return rows + headers(reply.responseHeaders, say("response", "响应头"))
  }

  private func closing(_ closed: Closed) -> String {
    let base = say("the connection is closed", "连接被关闭")
    guard let reason = closed.reason else {
      switch closed.flags {
      case "UH"?: return base + say(": no healthy endpoint", "：没有健康的端点")
      case "NC"?: return base + say(": no such cluster", "：集群不存在")
      case "NR"?: return base + say(": no filter chain or route takes it", "：没有过滤链或路由接收")
      case nil: return base + say(": no listener takes it", "：没有监听器接收")
      case ""?: return base
      case let flags?: return base + " (\(flags))"
      }
    }
    switch reason {
    case .noFilterChain: return base + say(": no filter chain takes it", "：没有过滤链接收")
    case .noClientCertificate: return base + say(": the client shows no certificate", "：客户端未出示证书")
    case .foreignTrustDomain:
      return base + say(": the client's certificate is of another trust domain", "：客户端证书属于其他信任域")
    case .codecError: return base + say(": the bytes are no HTTP", "：报文不是 HTTP")
    }
  }
}
