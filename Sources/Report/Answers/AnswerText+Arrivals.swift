import Diagnostics
package import Evaluation
import MeshModel
import ProxyModel

extension AnswerText {
  /// What becomes of an outcome at its endpoints, indented beneath it; those of whom the same is to be said together.
  func arrivals(_ outcome: Outcome) -> [String] {
    var told: [(names: [String], arrival: Arrival, details: [(String, String)])] = []
    for arrival in outcome.arrivals {
      let details = details(arrival)
      let isSame = { (other: (names: [String], arrival: Arrival, details: [(String, String)])) in
        arrival.receiver.kind == other.arrival.receiver.kind && arrival.reception == other.arrival.reception
          && result(of: arrival) == result(of: other.arrival) && details.elementsEqual(other.details, by: ==)
      }
      if let place = told.firstIndex(where: isSame) {
        told[place].names += names(arrival)
      } else {
        told.append((names(arrival), arrival, details))
      }
    }
    return told.flatMap { entry -> [String] in
      var lines = [sign(entry.arrival) + headline(entry.arrival, shortened(entry.names))]
      lines += rows(entry.details).map { "    " + $0 }
      if entry.arrival.receiver.kind == .gateway, let answer = entry.arrival.answer,
        let question = entry.arrival.question
      {
        lines.append("    " + style.faint(say("and from there", "从该网关继续")))
        for next in answer.outcomes { lines += self.outcome(next, of: answer, to: question).map { "    " + $0 } }
      }
      return lines.map { "    " + $0 }
    }
  }

  private static let mostRules = 6

  /// How each receiver came to its answer.
  package func explanations(_ answer: Answer) -> String {
    answer.outcomes.flatMap(\.arrivals).map { arrival -> String in
      guard let trace = arrival.trace, let next = arrival.answer else { return "" }
      let name = names(arrival).joined(separator: ", ")
      let title = style.heading(say("How \(name) came to its answer", "\(name) 的推导过程"))
      let steps = trace.steps.flatMap { step($0) }.map { "  " + $0 + "\n" }.joined()
      return "\n" + title + "\n" + steps + explanations(next)
    }.joined()
  }

  private func sign(_ arrival: Arrival) -> String {
    switch arrival.reception {
    case .served, .various: style.good("✓ ")
    case .answered, .broken: style.bad("✗ ")
    }
  }

  /// `403 RBAC: policy shop/y rule 2`, after the name of who says so.
  private func headline(_ arrival: Arrival, _ plain: String) -> String {
    let name = style.heading(plain)
    switch arrival.reception {
    case .served:
      switch arrival.receiver.kind {
      case .sidecar, .bare: return say("the request reaches \(name)", "请求到达 \(name)")
      case .gateway: return say("the gateway \(name) passes it on", "网关 \(name) 继续转发")
      case .outside: return say("\(name), outside the mesh", "\(name)，位于网格之外")
      }
    case .various: return say("the gateway \(name) passes it on", "网关 \(name) 继续转发")
    case .answered, .broken: return name + say(": ", ":") + result(of: arrival)
    }
  }

  /// The result in a few words: `403 RBAC: policy shop/y rule 2`, `401 Jwt is expired`, `503 UC: server requires …`.
  package func result(of arrival: Arrival) -> String {
    switch arrival.reception {
    case .served, .various: return say("allowed", "允许")
    case .answered(let status): return "\(status) " + words(of: arrival, status: status)
    case .broken(let mishap, let flags):
      return start(arrival, flags) + sentence(mishap, arrival)
    }
  }

  /// A client with a proxy hears of it as a response.
  private func start(_ arrival: Arrival, _ flags: String) -> String {
    if case .clientWithoutSidecar = arrival.approach.cause { return say("connection reset: ", "连接被重置：") }
    switch arrival.transport {
    case .http: return "503 \(flags): "
    case .tcp: return say("closed: ", "连接关闭：")
    }
  }

  private func words(of arrival: Arrival, status: UInt32) -> String {
    guard let answer = arrival.answer else { return "" }
    let reply: LocalReply
    switch answer.outcomes.first?.effect {
    case .respond(let made)?, .redirect(let made)?: reply = made
    case .forward?, .close?, nil: return ""
    }
    guard let filter = answer.filter else { return reply.details }
    if filter.utf8.starts(with: "rbac_access_denied".utf8) { return "RBAC: " + policy(answer) }
    if filter.utf8.starts(with: "jwt_authn".utf8) { return String(decoding: reply.body ?? [], as: UTF8.self) }
    if filter.utf8.starts(with: "ext_authz".utf8) {
      let by = decider(answer).map { " (\($0.object.label))" } ?? ""
      return say("denied by the external authorizer", "被外部授权服务拒绝") + by
    }
    return filter
  }

  /// `policy shop/y rule 2`: rules are counted as people count.
  private func policy(_ answer: Answer) -> String {
    guard let origin = decider(answer) ?? answer.deniedBy else {
      return say("no ALLOW policy matches", "没有匹配的 ALLOW 策略")
    }
    return rule(origin)
  }

  func rule(_ origin: Origin) -> String {
    let name = "\(origin.object.namespace)/\(origin.object.name)"
    guard let number = origin.ruleNumber else { return say("policy \(name)", "策略 \(name)") }
    return say("policy \(name) rule \(number)", "策略 \(name) 的规则 \(number)")
  }

  func decider(_ answer: Answer) -> Origin? {
    switch answer.decidedBy {
    case .by(let origin): origin
    case .byObject(let object): Origin(object: object, field: "")
    case .untold, .byItself, .byKind: nil
    }
  }

  private func sentence(_ mishap: Mishap, _ arrival: Arrival) -> String {
    switch mishap {
    case .plaintextToStrict:
      return say("server requires mutual TLS, ", "服务端要求双向 TLS，") + sender(arrival, say("plaintext", "明文"))
    case .foreignTLSToMesh:
      return say("server requires a certificate of the mesh, ", "服务端要求网格证书，")
        + sender(arrival, say("TLS of its own", "非网格 TLS"))
    case .foreignTLSUnwanted:
      return say("server takes mutual TLS or plaintext, ", "服务端只接受双向 TLS 或明文，")
        + sender(arrival, say("other TLS", "其他 TLS"))
    case .tlsToPlaintext:
      return say("server speaks plaintext, ", "服务端使用明文，")
        + sender(arrival, arrival.approach.security == .meshTLS ? say("mutual TLS", "双向 TLS") : "TLS")
    case .foreignTrustDomain:
      return say("server does not trust the client's trust domain", "服务端不信任客户端的信任域")
    case .refused(let origin):
      let by = origin.map { rule($0) } ?? say("no ALLOW policy matches", "没有匹配的 ALLOW 策略")
      return "RBAC: " + by
    case .closed: return say("the receiver closes the connection", "接收方关闭连接")
    }
  }

  /// `DestinationRule shop/x sends plaintext`.
  private func sender(_ arrival: Arrival, _ what: String) -> String {
    switch arrival.approach.cause {
    case .destinationRule(let origin):
      let name = origin.object.label
      return say("\(name) sends \(what)", "\(name) 发送\(what)")
    case .clientWithoutSidecar: return say("the client has no sidecar and sends \(what)", "客户端没有 sidecar，发送\(what)")
    case .automatic, .nothing: return say("the client sends \(what)", "客户端发送\(what)")
    }
  }

  private func names(_ arrival: Arrival) -> [String] {
    guard let object = arrival.receiver.object else { return arrival.endpoints }
    let more = arrival.endpoints.count - 1
    let name = "\(object.namespace)/\(object.name)"
    return [more > 0 ? name + say(" (and \(more) like it)", "（及同类 \(more) 个）") : name]
  }

  private func details(_ arrival: Arrival) -> [(String, String)] {
    var rows = [(say("connection", "连接"), connection(arrival.approach))]
    if case .bare(let why) = arrival.receiver.kind {
      switch why {
      case .label, .annotation, .namespace, .hostNetwork:
        rows.append((say("no sidecar", "无 sidecar"), origin(why.origin)))
      case .ownAddress:
        rows.append((say("no proxy", "无代理"), say("the pod calls itself", "Pod 访问自身")))
      }
    }
    guard let answer = arrival.answer else { return rows }
    // The default is worth a word only where it stands in the way.
    if arrival.receiver.kind == .sidecar, let peer = answer.server?.peerTLS,
      peer.origin != nil || arrival.reception.isBroken
    {
      let by = peer.origin.map { origin($0) } ?? say("Istio's default", "Istio 默认")
      rows.append((say("server mode", "服务端模式"), "\(peer.mode.rawValue), \(by)"))
    }
    if let by = decider(answer) ?? answer.deniedBy, by.object.kind == .authorizationPolicy {
      let isRefused = !(arrival.reception == .served || arrival.reception == .various)
      rows.append((isRefused ? say("denied by", "拒绝者") : say("allowed by", "许可者"), origin(by)))
    } else if arrival.receiver.kind == .sidecar, let by = decider(answer), by.object.kind == .requestAuthentication {
      rows.append((say("token", "令牌"), origin(by)))
    }
    for rule in answer.unmatchedRules.prefix(Self.mostRules) {
      rows.append((say("does not match", "未匹配"), origin(rule)))
    }
    let more = answer.unmatchedRules.count - Self.mostRules
    if more > 0 { rows.append(("", say("and \(more) more", "另有 \(more) 条"))) }
    if answer.isAudited { rows.append((say("audited", "审计"), say("an AUDIT rule matches", "命中 AUDIT 规则"))) }
    for (verdict, word) in [(answer.dryRun?.deny, "DENY"), (answer.dryRun?.allow, "ALLOW")] {
      guard let verdict else { continue }
      let what = verdict.isAllowed ? say("would allow", "将允许") : say("would deny", "将拒绝")
      rows.append((say("dry run", "试运行"), "\(word) \(what)" + (verdict.policy.map { ", " + origin($0) } ?? "")))
    }
    for entry in answer.notModelled {
      let what = entry.origin.map { origin($0) + ": " } ?? ""
      rows.append((style.warning(say("not modelled", "未模拟")), what + entry.reason.sentence[language]))
    }
    return rows
  }

  private func connection(_ approach: Approach) -> String {
    let what =
      switch approach.security {
      case .plaintext: say("plaintext", "明文")
      case .meshTLS: say("mutual TLS as \(approach.identity ?? "")", "双向 TLS，身份 \(approach.identity ?? "")")
      case .foreignTLS(let showsCertificate, _):
        showsCertificate
          ? say("TLS with a certificate that is none of the mesh's", "使用非网格证书的 TLS")
          : say("TLS without a client certificate", "不带客户端证书的 TLS")
      case .applicationTLS: say("TLS of the application", "应用自身的 TLS")
      }
    switch approach.cause {
    case .automatic:
      return what + (approach.security == .meshTLS ? say(", automatic", "，自动") : "")
    case .nothing: return what
    case .destinationRule(let origin): return what + ", " + self.origin(origin)
    case .clientWithoutSidecar(let why):
      return what + say(", no sidecar", "，没有 sidecar") + (why.map { ": " + origin($0.origin) } ?? "")
    }
  }
}

extension Origin {
  /// The place of a policy's rule, from 1; nil where the field is no rule.
  package var ruleNumber: Int? {
    let start = "spec.rules["
    guard field.utf8.starts(with: start.utf8), let end = field.utf8.firstIndex(of: UInt8(ascii: "]")),
      let place = Int(field.dropFirst(start.utf8.count).prefix(upTo: end))
    else { return nil }
    return place + 1
  }
}
