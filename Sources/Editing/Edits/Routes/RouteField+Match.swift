import MeshModel

/// What a rule asks of a request or connection.
extension RouteField {
  static let httpMatch: [RouteField] = [
    RouteField(
      "uri", "MATCH", en: "the path: '/exact', 'prefix:/api' or 'regex:…'", zh: "路径：'/exact'、'prefix:/api' 或 'regex:…'"
    ) { values, draft throws(EditProblem) in
      guard let text = values.last else { return }
      try draft.setMatch(["uri"], to: try FieldWords.pathMatch(text, "\(draft.field).match.uri"))
    },
    RouteField(
      "ignore-uri-case", "true|false", choices: ["true", "false"], en: "match the path in any case", zh: "路径匹配不区分大小写"
    ) { values, draft throws(EditProblem) in
      guard let text = values.last else { return }
      try draft.setMatch(["ignoreUriCase"], to: try FieldWords.flag(text, "ignoreUriCase"))
    },
    match("method", "MATCH", ["method"], en: "the method", zh: "请求方法"),
    match("authority", "MATCH", ["authority"], en: "the host that is asked for", zh: "请求的主机（authority）"),
    match("scheme", "MATCH", ["scheme"], en: "the scheme", zh: "协议（scheme）"),
    matchMap("header", ["headers"], en: "a header; NAME alone: it is there", zh: "请求头；只写 NAME 表示存在即可"),
    matchMap("without-header", ["withoutHeaders"], en: "a header that must not match", zh: "不得匹配的请求头"),
    matchMap("query", ["queryParams"], en: "a query parameter", zh: "查询参数"),
    RouteField("port", "PORT", en: "the port that is dialled", zh: "请求的端口") { values, draft throws(EditProblem) in
      guard let text = values.last else { return }
      try draft.setMatch(["port"], to: try FieldWords.port(text, "\(draft.field).match.port"))
    },
  ]

  static let sniHosts = RouteField(
    "sni", "HOST", isRepeatable: true, en: "a server name (SNI), such as '*.example.com'; may be repeated",
    zh: "服务器名称（SNI），如 '*.example.com'；可重复"
  ) { values, draft throws(EditProblem) in
    try draft.setMatch(["sniHosts"], to: .array(values.map { .string($0) }))
  }

  static let networkMatch: [RouteField] = [
    RouteField("port", "PORT", en: "the port that is dialled", zh: "连接的端口") { values, draft throws(EditProblem) in
      guard let text = values.last else { return }
      try draft.setMatch(["port"], to: try FieldWords.port(text, "\(draft.field).match.port"))
    },
    RouteField(
      "destination-subnet", "CIDR", isRepeatable: true, en: "addresses that are dialled; may be repeated",
      zh: "连接的目标网段；可重复"
    ) { values, draft throws(EditProblem) in
      try draft.setMatch(["destinationSubnets"], to: .array(values.map { .string($0) }))
    },
  ]

  static let commonMatch: [RouteField] = [
    RouteField(
      "source-label", "NAME=VALUE", isRepeatable: true, en: "a label of the client's workload; may be repeated",
      zh: "客户端工作负载的标签；可重复"
    ) { values, draft throws(EditProblem) in
      for text in values {
        let (name, value) = try FieldWords.fullPair(text, "sourceLabels")
        try draft.setMatch(["sourceLabels", name], to: .string(value))
      }
    },
    RouteField("source-namespace", "NAMESPACE", en: "the client's namespace", zh: "客户端的命名空间") {
      values, draft throws(EditProblem) in
      try draft.setMatch(["sourceNamespace"], to: values.last.map { .string($0) })
    },
    RouteField(
      "match-gateway", "GATEWAY", isRepeatable: true, en: "only at these gateways, or 'mesh'; may be repeated",
      zh: "仅在这些网关（或 'mesh'）生效；可重复"
    ) { values, draft throws(EditProblem) in
      try draft.setMatch(["gateways"], to: .array(values.map { .string($0) }))
    },
  ]

  private static func match(
    _ flag: String, _ valueName: String, _ path: [String], en: String, zh: String
  ) -> RouteField {
    RouteField(flag, valueName, en: en, zh: zh) { values, draft throws(EditProblem) in
      guard let text = values.last else { return }
      try draft.setMatch(path, to: FieldWords.stringMatch(text))
    }
  }

  private static func matchMap(_ flag: String, _ path: [String], en: String, zh: String) -> RouteField {
    RouteField(flag, "NAME=MATCH", isRepeatable: true, en: en + "; may be repeated", zh: zh + "；可重复") {
      values, draft throws(EditProblem) in
      for text in values {
        let (name, value) = try FieldWords.pair(text, path[0])
        // Istio: an empty match asks for presence.
        let condition = value.map { FieldWords.stringMatch($0) } ?? .emptyObject
        try draft.setMatch(path + [name], to: condition)
      }
    }
  }
}
