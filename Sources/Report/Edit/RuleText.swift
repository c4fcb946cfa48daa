package import Diagnostics
package import MeshModel

/// One rule of a VirtualService on one line.
package struct RuleText: Sendable {
  private let language: Language

  package init(language: Language) {
    self.language = language
  }

  private func say(_ en: String, _ zh: String) -> String { LocalizedText(en: en, zh: zh)[language] }

  /// `path /api*, header end-user=jason or port 80`.
  package func match(_ rule: Value) -> String {
    let matches = list(rule["match"]).map(conditions)
    if matches.isEmpty || matches.contains("") { return say("everything", "全部") }
    return matches.joined(separator: say(" or ", " 或 "))
  }

  private func conditions(_ match: Value) -> String {
    var words: [String] = []
    for member in members(match) {
      switch member.key {
      case "uri": words.append(say("path ", "路径 ") + form(member.value))
      case "method": words.append(form(member.value))
      case "authority": words.append(say("host ", "主机 ") + form(member.value))
      case "scheme": words.append(form(member.value))
      case "headers": words += members(member.value).map { say("header ", "请求头 ") + named($0) }
      case "withoutHeaders": words += members(member.value).map { say("not header ", "无请求头 ") + named($0) }
      case "queryParams": words += members(member.value).map { say("query ", "查询 ") + named($0) }
      case "port": words.append(say("port ", "端口 ") + member.value.brief)
      case "sniHosts": words.append("sni " + texts(member.value))
      case "destinationSubnets": words.append(say("to ", "目标 ") + texts(member.value))
      case "sourceLabels":
        words += members(member.value).map { say("from ", "来源 ") + "\($0.key)=\($0.value.brief)" }
      case "sourceNamespace": words.append(say("from namespace ", "来源命名空间 ") + member.value.brief)
      case "gateways": words.append(say("at ", "网关 ") + texts(member.value))
      case "name", "statPrefix", "ignoreUriCase": continue
      default: words.append(member.key)
      }
    }
    return words.joined(separator: say(", ", "，"))
  }

  private func named(_ member: Value.Member) -> String {
    let form = form(member.value)
    return form.isEmpty ? member.key : "\(member.key)=\(form)"
  }

  /// Exact texts as they are, prefixes with a star, patterns after a tilde.
  private func form(_ match: Value) -> String {
    guard let member = members(match).first else { return "" }
    switch member.key {
    case "prefix": return member.value.brief + "*"
    case "regex": return "~" + member.value.brief
    default: return member.value.brief
    }
  }

  /// `reviews/v1 75%, reviews/v2 25%`, or what else becomes of the request.
  package func action(_ rule: Value) -> String {
    if let redirect = rule["redirect"] {
      let place = ["scheme", "authority", "port", "uri"].compactMap { redirect[$0]?.brief }
      return say("redirect to ", "重定向到 ") + place.joined(separator: " ")
    }
    if let response = rule["directResponse"] {
      return say("answer ", "直接应答 ") + (response["status"]?.brief ?? "")
    }
    if let delegate = rule["delegate"] {
      let parts = ["namespace", "name"].compactMap { delegate[$0]?.brief }
      return say("delegate to ", "委托给 ") + parts.joined(separator: "/")
    }
    let routes = list(rule["route"])
    return routes.map { route in
      let weight = route["weight"].map { " \($0.brief)%" } ?? ""
      return destination(route["destination"]) + weight
    }.joined(separator: ", ")
  }

  package func destination(_ value: Value?) -> String {
    guard let value else { return "?" }
    var text = value["host"]?.brief ?? "?"
    if let port = value["port"]?["number"] { text += ":" + port.brief }
    if let subset = value["subset"] { text += "/" + subset.brief }
    return text
  }

  /// What else a rule does.
  package func besides(_ rule: Value) -> String {
    var words: [String] = []
    if let timeout = rule["timeout"] { words.append(say("timeout ", "超时 ") + timeout.brief) }
    if let retries = rule["retries"]?["attempts"] { words.append(say("retries ", "重试 ") + retries.brief) }
    if rule["fault"]?["delay"] != nil { words.append(say("delay", "延迟")) }
    if rule["fault"]?["abort"] != nil { words.append(say("abort", "中断")) }
    if let mirror = rule["mirror"] { words.append(say("mirror ", "镜像 ") + destination(mirror)) }
    for mirror in list(rule["mirrors"]) { words.append(say("mirror ", "镜像 ") + destination(mirror["destination"])) }
    if rule["rewrite"] != nil { words.append(say("rewrite", "改写")) }
    if rule["headers"] != nil { words.append(say("headers", "请求头操作")) }
    if rule["corsPolicy"] != nil { words.append("CORS") }
    return words.joined(separator: say(", ", "，"))
  }

  private func list(_ value: Value?) -> [Value] {
    if case .array(let items) = value { items } else { [] }
  }

  private func members(_ value: Value) -> [Value.Member] {
    if case .object(let members) = value { members } else { [] }
  }

  private func texts(_ value: Value) -> String { list(value).map(\.brief).joined(separator: "|") }
}
