import Diagnostics
import Validation
import YAML

// F: who may do what, and gateways seen as a whole.
@Sendable
func judgeAccess(_ world: AnalysisWorld) {
  for policy in world.all("AuthorizationPolicy") { judgePolicy(policy, world) }
  judgeAuthentications(world)
  for gateway in world.all("Gateway") { judgeServers(gateway) }
}

/// F63, F65, F69, F76
private func judgePolicy(_ policy: Resource, _ world: AnalysisWorld) {
  let action = policy.spec["action"].text
  let rules = policy.spec["rules"].items
  if action.utf8.isEmpty || action == "ALLOW" {
    if rules.isEmpty { policy.report(.allowNothing, policy.spec) }
    if let open = rules.first(where: { ($0.node?.mapping ?? []).isEmpty }) { policy.report(.allowEverything, open) }
  }
  let provider = policy.spec["provider"]["name"]
  if action == "CUSTOM", provider.hasText, !world.mesh.providers.contains(provider.text), world.mesh.isGiven {
    policy.report(.unknownProvider, provider, provider.text)
  }
  for rule in rules {
    for source in rule["from"].items.map({ $0["source"] }) {
      if !source["requestPrincipals"].isEmpty, !hasTokens(policy, world) {
        policy.report(.principalWithoutTokens, source["requestPrincipals"])
      }
      judgeContradiction(policy, source, ["principals", "namespaces", "ipBlocks", "requestPrincipals"])
    }
    for operation in rule["to"].items.map({ $0["operation"] }) {
      judgeContradiction(policy, operation, ["methods", "paths", "hosts", "ports"])
      for method in operation["methods"].items + operation["notMethods"].items where !isMethod(method.text) {
        policy.report(.oddMethod, method, method.text)
      }
    }
  }
}

private func hasTokens(_ policy: Resource, _ world: AnalysisWorld) -> Bool {
  let selector = policy.spec["selector"]["matchLabels"].texts
  return world.all("RequestAuthentication").contains { authentication in
    if authentication.namespace == world.mesh.rootNamespace { return true }
    guard authentication.namespace == policy.namespace else { return false }
    let own = authentication.spec["selector"]["matchLabels"].texts
    return selector.holds(own) || own.holds(selector) || !authentication.spec["targetRefs"].isEmpty
  }
}

/// What is asked for and excluded at once.
private func judgeContradiction(_ policy: Resource, _ part: Part, _ names: [String]) {
  for name in names {
    let excluded = Set(part["not" + name.prefix(1).uppercased() + name.dropFirst()].items.map(\.text))
    let wanted = part[name].items.map(\.text)
    if !wanted.isEmpty, wanted.allSatisfy(excluded.contains) { policy.report(.contradiction, part[name], name) }
  }
}

private func isMethod(_ text: String) -> Bool {
  let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"]
  return known.contains(text) || text.utf8.first == UInt8(ascii: "/") || text.contains("*")
}

/// F66, F74, F77
private func judgeAuthentications(_ world: AnalysisWorld) {
  let needed = world.all("AuthorizationPolicy").contains { policy in
    policy.spec["rules"].items.contains { rule in
      rule["from"].items.contains { from in
        !from["source"]["requestPrincipals"].isEmpty || !from["source"]["notRequestPrincipals"].isEmpty
      } || rule["when"].items.contains { $0["key"].text.utf8.starts(with: "request.auth.".utf8) }
    }
  }
  for authentication in world.all("RequestAuthentication") {
    let rules = authentication.spec["jwtRules"].items
    if !rules.isEmpty, !needed { authentication.report(.tokensNotRequired, authentication.spec) }
    var issuers: Set<String> = []
    for issuer in rules.map({ $0["issuer"] }) where issuer.hasText && !issuers.insert(issuer.text).inserted {
      authentication.report(.issuerTwice, issuer, issuer.text)
    }
  }
  for kind in ["PeerAuthentication", "RequestAuthentication", "Sidecar"] {
    let general = world.all(kind).filter { resource in
      let selector = kind == "Sidecar" ? "workloadSelector" : "selector"
      return resource.spec[selector].isAbsent && resource.spec["targetRefs"].isEmpty
    }
    for (namespace, rivals) in Dictionary(grouping: general, by: \.namespace) where rivals.count > 1 {
      let names = rivals.map(\.name).sorted().joined(separator: ", ")
      for rival in rivals { rival.report(.manyWithoutSelector, rival.spec, kind, namespace, names) }
    }
  }
}

/// F50, F51
private func judgeServers(_ gateway: Resource) {
  let versions = ["TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3"]
  var seen: [Int64: [(hosts: [String], isHTTP: Bool?)]] = [:]
  for server in gateway.spec["servers"].items {
    let tls = server["tls"]
    if let least = versions.firstIndex(of: tls["minProtocolVersion"].text),
      let most = versions.firstIndex(of: tls["maxProtocolVersion"].text), least > most
    {
      gateway.report(.versionsCrossed, tls["minProtocolVersion"], versions[least], versions[most])
    }
    let port = server["port"]
    let number = port["number"].number
    let isHTTP = PortProtocol(port["protocol"].text)?.isHTTP
    let hosts = server["hosts"].items.map(\.text)
    for other in seen[number] ?? [] {
      if let isHTTP, let others = other.isHTTP, isHTTP != others {
        gateway.report(.portOfTwoProtocols, port, String(number))
        break
      }
      if let host = hosts.first(where: { host in other.hosts.contains { covers($0, host) } }) {
        gateway.report(.servedTwice, server, host, String(number))
        break
      }
    }
    seen[number, default: []].append((hosts, isHTTP))
  }
}

private func covers(_ a: String, _ b: String) -> Bool { a.lowercased() == b.lowercased() }

extension Rule {
  static let allowNothing = own(
    "DD5063", .warning, "ALLOW without rules denies everything; if that is meant, say so in a name, or add rules",
    "没有规则的 ALLOW 会拒绝一切；如非本意请添加规则")
  static let allowEverything = own("DD5163", .warning, "an empty rule allows everything", "空规则允许一切")
  static let principalWithoutTokens = own(
    "DD5065", .warning, "no RequestAuthentication checks tokens here, so no request has a principal",
    "此处没有 RequestAuthentication 校验令牌，请求不会有 principal")
  static let tokensNotRequired = own(
    "DD5066", .info, "no AuthorizationPolicy requires a token: requests without one pass",
    "没有 AuthorizationPolicy 要求令牌：没有令牌的请求会通过")
  static let contradiction = own(
    "DD5069", .warning, "everything in '{0}' is excluded as well: the rule never holds", "'{0}' 中的全部内容也被排除：该规则永远不成立")
  static let oddMethod = kiali(
    "DD4102", .warning, "KIA0102", "'{0}' is no method; write it in upper case", "'{0}' 不是方法；请使用大写")
  static let manyWithoutSelector = kiali(
    "DD4002", .error, "KIA0002",
    "namespace '{1}' has several objects of kind {0} without selector: {2}; only the oldest holds",
    "命名空间 '{1}' 有多个没有选择器的 {0}：{2}；只有最早的生效")
  static let unknownProvider = own(
    "DD5076", .error, "the mesh defines no provider '{0}'; requests would be denied", "网格没有定义提供者 '{0}'；请求会被拒绝")
  static let issuerTwice = own(
    "DD5077", .warning, "issuer '{0}' has two rules; only the first is used", "签发者 '{0}' 有两条规则；只使用第一条")
  static let versionsCrossed = own(
    "DD5050", .error, "the least version {0} is above the greatest {1}: no handshake succeeds",
    "最低版本 {0} 高于最高版本 {1}：握手无法成功")
  static let portOfTwoProtocols = own(
    "DD5051", .warning, "port {0} has servers of different protocols; only one can listen",
    "端口 {0} 的 server 使用不同协议；只有一个能监听")
  static let servedTwice = kiali(
    "DD4301", .warning, "KIA0301", "host '{0}' is served on port {1} by a server before already",
    "主机 '{0}' 已由前面的 server 在端口 {1} 提供服务")

  static let ownAccessRules: [Rule] = [
    allowNothing, allowEverything, principalWithoutTokens, tokensNotRequired, contradiction, oddMethod,
    manyWithoutSelector, unknownProvider, issuerTwice, versionsCrossed, portOfTwoProtocols, servedTwice,
  ]
}
