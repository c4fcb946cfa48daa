package import Diagnostics
package import Evaluation
package import MeshModel
package import ProxyModel

/// What the texts about an answer need to know of the mesh.
package struct AnswerContext {
  /// Where an object's field stands.
  package var place: (Origin) -> SourceSpan?
  package var object: (ObjectID) -> MeshObject?

  package init(place: @escaping (Origin) -> SourceSpan?, object: @escaping (ObjectID) -> MeshObject?) {
    self.place = place
    self.object = object
  }
}

/// An answer for a person: what happens, who decided, and what goes with it.
package struct AnswerText {
  let style: TextStyle
  let language: Language
  let context: AnswerContext

  package init(style: TextStyle, language: Language, context: AnswerContext) {
    self.style = style
    self.language = language
    self.context = context
  }

  func say(_ en: String, _ zh: String) -> String { LocalizedText(en: en, zh: zh)[language] }

  /// `GET http://reviews:9080/ from default/productpage-v1-abc`.
  package func title(of question: Question, url: String, from vantage: Vantage) -> String {
    let method = question.http.map { String(decoding: $0.method, as: UTF8.self) + " " } ?? ""
    let name = vantage.object.map { "\($0.namespace)/\($0.name)" } ?? vantage.namespace
    let place =
      switch vantage.kind {
      case .sidecar: say("from \(name)", "来自 \(name)")
      case .gateway: say("at gateway \(name)", "到达网关 \(name)")
      case .inbound: say("received by \(name)", "由 \(name) 接收")
      }
    return style.heading(method + url) + " " + place
  }

  package func text(_ answer: Answer, to question: Question) -> String {
    var lines: [String] = []
    for outcome in answer.outcomes { lines += self.outcome(outcome, of: answer, to: question) }
    lines.append("")
    lines += rows(decision(answer) + route(answer))
    if !answer.rejectedListeners.isEmpty {
      let names = answer.rejectedListeners.joined(separator: ", ")
      lines.append(style.warning(say("Envoy refuses these listeners: ", "Envoy 拒绝以下监听器：")) + names)
    }
    lines += notModelled(answer)
    return lines.map { $0 + "\n" }.joined()
  }

  /// `VirtualService default/reviews spec.http[0].match[0] (vs.yaml:8)`.
  func origin(_ origin: Origin) -> String {
    var text = style.name(origin.object.label)
    if !origin.field.isEmpty { text += " " + origin.field }
    if let span = context.place(origin) { text += " " + style.place("(\(span.file):\(span.start.line))") }
    return text
  }

  /// Names in one column, values in the other.
  func rows(_ rows: [(String, String)]) -> [String] {
    let width = rows.map { TextWidth.columns(of: $0.0) }.max() ?? 0
    return rows.map { "\(style.faint(TextWidth.padded($0.0, to: width)))  \($0.1)" }
  }

  private func decision(_ answer: Answer) -> [(String, String)] {
    var rows: [(String, String)] = []
    let title = say("decided by", "决定者")
    if answer.isDirect { return [(title, say("nobody: the client connects without a proxy", "无：客户端不经代理直接连接"))] }
    switch answer.decidedBy {
    case .untold:
      if answer.listener == nil { rows.append((title, say("no listener takes the connection", "没有监听器接收该连接"))) }
    case .byItself: rows.append((title, ownDecision(answer)))
    case .by(let origin): rows.append((title, self.origin(origin)))
    case .byObject(let object): rows.append((title, origin(Origin(object: object, field: ""))))
    case .byKind(let kind): rows.append((title, say("one of several \(kind.kind) objects", "多个 \(kind.kind) 对象之一")))
    }
    if let delegate = answer.route?.delegatedBy { rows.append((say("delegated by", "委托自"), origin(delegate))) }
    if let denied = answer.deniedBy { rows.append((say("refused by", "拒绝者"), origin(denied))) }
    if let note = answer.externalAuthorization {
      let asked = note.wasAsked ? say("asked", "已询问") : say("could not be reached", "无法访问")
      rows.append((say("authorizer", "外部授权"), "\(asked), \(origin(note.decidedBy))"))
    }
    if let peer = answer.server?.peerTLS {
      let by = peer.origin.map { ", " + origin($0) } ?? ""
      rows.append((say("mutual TLS", "双向 TLS"), peer.mode.rawValue + by))
    }
    return rows
  }

  /// Routes that Istio makes by itself.
  private func ownDecision(_ answer: Answer) -> String {
    guard let route = answer.route else {
      if answer.transport == .http { return say("nobody: no route matches the request", "无：没有路由匹配该请求") }
      switch answer.outcomes.first?.target?.name {
      case "PassthroughCluster":
        return say("nobody: the mesh does not know the destination and lets it pass", "无：网格不认识该目的地，直接放行")
      case "BlackHoleCluster":
        return say("nobody: the mesh does not know the destination and blocks it", "无：网格不认识该目的地，予以阻断")
      default: return say("Istio's own default", "Istio 的默认规则")
      }
    }
    switch route.virtualHost {
    case "allow_any":
      return say(
        "nobody: the host is unknown to the mesh and passes through", "无：网格不认识该主机，直接放行")
    case "block_all": return say("nobody: the host is unknown to the mesh and is blocked", "无：网格不认识该主机，予以阻断")
    default:
      return say("nobody: the service's default route, as no rule is for it", "无：没有适用规则，使用服务的默认路由")
    }
  }

  private func route(_ answer: Answer) -> [(String, String)] {
    guard let route = answer.route else { return [] }
    var rows: [(String, String)] = []
    if let delay = route.delay {
      let time = DurationText.short(milliseconds: delay.milliseconds)
      let share =
        delay.probability == .one
        ? "" : say(" for \(delay.probability.text) of requests", "，占 \(delay.probability.text) 的请求")
      rows.append((say("delay", "延迟"), time + share))
    }
    let isForwarded = answer.outcomes.contains { $0.target != nil }
    guard isForwarded else { return rows }
    if let timeout = route.timeoutMilliseconds, timeout > 0 {
      rows.append((say("timeout", "超时"), DurationText.short(milliseconds: timeout)))
    }
    if let retry = route.retry, retry.attempts > 0 {
      let isDefault = retry.origin == nil
      let cause = isDefault ? "" : say(" on \(retry.retryOn)", "，条件 \(retry.retryOn)")
      let note = isDefault ? say(" (Istio's default)", "（Istio 默认）") : ""
      var text = say("up to \(retry.attempts)", "最多 \(retry.attempts) 次") + cause + note
      if !retry.statusCodes.isEmpty {
        text += " (" + retry.statusCodes.map { String($0) }.joined(separator: ", ") + ")"
      }
      if let timeout = retry.perTryTimeoutMilliseconds {
        let time = DurationText.short(milliseconds: timeout)
        text += say(", \(time) each", "，每次 \(time)")
      }
      rows.append((say("retries", "重试"), text))
    }
    for mirror in route.mirrors {
      let share = mirror.probability == .one ? "" : " (\(mirror.probability.text))"
      rows.append((say("mirrored to", "镜像到"), mirror.cluster + share))
    }
    return rows
  }

  private func notModelled(_ answer: Answer) -> [String] {
    guard !answer.notModelled.isEmpty else { return [] }
    var lines = ["", style.warning(say("Not modelled, and could change this answer:", "以下内容未模拟，可能改变结论："))]
    for entry in answer.notModelled {
      let what = entry.origin.map { origin($0) + ": " } ?? ""
      lines.append("  " + what + entry.reason.sentence[language])
    }
    return lines
  }
}
