import Patterns

// VS-10 to VS-47: what an HTTP route matches and which parts go together.
extension Admission {
  func checkHTTPRoute(_ route: Part, isDelegate: Bool, isGenerated: Bool) {
    checkRouteParts(route, isDelegate: isDelegate)
    for match in route.matches { withoutRemarks { checkHTTPMatch(match) } }
    checkHeaders(route["headers"])
    checkCORS(route["corsPolicy"])
    withoutRemarks { checkFault(route["fault"]) }
    checkMirrors(route)
    checkRedirect(route["redirect"])
    checkDirectResponse(route["directResponse"])
    checkRetries(route["retries"])
    checkRewrite(route["rewrite"])
    checkAuthority(route)
    checkDestinations(route["route"], isGenerated: isGenerated)
    checkDuration(route["timeout"])
  }

  // VS-11 to VS-22
  private func checkRouteParts(_ route: Part, isDelegate: Bool) {
    let delegate = route["delegate"]
    let (redirect, response) = (route["redirect"], route["directResponse"])
    if delegate.isPresent, !isDelegate {
      if redirect.isPresent { report(.delegateAndRedirect, redirect) }
      if !route["route"].isEmpty { report(.delegateAndRoute, route["route"]) }
      return
    }
    if delegate.isPresent { report(.delegateInDelegate, delegate) }
    func exclude(_ rule: Rule, _ name: String) {
      let part = route[name]
      let isGiven = name == "route" ? !part.isEmpty : part.isPresent
      if isGiven { report(rule, part) }
    }
    if redirect.isPresent {
      exclude(.redirectAndRoute, "route")
      exclude(.redirectAndFault, "fault")
      exclude(.redirectAndRewrite, "rewrite")
      exclude(.redirectAndResponse, "directResponse")
    } else if response.isPresent {
      exclude(.responseAndRoute, "route")
      exclude(.responseAndFault, "fault")
      exclude(.responseAndRewrite, "rewrite")
    } else if route["route"].isEmpty {
      report(.routeToNowhere, route)
    }
    if route["mirror"].isPresent, !route["mirrors"].isEmpty { report(.mirrorAndMirrors, route["mirror"]) }
  }

  // VS-23 to VS-36
  private func checkHTTPMatch(_ match: Part) {
    for (key, value) in match["headers"].members {
      checkMatchedHeader(key, value)
      checkText(value)
    }
    for (key, value) in match["withoutHeaders"].members {
      checkMatchedHeader(key, value)
      if value["regex"].text != "*" { checkText(value) }
    }
    checkRegexField(match["uri"])
    for name in ["scheme", "method", "authority"] { checkText(match[name]) }
    for (_, value) in match["queryParams"].members { checkText(value) }
    if match["port"].number != 0 { checkPort(match["port"]) }
    checkLabels(match["sourceLabels"])
    checkGatewayNames(match["gateways"])
    let namespace = match["sourceNamespace"]
    if namespace.hasText, !Names.isLabel(namespace.text) { report(.sourceNamespace, namespace, namespace.text) }
  }

  /// S-33
  private func checkMatchedHeader(_ name: String, _ part: Part) {
    let pseudo = [":method", ":scheme", ":authority", ":path", ":status"]
    if ClaimHeader.isClaim(name) || pseudo.contains(name) || Names.isToken(name) { return }
    report(.matchedHeader, part, name)
  }

  /// S-38 to S-41
  private func checkText(_ text: Part) {
    if text["prefix"].isPresent, !text["prefix"].hasText { report(.emptyPrefix, text["prefix"]) }
    checkRegexField(text)
  }

  /// S-39 to S-41
  func checkRegexField(_ text: Part) {
    let regex = text["regex"]
    guard regex.isPresent else { return }
    if regex.hasText { checkRegex(regex) } else { report(.emptyRegex, regex) }
  }

  /// S-40, S-41
  func checkRegex(_ regex: Part) {
    if regex.text.utf8.count > 1024 {
      report(.regexTooLong, regex, String(regex.text.utf8.count))
    } else if let problem = RegexText.problem(regex.text) {
      report(.badRegex, regex, regex.text, problem)
    }
  }

  // VS-41 to VS-47
  private func checkCORS(_ policy: Part) {
    guard policy.isPresent else { return }
    for origin in policy["allowOrigins"].items {
      let hasText = ["exact", "prefix", "regex"].contains { origin[$0].hasText }
      if hasText { checkRegexField(origin) } else { report(.emptyOrigin, origin) }
    }
    let methods: Set = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"]
    for method in policy["allowMethods"].items where !methods.contains(method.text) {
      report(.corsMethod, method, method.text)
    }
    for header in policy["allowHeaders"].items where !Names.isToken(header.text) {
      report(.corsAllowedHeader, header, header.text)
    }
    for header in policy["exposeHeaders"].items where !Names.isToken(header.text) {
      report(.corsExposedHeader, header, header.text)
    }
    checkDuration(policy["maxAge"])
    if policy["maxAge"].duration % 1_000_000_000 > 0 { report(.corsAge, policy["maxAge"], policy["maxAge"].text) }
  }
}

extension Rule {
  static let matchedHeader = refusal(
    44, "'{0}' is no header; use letters, digits and '-', or '@request.auth.claims.NAME'",
    "'{0}' 不是头名称；请使用字母、数字和 '-'，或 '@request.auth.claims.名称'")
  static let emptyPrefix = refusal(49, "an empty prefix matches everything; remove the match", "空前缀匹配一切；请删除该匹配")
  static let emptyRegex = refusal(
    50, "an empty regex matches nothing; give one or remove the match", "空正则表达式不匹配任何内容；请填写或删除该匹配")
  static let regexTooLong = refusal(51, "the regex has {0} bytes; at most 1024 are allowed", "正则表达式有 {0} 字节；最多 1024")
  static let badRegex = refusal(52, "'{0}' is no RE2 regex: {1}", "'{0}' 不是 RE2 正则表达式：{1}")
  static let delegateAndRedirect = refusal(
    190, "a route with a delegate has no redirect; remove one", "带 delegate 的路由不能有 redirect；请删除其中一个")
  static let delegateAndRoute = refusal(
    191, "a route with a delegate has no 'route'; remove one", "带 delegate 的路由不能有 'route'；请删除其中一个")
  static let delegateInDelegate = refusal(
    192, "a delegate cannot delegate again; write the route here", "委托对象不能再次委托；请在此处写明路由")
  static let redirectAndRoute = refusal(
    193, "a redirect sends nothing on; remove 'route' or 'redirect'", "重定向不会转发请求；请删除 'route' 或 'redirect'")
  static let redirectAndFault = refusal(
    194, "a redirect has no faults; remove 'fault' or 'redirect'", "重定向不能注入故障；请删除 'fault' 或 'redirect'")
  static let redirectAndRewrite = refusal(
    195, "a redirect does not rewrite; set the redirect's uri instead", "重定向不做重写；请设置重定向的 uri")
  static let redirectAndResponse = refusal(
    196, "redirect and directResponse exclude each other; keep one", "redirect 与 directResponse 互斥；请只保留一个")
  static let responseAndRoute = refusal(
    197, "a direct response sends nothing on; remove 'route' or 'directResponse'",
    "直接响应不会转发请求；请删除 'route' 或 'directResponse'")
  static let responseAndFault = refusal(
    198, "a direct response has no faults; remove 'fault'", "直接响应不能注入故障；请删除 'fault'")
  static let responseAndRewrite = refusal(
    199, "a direct response does not rewrite; remove 'rewrite'", "直接响应不做重写；请删除 'rewrite'")
  static let routeToNowhere = refusal(
    200, "the route goes nowhere; add route, redirect or directResponse", "路由没有去向；请添加 route、redirect 或 directResponse")
  static let mirrorAndMirrors = refusal(
    201, "mirror and mirrors exclude each other; keep 'mirrors'", "mirror 与 mirrors 互斥；请保留 'mirrors'")
  static let sourceNamespace = refusal(215, "'{0}' is no namespace", "'{0}' 不是命名空间")
  static let emptyOrigin = refusal(220, "an origin needs exact, prefix or regex", "来源需要 exact、prefix 或 regex")
  static let corsMethod = refusal(
    222, "'{0}' is no method; use GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE, CONNECT or '*'",
    "'{0}' 不是方法；请使用 GET、HEAD、POST、PUT、PATCH、DELETE、OPTIONS、TRACE、CONNECT 或 '*'")
  static let corsAllowedHeader = refusal(223, "'{0}' is no header name", "'{0}' 不是头名称")
  static let corsExposedHeader = refusal(224, "'{0}' is no header name", "'{0}' 不是头名称")
  static let corsAge = refusal(226, "'{0}' is no whole number of seconds", "'{0}' 不是整数秒")

  static let httpRouteRules: [Rule] = [
    matchedHeader, emptyPrefix, emptyRegex, regexTooLong, badRegex, delegateAndRedirect, delegateAndRoute,
    delegateInDelegate, redirectAndRoute, redirectAndFault, redirectAndRewrite, redirectAndResponse, responseAndRoute,
    responseAndFault, responseAndRewrite, routeToNowhere, mirrorAndMirrors, sourceNamespace, emptyOrigin, corsMethod,
    corsAllowedHeader, corsExposedHeader, corsAge,
  ]
}
