import Diagnostics

// GW-01 to GW-22.
extension Admission {
  func checkGateway(_ spec: Part, _ whole: Part) {
    let isGenerated = whole["metadata"]["annotations"]["internal.istio.io/gateway-semantics"].text == "gateway"
    let name = object.subject.name
    if !isGenerated, !Names.isLabel(name) { report(.gatewayName, whole["metadata"]["name"], name) }
    let servers = spec["servers"].items
    if servers.isEmpty { report(.noServers, spec["servers"]) }
    var names: Set<String> = []
    for server in servers {
      checkServer(server, isGenerated: isGenerated)
      let port = server["port"]
      guard port.isPresent else { continue }
      if !names.insert(port["name"].text).inserted { report(.serverPortNameTwice, port["name"], port["name"].text) }
      if PortProtocol(port["protocol"].text)?.isHTTP != true, server["tls"]["httpsRedirect"].isTrue {
        report(.redirectOffHTTP, server["tls"]["httpsRedirect"], port["protocol"].text)
      }
    }
  }

  private func checkServer(_ server: Part, isGenerated: Bool) {
    let hosts = server["hosts"].items
    if hosts.isEmpty { report(.noServerHosts, server["hosts"]) }
    for host in hosts { checkServedHost(host, isGateway: true, allowsNobody: isGenerated) }
    let isPortGood = checkServerPort(server)
    checkServerBind(server)
    let tls = server["tls"]
    checkServerTLS(tls)
    guard isPortGood, let portProtocol = PortProtocol(server["port"]["protocol"].text) else { return }
    if portProtocol.isTLS {
      if tls.isAbsent { report(.serverWithoutTLS, tls, server["port"]["protocol"].text) }
    } else if tls.isPresent {
      let mode = tls["mode"].text
      let isPassing = mode.utf8.isEmpty || mode == "PASSTHROUGH" || mode == "AUTO_PASSTHROUGH"
      let names = ["caCertificates", "privateKey", "serverCertificate"]
      let hasCertificates = names.contains { !tls[$0].text.utf8.isEmpty }
      if !portProtocol.isHTTP {
        report(.tlsOnOtherPort, tls, server["port"]["protocol"].text)
      } else if !isPassing || hasCertificates {
        report(.tlsOnPlainPort, tls, server["port"]["protocol"].text)
      }
    }
  }

  private func checkServerPort(_ server: Part) -> Bool {
    let port = server["port"]
    guard port.isPresent else {
      report(.noServerPort, port)
      return false
    }
    var isGood = true
    func refuse(_ rule: Rule, _ part: Part, _ value: String = "") {
      isGood = false
      report(rule, part, value)
    }
    if PortProtocol(port["protocol"].text) == nil { refuse(.serverProtocol, port["protocol"], port["protocol"].text) }
    let number = port["number"].number
    if number > 0 || !Self.isSocket(server["bind"].text), number < 1 || number > 65_535 {
      refuse(.serverPort, port["number"], String(number))
    }
    if port["targetPort"].number > 0 { refuse(.serverTargetPort, port["targetPort"]) }
    if port["name"].text.utf8.isEmpty { refuse(.serverPortName, port["name"]) }
    return isGood
  }

  private func checkServerBind(_ server: Part) {
    let bind = server["bind"]
    if Self.isSocket(bind.text) {
      checkSocket(bind)
      if server["port"]["number"].number != 0 { report(.socketWithPort, server["port"]["number"]) }
    } else if !bind.text.utf8.isEmpty {
      checkAddress(bind)
    }
  }

  /// GW-04 to GW-08, SC-43 to SC-48: `namespace/host`, where a gateway may leave out the namespace.
  func checkServedHost(_ part: Part, isGateway: Bool, allowsNobody: Bool) {
    let text = part.text
    guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
      if isGateway {
        checkHostPart(text, part, isGateway: true)
      } else {
        report(.egressHostForm, part, text)
      }
      return
    }
    let namespace = String(text[..<slash])
    let host = String(text[text.utf8.index(after: slash)...])
    if namespace.utf8.isEmpty || host.utf8.isEmpty {
      report(isGateway ? .servedHostEmpty : .egressHostEmpty, part, text)
    }
    let isKnown = namespace == "*" || namespace == "." || (namespace == "~" && allowsNobody)
    if !isKnown, !Names.isLabel(namespace) {
      report(isGateway ? .servedNamespace : .egressNamespace, part, namespace)
    }
    checkHostPart(host, part, isGateway: isGateway)
  }

  private func checkHostPart(_ host: String, _ part: Part, isGateway: Bool) {
    if host != "*", !host.utf8.contains(UInt8(ascii: ".")) {
      report(isGateway ? .servedShortName : .egressShortName, part, host)
    }
    if HostText.problem(inWildcard: host) != nil {
      // Istio says it twice of a sidecar's host that is no address either.
      if !isGateway { report(.egressHost, part, host) }
      if !AddressText.isAddress(host) { report(isGateway ? .servedHost : .egressHost, part, host) }
    }
    if HostText.isPartialWildcard(host) {
      report(isGateway ? .servedPartialWildcard : .egressPartialWildcard, part, host)
    }
  }
}

extension Rule {
  static let gatewayName = refusal(
    85, "gateway name '{0}' is not valid; use letters, digits and '-', 63 bytes at most",
    "网关名称 '{0}' 无效；请使用字母、数字和 '-'，最多 63 字节")
  static let noServers = refusal(86, "a gateway needs at least one server", "网关至少需要一个 server")
  static let noServerHosts = refusal(87, "a server needs at least one host", "server 至少需要一个主机名")
  static let servedHostEmpty = refusal(
    88, "'{0}' has an empty part; write 'namespace/host'", "'{0}' 有空的部分；请写作 '命名空间/主机'")
  static let servedNamespace = refusal(
    89, "'{0}' is no namespace; use '*', '.' or a namespace", "'{0}' 不是命名空间；请使用 '*'、'.' 或命名空间名")
  static let servedShortName = refusal(
    90, "'{0}' is a short name; write the whole name with its domain", "'{0}' 是短名称；请写出带域的完整名称")
  static let servedHost = refusal(
    91, "'{0}' is neither a host name nor an IP address; a '*' may stand for the first part",
    "'{0}' 既不是主机名也不是 IP 地址；'*' 只能代表第一段")
  static let servedPartialWildcard = refusal(
    92, "'{0}' has a '*' in the middle of a name; use '*' or '*.domain'", "'{0}' 的 '*' 不在完整的一段；请使用 '*' 或 '*.域名'")
  static let noServerPort = refusal(93, "a server needs a port", "server 需要端口")
  static let serverProtocol = refusal(
    94, "protocol '{0}' is unknown; use HTTP, HTTPS, GRPC, HTTP2, TLS, TCP, MONGO, REDIS or MYSQL",
    "未知协议 '{0}'；请使用 HTTP、HTTPS、GRPC、HTTP2、TLS、TCP、MONGO、REDIS 或 MYSQL")
  static let serverPort = refusal(95, "{0} is no port; use 1 to 65535", "{0} 不是有效端口；请使用 1 到 65535")
  static let serverTargetPort = refusal(
    96, "'targetPort' has no effect on a gateway; remove it", "'targetPort' 对网关不起作用；请删除")
  static let serverPortName = refusal(97, "the port has no name; set one that no other port has", "端口没有名称；请设置唯一的名称")
  static let socketWithPort = refusal(99, "a server on a unix socket has port 0", "使用 unix 套接字的 server 端口应为 0")
  static let serverWithoutTLS = refusal(101, "protocol {0} needs 'tls'; add it", "协议 {0} 需要 'tls'；请添加")
  static let tlsOnPlainPort = refusal(
    102, "a port with protocol {0} terminates no TLS; use HTTPS or remove the settings",
    "协议为 {0} 的端口不终止 TLS；请使用 HTTPS 或删除该设置")
  static let tlsOnOtherPort = refusal(
    103, "a port with protocol {0} has no TLS; use TLS or HTTPS, or remove 'tls'",
    "协议为 {0} 的端口没有 TLS；请使用 TLS 或 HTTPS，或删除 'tls'")
  static let serverPortNameTwice = refusal(
    105, "another server has port name '{0}' already", "已有另一个 server 使用端口名 '{0}'")
  static let redirectOffHTTP = remark(
    106, "'httpsRedirect' has no effect on protocol '{0}'; use it on HTTP ports",
    "'httpsRedirect' 对协议 '{0}' 不起作用；请用于 HTTP 端口")

  static let gatewayRules: [Rule] = [
    gatewayName, noServers, noServerHosts, servedHostEmpty, servedNamespace, servedShortName, servedHost,
    servedPartialWildcard, noServerPort, serverProtocol, serverPort, serverTargetPort, serverPortName, socketWithPort,
    serverWithoutTLS, tlsOnPlainPort, tlsOnOtherPort, serverPortNameTwice, redirectOffHTTP,
  ]
}
