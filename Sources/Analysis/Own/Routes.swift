import Diagnostics
import Validation
import YAML

// F: what routes of a VirtualService do to each other, seen from it alone.
@Sendable
func judgeRoutes(_ world: AnalysisWorld) {
  for service in world.all("VirtualService") {
    judgeOrder(service)
    let gateways = Set(service.spec["gateways"].items.map(\.text))
    for route in service.spec["http"].items {
      judgeMatches(service, route, gateways)
      judgeWeights(service, route)
      judgeTimes(service, route)
      judgeRewrite(service, route)
      judgeCORS(service, route["corsPolicy"])
      judgeMirrors(service, route)
      judgeFault(service, route["fault"])
    }
  }
}

/// F1 to F6: routes behind others that take all their requests.
private func judgeOrder(_ service: Resource) {
  var wide: Part?
  var earlier = MatchIndex()
  for route in service.spec["http"].items {
    if let wide, !route.matches.isEmpty, !wide.matches.isEmpty {
      service.report(.behindEverything, route)
      continue
    }
    for match in route.matches {
      if let cover = earlier.cover(of: match) { judgeCovered(service, match, by: cover) }
      // What no rule of the delegate takes goes on to the next route.
      if route["delegate"].isPresent { continue }
      if takesEverything(match) { wide = wide ?? route }
      earlier.insert(match)
    }
  }
}

private func judgeCovered(_ service: Resource, _ match: Part, by cover: Part) {
  let (own, other) = (match["uri"], cover["uri"])
  let isBehindPrefix = other["prefix"].hasText && other["prefix"].text != own["prefix"].text
  if isBehindPrefix, own["exact"].hasText {
    service.report(.exactBehindPrefix, own["exact"], own["exact"].text)
  } else if isBehindPrefix, own["prefix"].hasText {
    service.report(.coveredPrefix, own["prefix"], own["prefix"].text, other["prefix"].text)
  } else if MatchText.text(match, isHTTP: true) != MatchText.text(cover, isHTTP: true) {
    service.report(.behindWiderMatch, match, cover.path?.text ?? "")
  }
}

private func takesEverything(_ match: Part) -> Bool {
  let names = (match.node?.mapping ?? []).map(\.name).filter { $0 != "name" && $0 != "statPrefix" }
  if names.isEmpty { return true }
  guard names == ["uri"] else { return false }
  return match["uri"]["prefix"].text == "/" || [".*", "/.*"].contains(match["uri"]["regex"].text)
}

/// F8, F10
private func judgeMatches(_ service: Resource, _ route: Part, _ gateways: Set<String>) {
  for match in route.matches {
    for gateway in match["gateways"].items {
      let isListed = gateways.contains(gateway.text) || (gateways.isEmpty && gateway.text == "mesh")
      if !isListed, !gateways.contains(FullName(gateway.text, near: service.namespace).text) {
        service.report(.matchOfOtherGateway, gateway, gateway.text)
      }
    }
    for kind in ["exact", "prefix"] {
      let path = match["uri"][kind]
      if path.hasText, path.text.utf8.first != UInt8(ascii: "/"), path.text != "*" {
        service.report(.pathWithoutSlash, path, path.text)
      }
    }
  }
}

/// F11
private func judgeWeights(_ service: Resource, _ route: Part) {
  let routes = route["route"].items
  guard routes.count > 1 else { return }
  let total = routes.reduce(0) { $0 + $1["weight"].number }
  if total != 100, total > 0 { service.report(.weightsNotHundred, route["route"], String(total)) }
  if total > 0, let idle = routes.first(where: { $0["weight"].number == 0 }) {
    service.report(.idleDestination, idle, idle["destination"]["host"].text)
  }
}

/// F13
private func judgeTimes(_ service: Resource, _ route: Part) {
  let timeout = route["timeout"]
  guard timeout.duration > 0 else { return }
  let retries = route["retries"]
  let each = retries["perTryTimeout"].duration
  if each > timeout.duration {
    service.report(.tryBeyondTimeout, retries["perTryTimeout"], retries["perTryTimeout"].text, timeout.text)
  } else if each > 0,
    each.multipliedReportingOverflow(by: max(1, retries["attempts"].number)).partialValue > timeout.duration
  {
    service.report(.retriesBeyondTimeout, retries, String(retries["attempts"].number), timeout.text)
  }
  let delay = route["fault"]["delay"]["fixedDelay"]
  if delay.duration >= timeout.duration { service.report(.delayBeyondTimeout, delay, delay.text, timeout.text) }
}

/// F16
private func judgeRewrite(_ service: Resource, _ route: Part) {
  let uri = route["rewrite"]["uri"]
  guard uri.hasText else { return }
  for prefix in route.matches.map({ $0["uri"]["prefix"] }) where prefix.hasText {
    let (from, to) = (prefix.text.utf8.last == UInt8(ascii: "/"), uri.text.utf8.last == UInt8(ascii: "/"))
    if from != to, prefix.text != "/" { service.report(.rewriteSlash, uri, prefix.text, uri.text) }
  }
}

/// F17
private func judgeCORS(_ service: Resource, _ policy: Part) {
  guard policy.isPresent else { return }
  for origin in policy["allowOrigins"].items {
    let exact = origin["exact"]
    let isOpen = exact.text == "*" || [".*", "*"].contains(origin["regex"].text)
    if isOpen, policy["allowCredentials"].isTrue { service.report(.credentialsForAll, origin) }
    if exact.hasText, exact.text != "*", exact.text != "null", !exact.text.contains("://") {
      service.report(.originWithoutScheme, exact, exact.text)
    }
  }
  if policy["allowMethods"].isEmpty { service.report(.corsWithoutMethods, policy) }
}

/// F18
private func judgeMirrors(_ service: Resource, _ route: Part) {
  let mirrors = (route["mirror"].isPresent ? [route["mirror"]] : []) + route["mirrors"].items.map { $0["destination"] }
  if mirrors.isEmpty, route["mirrorPercentage"].isPresent {
    service.report(.shareWithoutMirror, route["mirrorPercentage"])
  }
  for mirror in mirrors {
    let isSame = route["route"].items.map { $0["destination"] }.contains { destination in
      destination["host"].text == mirror["host"].text && destination["subset"].text == mirror["subset"].text
        && destination["port"]["number"].number == mirror["port"]["number"].number
    }
    if isSame { service.report(.mirrorToRoute, mirror, mirror["host"].text) }
  }
}

/// F19, F20
private func judgeFault(_ service: Resource, _ fault: Part) {
  for name in ["abort", "delay"] {
    let part = fault[name]
    guard part.isPresent else { continue }
    if part["percentage"]["value"].decimal >= 100 { service.report(.faultForAll, part) }
  }
  let abort = fault["abort"]
  if abort.isPresent, ["httpStatus", "grpcStatus", "http2Error"].allSatisfy({ abort[$0].isAbsent }) {
    service.report(.abortWithoutError, abort)
  }
}

extension Rule {
  static let exactBehindPrefix = own(
    "DD5001", .warning, "path '{0}' is never reached: a prefix before it takes it; move it up",
    "路径 '{0}' 永远不会命中：前面的前缀已接收；请上移")
  static let behindWiderMatch = own(
    "DD5002", .warning, "this match is never reached: '{0}' takes all its requests; move it up",
    "该匹配永远不会命中：'{0}' 已接收其全部请求；请上移")
  static let behindEverything = own(
    "DD5003", .warning, "this route is never reached: a route before it takes everything; move that to the end",
    "该路由永远不会命中：前面的路由接收一切；请将其移到最后")
  static let matchOfOtherGateway = own(
    "DD5008", .warning, "gateway '{0}' is not among the gateways of this VirtualService; the match never holds",
    "网关 '{0}' 不在该 VirtualService 的 gateways 中；该匹配永远不成立")
  static let pathWithoutSlash = own(
    "DD5010", .warning, "'{0}' matches no path: every path begins with '/'", "'{0}' 不匹配任何路径：路径总以 '/' 开头")
  static let weightsNotHundred = own(
    "DD5011", .info, "the weights add up to {0}; make it 100, so that they read as percentages",
    "权重之和为 {0}；请改为 100 以便按百分比理解")
  static let idleDestination = own(
    "DD5111", .info, "destination '{0}' has weight 0 and gets no traffic", "目标 '{0}' 权重为 0，不会收到流量")
  static let tryBeyondTimeout = own(
    "DD5013", .warning, "one try may take {0}, but the whole request only {1}", "单次尝试可达 {0}，但整个请求只有 {1}")
  static let retriesBeyondTimeout = own(
    "DD5113", .info, "{0} tries do not fit into the timeout of {1}", "{0} 次尝试无法在 {1} 的超时内完成")
  static let delayBeyondTimeout = own(
    "DD5213", .warning, "the delay of {0} is not below the timeout of {1}: every such request fails",
    "延迟 {0} 不小于超时 {1}：这些请求都会失败")
  static let rewriteSlash = own(
    "DD5016", .warning, "replacing '{0}' by '{1}' leaves a slash too many or too few", "用 '{1}' 替换 '{0}' 会多出或缺少斜杠")
  static let credentialsForAll = own(
    "DD5017", .warning, "any site may send requests with its visitors' credentials; name the origins",
    "任何站点都能携带访客凭据发送请求；请指明来源")
  static let originWithoutScheme = own(
    "DD5117", .warning, "origin '{0}' has no scheme and matches nothing; write 'https://…'",
    "来源 '{0}' 没有协议，不会匹配；请写作 'https://…'")
  static let corsWithoutMethods = own(
    "DD5217", .info, "no methods are allowed; preflight requests get none", "没有允许的方法；预检请求得不到任何方法")
  static let mirrorToRoute = own(
    "DD5018", .warning, "'{0}' gets every request twice: it is a mirror of itself", "'{0}' 会收到每个请求两次：它镜像到自身")
  static let shareWithoutMirror = own(
    "DD5118", .warning, "'mirrorPercentage' does nothing without 'mirror'", "没有 'mirror' 时 'mirrorPercentage' 不起作用")
  static let faultForAll = own(
    "DD5019", .warning, "the fault hits every request", "故障注入作用于全部请求")
  static let abortWithoutError = own(
    "DD5020", .warning, "the abort has no error and does nothing; set 'httpStatus' or 'grpcStatus'",
    "abort 没有错误码，不起作用；请设置 'httpStatus' 或 'grpcStatus'")

  static let ownRouteRules: [Rule] = [
    exactBehindPrefix, behindWiderMatch, behindEverything, matchOfOtherGateway, pathWithoutSlash, weightsNotHundred,
    idleDestination,
    tryBeyondTimeout, retriesBeyondTimeout, delayBeyondTimeout, rewriteSlash, credentialsForAll, originWithoutScheme,
    corsWithoutMethods, mirrorToRoute, shareWithoutMirror, faultForAll, abortWithoutError,
  ]
}
