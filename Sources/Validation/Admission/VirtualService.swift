import Diagnostics

// VS-01 to VS-09, VS-108: the object as a whole.
extension Admission {
  func checkVirtualService(_ spec: Part, _ whole: Part) {
    let isDelegate = spec["hosts"].isEmpty
    if isDelegate {
      for (name, rule) in Self.delegateLacks where !spec[name].isEmpty { report(rule, spec[name]) }
    }
    let gateways = spec["gateways"].items
    checkGatewayNames(spec["gateways"], isGenerated: isFromRoutes(whole))
    let isServedByGateway = !gateways.isEmpty && !gateways.contains { $0.text == "mesh" }
    if !isServedByGateway { checkClaims(spec["http"]) }
    checkRoutedHosts(spec, isServedByGateway: isServedByGateway)
    if ["http", "tcp", "tls"].allSatisfy({ spec[$0].isEmpty }) { report(.noRoutes, spec) }
    for route in spec["http"].items { checkHTTPRoute(route, isDelegate: isDelegate, isGenerated: isFromRoutes(whole)) }
    for route in spec["tls"].items { checkTLSRoute(route, spec, isGenerated: isFromRoutes(whole)) }
    for route in spec["tcp"].items { checkTCPRoute(route, isGenerated: isFromRoutes(whole)) }
    checkExports(spec["exportTo"])
    checkReach(spec)
  }

  private static let delegateLacks: [(String, Rule)] = [
    ("gateways", .delegateGateways), ("tls", .delegateTLS), ("tcp", .delegateTCP),
  ]

  /// Objects that were made of Gateway API routes have a freer grammar.
  private func isFromRoutes(_ whole: Part) -> Bool {
    whole["metadata"]["annotations"]["internal.istio.io/route-semantics"].text == "gateway"
  }

  // VS-05
  private func checkClaims(_ routes: Part) {
    for match in routes.items.flatMap(\.matches) {
      for name in ["headers", "withoutHeaders"] {
        for (key, value) in match[name].members where ClaimHeader.isClaim(key) {
          report(.claimWithoutGateway, value, key)
        }
      }
    }
  }

  private func checkRoutedHosts(_ spec: Part, isServedByGateway: Bool) {
    let hosts = spec["hosts"].items
    let hasServerNames = spec["tls"].items.flatMap(\.matches).contains { !$0["sniHosts"].isEmpty }
    var isGood = true
    for host in hosts {
      let problem =
        isServedByGateway
        ? HostText.problem(inGatewayBound: host.text, hasServerNames: hasServerNames)
        : HostText.problem(inWildcard: host.text)
      if problem != nil {
        if AddressText.isAddress(host.text) { continue }
        checkHost(problem, host)
        isGood = false
      } else if !isServedByGateway, host.text == "*" {
        report(.meshStar, host)
        isGood = false
      }
    }
    guard isGood else { return }
    let texts = hosts.map(\.text)
    var said: Set<Int> = []
    for (place, text) in texts.enumerated() {
      for other in (place + 1)..<texts.count where HostText.overlap(text, texts[other]) {
        // Istio tells every pair, of which there may be very many; the second of a pair is enough to remove.
        if isOwnJudgement, !said.insert(other).inserted { continue }
        report(.routedHostTwice, hosts[other], text, texts[other])
      }
    }
  }

  /// S-42 to S-47: nothing is looked at behind the first plain name.
  func checkGatewayNames(_ names: Part, isGenerated: Bool = false) {
    for name in names.items {
      let text = name.text
      guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
        if text.utf8.contains(UInt8(ascii: ".")) { report(.oldGatewayName, name, text) }
        if HostText.problem(inFQDN: text) != nil { report(.gatewayReference, name, text) }
        return
      }
      let (namespace, rest) = (text[..<slash], text[text.utf8.index(after: slash)...])
      if namespace.utf8.isEmpty || rest.utf8.isEmpty { report(.gatewayReferenceEmpty, name, text) }
      if !Names.isLabel(namespace) { report(.gatewayReferenceNamespace, name, String(namespace)) }
      if !isGenerated, !Names.isLabel(rest) { report(.gatewayReferenceName, name, String(rest)) }
    }
  }

  /// S-48 to S-51
  func checkDestination(_ destination: Part) {
    guard destination.isPresent else { return }
    let host = destination["host"]
    if host.text == "*" {
      report(.destinationStar, host)
    } else {
      checkHost(HostText.problem(inWildcard: host.text), host)
    }
    if destination["subset"].hasText { checkSubsetName(destination["subset"]) }
    if destination["port"].isPresent { checkPort(destination["port"]["number"]) }
  }

  /// S-52 to S-54
  func checkDestinations(_ routes: Part, isGenerated: Bool) {
    var total: Int64 = 0
    for route in routes.items {
      if route["destination"].isAbsent { report(.noDestination, route) }
      checkHeaders(route["headers"])
      if !isGenerated { checkDestination(route["destination"]) }
      if route["weight"].number < 0 { report(.negativeWeight, route["weight"], String(route["weight"].number)) }
      total += route["weight"].number
    }
    // Istio adds in 32 bits.
    if routes.count > 1, Int32(truncatingIfNeeded: total) == 0 { report(.noWeight, routes) }
  }

  // VS-101 to VS-107
  private func checkTCPRoute(_ route: Part, isGenerated: Bool) {
    withoutRemarks {
      for match in route.matches { checkConnectionMatch(match) }
      if route["route"].isEmpty { report(.tcpWithoutRoute, route) }
      checkDestinations(route["route"], isGenerated: isGenerated)
    }
  }

  private func checkConnectionMatch(_ match: Part) {
    for subnet in match["destinationSubnets"].items { checkAddressOrBlock(subnet) }
    if match["port"].number != 0 { checkPort(match["port"]) }
    checkLabels(match["sourceLabels"])
    checkGatewayNames(match["gateways"])
  }

  // VS-89 to VS-100
  private func checkTLSRoute(_ route: Part, _ spec: Part, isGenerated: Bool) {
    if route.matches.isEmpty { report(.tlsWithoutMatch, route) }
    for match in route.matches {
      if match["sniHosts"].isEmpty { report(.noServerNames, match["sniHosts"]) }
      for name in match["sniHosts"].items { checkServerName(name, spec) }
      checkConnectionMatch(match)
    }
    if route["route"].isEmpty { report(.tlsWithoutRoute, route) }
    checkDestinations(route["route"], isGenerated: isGenerated)
  }

  private func checkServerName(_ name: Part, _ spec: Part) {
    let isMesh = spec["gateways"].items.contains { $0.text == "mesh" }
    let problem =
      isMesh
      ? HostText.problem(inWildcard: name.text) : HostText.problem(inGatewayBound: name.text, hasServerNames: true)
    if problem != nil {
      if AddressText.isAddress(name.text) {
        report(.serverNameIsAddress, name, name.text)
      } else {
        checkHost(problem, name)
      }
      return
    }
    let hosts = spec["hosts"].items.map(\.text)
    if !hosts.contains(where: { HostText.isSubset(name.text, of: $0) }) {
      report(.serverNameBeyondHosts, name, name.text, hosts.joined(separator: ", "))
    }
  }
}

extension Part {
  package var matches: [Part] { self["match"].items }
}

/// `@request.auth.claims.group`, `@request.auth.claims[group][sub]`: a claim in the place of a header.
package enum ClaimHeader {
  package static func isClaim(_ name: String) -> Bool {
    let lower = Array(name.lowercased().utf8)
    let prefix = "@request.auth.claims".utf8
    guard lower.starts(with: prefix) else { return false }
    let rest = Array(name.utf8)[prefix.count...]
    guard rest.count > 1 else { return false }
    if rest.first == UInt8(ascii: ".") { return true }
    guard rest.first == UInt8(ascii: "["), rest.last == UInt8(ascii: "]"), rest.count > 2 else { return false }
    return true
  }
}

extension Rule {
  static let gatewayReference = refusal(
    53, "'{0}' is no name of a gateway; write 'namespace/name'", "'{0}' 不是网关名称；请写作 '命名空间/名称'")
  static let oldGatewayName = remark(54, "'{0}' is the old form; write 'namespace/name'", "'{0}' 是旧写法；请写作 '命名空间/名称'")
  static let gatewayReferenceEmpty = refusal(
    55, "'{0}' has an empty part; write 'namespace/name'", "'{0}' 有空的部分；请写作 '命名空间/名称'")
  static let gatewayReferenceNamespace = refusal(56, "'{0}' is no namespace", "'{0}' 不是命名空间")
  static let gatewayReferenceName = refusal(57, "'{0}' is no name of a gateway", "'{0}' 不是网关名称")
  static let destinationStar = refusal(59, "traffic cannot be sent to '*'; name a host", "流量不能发往 '*'；请指明主机")
  static let noDestination = refusal(63, "a route needs a destination", "路由需要目标")
  static let negativeWeight = refusal(64, "weight {0} is negative; use 0 or more", "权重 {0} 为负数；请使用 0 或更大的值")
  static let noWeight = refusal(
    65, "the weights of the destinations add up to 0; give one a weight", "各目标的权重之和为 0；请设置权重")
  static let delegateGateways = refusal(
    180, "a VirtualService without hosts is a delegate and has no 'gateways'",
    "没有 hosts 的 VirtualService 是委托对象，不能有 'gateways'")
  static let delegateTLS = refusal(
    181, "a VirtualService without hosts is a delegate and has no 'tls'", "没有 hosts 的 VirtualService 是委托对象，不能有 'tls'")
  static let delegateTCP = refusal(
    182, "a VirtualService without hosts is a delegate and has no 'tcp'", "没有 hosts 的 VirtualService 是委托对象，不能有 'tcp'")
  static let claimWithoutGateway = refusal(
    184, "claim '{0}' is only known at a gateway; name one in 'gateways'", "声明 '{0}' 只在网关处可用；请在 'gateways' 中指定网关")
  static let meshStar = refusal(186, "host '*' is not allowed within the mesh; name the hosts", "网格内不允许主机 '*'；请写明主机名")
  static let routedHostTwice = refusal(187, "hosts '{0}' and '{1}' overlap; remove one", "主机 '{0}' 与 '{1}' 重叠；请删除其中一个")
  static let noRoutes = refusal(
    188, "the VirtualService has no routes; add 'http', 'tls' or 'tcp'", "VirtualService 没有路由；请添加 'http'、'tls' 或 'tcp'")
  static let tlsWithoutMatch = refusal(268, "a TLS route needs a match", "TLS 路由需要匹配条件")
  static let noServerNames = refusal(270, "a TLS match needs 'sniHosts'", "TLS 匹配需要 'sniHosts'")
  static let serverNameIsAddress = remark(
    272, "'{0}' is an IP address; clients send names in SNI", "'{0}' 是 IP 地址；客户端在 SNI 中发送的是名称")
  static let serverNameBeyondHosts = refusal(273, "'{0}' is not covered by the hosts: {1}", "'{0}' 不在主机之内：{1}")
  static let tlsWithoutRoute = refusal(278, "a TLS route needs 'route'", "TLS 路由需要 'route'")
  static let tcpWithoutRoute = refusal(285, "a TCP route needs 'route'", "TCP 路由需要 'route'")

  static let virtualServiceRules: [Rule] = [
    gatewayReference, oldGatewayName, gatewayReferenceEmpty, gatewayReferenceNamespace, gatewayReferenceName,
    destinationStar, noDestination, negativeWeight, noWeight, delegateGateways, delegateTLS, delegateTCP,
    claimWithoutGateway, meshStar, routedHostTwice, noRoutes, tlsWithoutMatch, noServerNames, serverNameIsAddress,
    serverNameBeyondHosts, tlsWithoutRoute, tcpWithoutRoute,
  ]
}
