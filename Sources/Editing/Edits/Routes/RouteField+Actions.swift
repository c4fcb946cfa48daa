import MeshModel

/// What becomes of a request, besides where it goes.
extension RouteField {
  static let httpActions: [RouteField] = [
    RouteField(
      "delegate", "[NAMESPACE/]NAME", en: "leave the rest to another VirtualService", zh: "委托给另一个 VirtualService"
    ) {
      values, draft in
      guard let text = values.last else { return }
      let parts = text.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1).map { String(Substring($0)) }
      let namespace: Value? = parts.count > 1 ? .string(parts[0]) : nil
      draft.set(["delegate"], to: .object(of: [("name", .string(parts.last ?? text)), ("namespace", namespace)]))
    },
    text("redirect-uri", "PATH", ["redirect", "uri"], en: "answer with a redirect to this path", zh: "重定向到此路径"),
    text("redirect-authority", "HOST", ["redirect", "authority"], en: "… to this host", zh: "重定向到此主机"),
    text("redirect-scheme", "SCHEME", ["redirect", "scheme"], en: "… to http or https", zh: "重定向到 http 或 https"),
    parsed("redirect-port", "PORT", ["redirect", "port"], en: "… to this port", zh: "重定向到此端口") {
      (text, field) throws(EditProblem) in try FieldWords.port(text, field)
    },
    parsed("redirect-code", "CODE", ["redirect", "redirectCode"], en: "… with this status", zh: "重定向的状态码") {
      (text, field) throws(EditProblem) in try FieldWords.whole(text, field, 300...399)
    },
    RouteField("respond", "STATUS[:BODY]", en: "answer by itself", zh: "直接应答") { values, draft throws(EditProblem) in
      guard let text = values.last else { return }
      let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1).map { String(Substring($0)) }
      let status = try FieldWords.whole(parts.first ?? text, "\(draft.field).directResponse.status", 200...599)
      let body: Value? = parts.count > 1 ? .object([Value.Member(key: "string", value: .string(parts[1]))]) : nil
      draft.set(["directResponse"], to: .object(of: [("status", status), ("body", body)]))
    },
    text(
      "rewrite-uri", "PATH", ["rewrite", "uri"], en: "send this path in place of the matched one", zh: "以此路径替换匹配的部分"),
    text("rewrite-authority", "HOST", ["rewrite", "authority"], en: "send this host", zh: "改写主机"),
    RouteField("rewrite-regex", "REGEX=>TEXT", en: "replace what a pattern finds in the path", zh: "用正则改写路径") {
      values, draft throws(EditProblem) in
      guard let text = values.last else { return }
      let field = "\(draft.field).rewrite.uriRegexRewrite"
      guard let sign = text.firstRange(of: "=>") else {
        throw EditProblem(
          "DD0817", field: field, en: "\(field) is written REGEX=>TEXT, not '\(text)'",
          zh: "\(field) 应写作 REGEX=>TEXT，而不是 '\(text)'")
      }
      draft.set(
        ["rewrite", "uriRegexRewrite"],
        to: .object(of: [
          ("match", .string(String(text[..<sign.lowerBound]))), ("rewrite", .string(String(text[sign.upperBound...]))),
        ]))
    },
  ]

  static let httpPolicies: [RouteField] = [
    parsed("timeout", "DURATION", ["timeout"], en: "how long an answer may take; 0s: for ever", zh: "超时；0s 表示不限") {
      (text, field) throws(EditProblem) in try FieldWords.duration(text, field)
    },
    parsed("retries", "N", ["retries", "attempts"], en: "how often to try again; 0: never", zh: "重试次数；0 表示不重试") {
      (text, field) throws(EditProblem) in try FieldWords.whole(text, field, 0...Int64(Int32.max))
    },
    parsed(
      "per-try-timeout", "DURATION", ["retries", "perTryTimeout"], en: "how long each try may take", zh: "每次尝试的超时"
    ) {
      (text, field) throws(EditProblem) in try FieldWords.duration(text, field)
    },
    text(
      "retry-on", "CONDITIONS", ["retries", "retryOn"], en: "when, such as '5xx,connect-failure'",
      zh: "重试条件，如 '5xx,connect-failure'"),
    parsed("retry-backoff", "DURATION", ["retries", "backoff"], en: "how long to wait before", zh: "重试间隔") {
      (text, field) throws(EditProblem) in try FieldWords.duration(text, field)
    },
    RouteField("delay", "DURATION[@PERCENT]", en: "a fault: wait first", zh: "故障注入：延迟") {
      values, draft throws(EditProblem) in
      guard let given = values.last else { return }
      let field = "\(draft.field).fault.delay"
      let (text, percentage) = try FieldWords.share(given, field)
      let delay = try FieldWords.duration(text, "\(field).fixedDelay")
      draft.set(["fault", "delay"], to: .object(of: [("percentage", percentage), ("fixedDelay", delay)]))
    },
    RouteField("abort", "STATUS[@PERCENT]", en: "a fault: answer with an error", zh: "故障注入：中断") {
      values, draft throws(EditProblem) in
      guard let given = values.last else { return }
      let field = "\(draft.field).fault.abort"
      let (text, percentage) = try FieldWords.share(given, field)
      let status = try FieldWords.whole(text, "\(field).httpStatus", 200...599)
      draft.set(["fault", "abort"], to: .object(of: [("percentage", percentage), ("httpStatus", status)]))
    },
    RouteField(
      "mirror", "HOST[:PORT][/SUBSET][=PERCENT]", isRepeatable: true,
      en: "where copies of requests go; may be repeated",
      zh: "流量镜像的目标；可重复"
    ) { values, draft throws(EditProblem) in
      try draft.change { (rule, field) throws(EditProblem) in try mirror(values, in: &rule, field) }
    },
  ]

  /// One copy is written as people know it, several as the API's newer list.
  private static func mirror(_ texts: [String], in rule: inout Value, _ field: String) throws(EditProblem) {
    var copies: [(destination: Value, percentage: Value?)] = []
    for text in texts {
      let destination = try DestinationText(text, "\(field).mirror")
      var percentage: Value?
      if let number = destination.number {
        let percent = try FieldWords.percent(number, "\(field).mirrorPercentage")
        percentage = .object([Value.Member(key: "value", value: percent)])
      }
      copies.append((destination.value, percentage))
    }
    if copies.count == 1, rule.at(["mirrors"]) == nil {
      rule.set(["mirror"], to: copies[0].destination)
      rule.set(["mirrorPercentage"], to: copies[0].percentage)
    } else {
      rule.set(["mirror"], to: nil)
      rule.set(["mirrorPercentage"], to: nil)
      let list = copies.map { Value.object(of: [("destination", $0.destination), ("percentage", $0.percentage)]) }
      rule.set(["mirrors"], to: .array(list))
    }
  }

  static let headers: [RouteField] = cors + headerOperations("request", "") + headerOperations("response", "response-")

  private static let cors: [RouteField] = [
    RouteField("cors-origin", "MATCH", isRepeatable: true, en: "CORS: an origin; may be repeated", zh: "CORS：允许的来源；可重复")
    {
      values, draft in
      draft.set(["corsPolicy", "allowOrigins"], to: .array(values.map { FieldWords.stringMatch($0) }))
    },
    list(
      "cors-method", "METHOD", ["corsPolicy", "allowMethods"], en: "CORS: a method; may be repeated",
      zh: "CORS：允许的方法；可重复"),
    list(
      "cors-header", "NAME", ["corsPolicy", "allowHeaders"], en: "CORS: a header; may be repeated",
      zh: "CORS：允许的请求头；可重复"),
    list(
      "cors-expose", "NAME", ["corsPolicy", "exposeHeaders"], en: "CORS: a header of answers; may be repeated",
      zh: "CORS：可读的响应头；可重复"),
    parsed("cors-max-age", "DURATION", ["corsPolicy", "maxAge"], en: "CORS: how long this holds", zh: "CORS：预检结果缓存时长") {
      (text, field) throws(EditProblem) in try FieldWords.duration(text, field)
    },
    parsed(
      "cors-credentials", "true|false", ["corsPolicy", "allowCredentials"], en: "CORS: with credentials",
      zh: "CORS：允许携带凭据"
    ) {
      (text, field) throws(EditProblem) in try FieldWords.flag(text, field)
    },
  ]

  private static func headerOperations(_ side: String, _ infix: String) -> [RouteField] {
    let of = side == "request" ? ("of the request", "请求头") : ("of the answer", "响应头")
    return [
      headerMap("set-\(infix)header", ["headers", side, "set"], en: "set a header \(of.0)", zh: "设置\(of.1)"),
      headerMap("add-\(infix)header", ["headers", side, "add"], en: "add a header \(of.0)", zh: "添加\(of.1)"),
      RouteField(
        "remove-\(infix)header", "NAME", isRepeatable: true, en: "remove a header \(of.0); may be repeated",
        zh: "删除\(of.1)；可重复"
      ) { values, draft in
        let path = ["headers", side, "remove"]
        let old = draft.rule.at(path)?.items ?? []
        let new = values.map { Value.string($0) }.filter { !old.contains($0) }
        draft.set(path, to: .array(old + new))
      },
    ]
  }

  private static func headerMap(_ flag: String, _ path: [String], en: String, zh: String) -> RouteField {
    RouteField(flag, "NAME=VALUE", isRepeatable: true, en: en + "; may be repeated", zh: zh + "；可重复") {
      values, draft throws(EditProblem) in
      for text in values {
        let (name, value) = try FieldWords.fullPair(text, path.joined(separator: "."))
        draft.set(path + [name], to: .string(value))
      }
    }
  }
}
