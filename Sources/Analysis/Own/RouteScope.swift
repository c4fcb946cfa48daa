import Diagnostics
import Validation

// F: routes that nothing comes to, because of what they are attached to.
@Sendable
func judgeRouteScope(_ world: AnalysisWorld) {
  for service in world.all("VirtualService") {
    let gateways = service.spec["gateways"].items
    let isMesh = gateways.isEmpty || gateways.contains { $0.text == "mesh" }
    if !isMesh {
      judgeSources(service)
      judgeServedHosts(service, gateways, world)
    }
    if isMesh { judgePorts(service, world) }
    judgeClaims(service, gateways, world)
    for route in service.spec["http"].items { judgeRedirect(service, route) }
  }
}

/// F9: sources are asked of the gateway itself, which has other labels than its callers.
private func judgeSources(_ service: Resource) {
  let routes = ["http", "tcp", "tls"].flatMap { service.spec[$0].items }
  for match in routes.flatMap(\.matches) {
    for name in ["sourceLabels", "sourceNamespace"]
    where match[name].hasText || !match[name].isEmpty {
      service.report(.sourceAtGateway, match[name], name)
    }
  }
}

/// F27: hosts of which no gateway knows, next to others that one serves.
private func judgeServedHosts(_ service: Resource, _ references: [Part], _ world: AnalysisWorld) {
  let gateways = references.map { world.find("Gateway", FullName($0.text, near: service.namespace)) }
  guard gateways.allSatisfy({ $0 != nil }) else { return }
  let served = gateways.compactMap(\.self).flatMap { gateway in
    gateway.spec["servers"].items.flatMap { $0["hosts"].items }.compactMap { host -> String? in
      let parts = host.text.split(separator: "/", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return host.text }
      let scope = parts[0] == "." ? gateway.namespace : parts[0]
      return scope == "*" || scope == service.namespace ? parts[1] : nil
    }
  }
  let hosts = service.spec["hosts"].items
  let missed = hosts.filter { host in !served.contains { HostText.overlap($0, host.text) } }
  if missed.count == hosts.count { return }
  for host in missed { service.report(.hostNotServed, host, host.text) }
}

/// F25: routes for a protocol that no port of the host speaks.
private func judgePorts(_ service: Resource, _ world: AnalysisWorld) {
  let kinds = service.spec["hosts"].items.map { host in
    world.hosts.find(host.text, near: service.namespace, exportTo: []).map { portKinds($0.resource) } ?? [.unknown]
  }
  let all = kinds.flatMap(\.self)
  if all.isEmpty || all.contains(.unknown) { return }
  if !service.spec["http"].isEmpty, !all.contains(.http) { service.report(.routesOffHTTP, service.spec["http"]) }
  if !service.spec["tls"].isEmpty, !all.contains(.tls) { service.report(.routesOffTLS, service.spec["tls"]) }
  if !service.spec["tcp"].isEmpty, !all.contains(.tcp) { service.report(.routesOffTCP, service.spec["tcp"]) }
}

enum PortKind {
  case http, tls, tcp, unknown
}

/// What the ports of a Service or ServiceEntry say they speak.
func portKinds(_ resource: Resource) -> [PortKind] {
  resource.spec["ports"].items.map { port in
    if resource.kind == "ServiceEntry" { return portKind(PortProtocol(port["protocol"].text)) }
    let name = port["appProtocol"].isPresent ? port["appProtocol"].text : port["name"].text
    if name.lowercased().utf8.starts(with: "grpc-web".utf8) { return .http }
    return portKind(PortProtocol(String(name.prefix { $0 != "-" })))
  }
}

private func portKind(_ name: PortProtocol?) -> PortKind {
  guard let name else { return .unknown }
  return name.isHTTP ? .http : name.isTLS ? .tls : .tcp
}

/// F33: claims where no RequestAuthentication is at all; IST0149 looks closer where pods are known.
private func judgeClaims(_ service: Resource, _ gateways: [Part], _ world: AnalysisWorld) {
  guard !gateways.isEmpty, world.pods.all.isEmpty, world.all("RequestAuthentication").isEmpty else { return }
  for match in service.spec["http"].items.flatMap(\.matches) {
    for name in ["headers", "withoutHeaders"] {
      for (key, value) in match[name].members where ClaimHeader.isClaim(key) {
        service.report(.claimWithoutTokens, value, key)
        return
      }
    }
  }
}

/// F15: a redirect to where the request came from.
private func judgeRedirect(_ service: Resource, _ route: Part) {
  let redirect = route["redirect"]
  guard redirect.isPresent, !redirect["scheme"].hasText, redirect["port"].isAbsent, redirect["derivePort"].isAbsent
  else { return }
  let hosts = service.spec["hosts"].items
  let authority = redirect["authority"].text
  guard authority.utf8.isEmpty || hosts.contains(where: { $0.text == authority }) else { return }
  let uri = redirect["uri"].text
  let returns =
    route.matches.isEmpty
    || route.matches.contains { match in
      guard match["headers"].isEmpty, match["queryParams"].isEmpty, match["authority"].isAbsent else { return false }
      let path = match["uri"]
      if uri.utf8.isEmpty || path.isAbsent { return true }
      return path["exact"].text == uri
        || (path["prefix"].hasText && uri.utf8.starts(with: path["prefix"].text.utf8))
    }
  if returns { service.report(.redirectToItself, redirect) }
}

extension Rule {
  static let sourceAtGateway = own(
    "DD5009", .warning, "'{0}' is compared with the gateway itself, not with its callers; add 'mesh' or remove it",
    "'{0}' 会与网关自身比较，而不是与调用方比较；请添加 'mesh' 或删除")
  static let redirectToItself = own(
    "DD5015", .warning, "the redirect leads back to this route: clients go round in circles",
    "重定向又回到该路由：客户端会循环跳转")
  static let routesOffHTTP = own(
    "DD5025", .warning, "no port of the hosts speaks HTTP: http routes are not used", "主机没有 HTTP 端口：http 路由不会生效")
  static let routesOffTLS = own(
    "DD5125", .warning, "no port of the hosts speaks TLS: tls routes are not used", "主机没有 TLS 端口：tls 路由不会生效")
  static let routesOffTCP = own(
    "DD5225", .warning, "no port of the hosts speaks plain TCP: tcp routes are not used", "主机没有 TCP 端口：tcp 路由不会生效")
  static let hostNotServed = own(
    "DD5027", .warning, "no gateway named here serves host '{0}'; add it to a server or remove it",
    "此处的网关都不服务于主机 '{0}'；请加入 server 或删除")
  static let claimWithoutTokens = own(
    "DD5033", .warning, "'{0}' is never known: no RequestAuthentication checks tokens",
    "'{0}' 永远无法得知：没有 RequestAuthentication 校验令牌")

  static let ownRouteScopeRules: [Rule] = [
    sourceAtGateway, redirectToItself, routesOffHTTP, routesOffTLS, routesOffTCP, hostNotServed, claimWithoutTokens,
  ]
}
