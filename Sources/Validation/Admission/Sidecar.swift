// SC-01 to SC-53.
extension Admission {
  func checkSidecar(_ spec: Part) {
    guard checkWorkloadSelector(spec["workloadSelector"]) else { return }
    let isEmpty =
      spec["egress"].isEmpty && spec["ingress"].isEmpty && spec["outboundTrafficPolicy"].isAbsent
      && spec["inboundConnectionPool"].isAbsent
    if isEmpty {
      report(.emptySidecar, spec)
      return
    }
    var ports: Set<Int64> = []
    for listener in spec["ingress"].items { checkIngress(listener, &ports) }
    checkConnectionPool(spec["inboundConnectionPool"])
    var egress = EgressPorts()
    let listeners = spec["egress"].items
    for (place, listener) in listeners.enumerated() {
      checkEgress(listener, isLast: place == listeners.count - 1, &egress)
    }
    checkOutbound(spec["outboundTrafficPolicy"])
  }

  private func checkIngress(_ listener: Part, _ ports: inout Set<Int64>) {
    let port = listener["port"]
    guard port.isPresent else {
      report(.ingressWithoutPort, port)
      return
    }
    if port["targetPort"].number > 0 { report(.ingressTargetPort, port["targetPort"]) }
    if port["name"].hasText { checkPortName(port["name"], port["name"].text) }
    checkProtocol(port["protocol"])
    checkPort(port["number"])
    if listener["bind"].hasText { checkAddress(listener["bind"]) }
    if !ports.insert(port["number"].number).inserted {
      report(.ingressPortTwice, port["number"], String(port["number"].number))
    }
    if listener["defaultEndpoint"].hasText { checkDefaultEndpoint(listener["defaultEndpoint"]) }
    checkIngressTLS(listener["tls"], port)
    let pool = listener["connectionPool"]
    checkConnectionPool(pool)
    if pool["http"].isPresent, PortProtocol(port["protocol"].text)?.isHTTP != true {
      report(.poolOffHTTP, pool["http"], port["protocol"].text)
    }
  }

  // SC-11 to SC-15
  private func checkDefaultEndpoint(_ endpoint: Part) {
    if Self.isSocket(endpoint.text) {
      checkSocket(endpoint)
      return
    }
    let parts = HostPort(endpoint.text)
    if parts == nil { report(.endpointForm, endpoint, endpoint.text) }
    let host = parts?.host ?? ""
    if !["", "127.0.0.1", "0.0.0.0", "::1", "::"].contains(host) { report(.endpointHost, endpoint, host) }
    guard let port = GoNumber.integer(parts?.port ?? "") else {
      report(.endpointPortText, endpoint, parts?.port ?? "")
      return
    }
    checkPort(port, endpoint)
  }

  // SC-16 to SC-23
  private func checkIngressTLS(_ tls: Part, _ port: Part) {
    guard tls.isPresent else { return }
    if !tls["subjectAltNames"].isEmpty { report(.ingressNames, tls["subjectAltNames"]) }
    if tls["httpsRedirect"].isTrue { report(.ingressRedirect, tls["httpsRedirect"]) }
    if tls["credentialName"].hasText { report(.ingressCredential, tls["credentialName"]) }
    if !tls["credentialNames"].isEmpty { report(.ingressCredentials, tls["credentialNames"]) }
    if !tls["tlsCertificates"].isEmpty { report(.ingressCertificates, tls["tlsCertificates"]) }
    let mode = tls["mode"].text
    if mode == "ISTIO_MUTUAL" || mode == "AUTO_PASSTHROUGH" { report(.ingressMode, tls["mode"], mode) }
    if PortProtocol(port["protocol"].text)?.isTLS != true { report(.ingressPlainPort, tls, port["protocol"].text) }
    checkServerTLS(tls)
  }

  private struct EgressPorts {
    var numbers: Set<Int64> = []
    var sockets: Set<String> = []
    var hasCatchAll = false
  }

  private func checkEgress(_ listener: Part, isLast: Bool, _ known: inout EgressPorts) {
    let port = listener["port"]
    if port.isAbsent {
      if known.hasCatchAll {
        report(.egressCatchAllTwice, listener)
        return
      }
      if isLast { known.hasCatchAll = true } else { report(.egressCatchAllFirst, listener) }
    } else {
      checkEgressPort(listener, port)
      let number = port["number"].number
      if number == 0 {
        if !known.sockets.insert(listener["bind"].text).inserted {
          report(.egressSocketTwice, listener["bind"], listener["bind"].text)
        }
      } else if !known.numbers.insert(number).inserted {
        report(.egressPortTwice, port["number"], String(number))
      }
    }
    checkEgressHosts(listener["hosts"])
  }

  private func checkEgressPort(_ listener: Part, _ port: Part) {
    if port["targetPort"].number > 0 { report(.egressTargetPort, port["targetPort"]) }
    if port["name"].hasText { checkPortName(port["name"], port["name"].text) }
    checkProtocol(port["protocol"])
    let bind = listener["bind"]
    guard port["number"].number == 0 else {
      checkPort(port["number"])
      if bind.hasText { checkAddress(bind) }
      return
    }
    if Self.isSocket(bind.text) { checkSocket(bind) } else { report(.portZeroWithoutSocket, bind) }
    let mode = listener["captureMode"]
    if mode.isPresent, mode.text != "DEFAULT", mode.text != "NONE" { report(.socketCapture, mode, mode.text) }
  }

  // SC-40 to SC-49
  private func checkEgressHosts(_ hosts: Part) {
    if hosts.isEmpty {
      report(.egressWithoutHosts, hosts)
      return
    }
    var known: [String: Set<String>] = [:]
    for host in hosts.items {
      if let slash = host.text.utf8.firstIndex(of: UInt8(ascii: "/")) {
        let given = String(host.text[..<slash])
        let name = String(host.text[host.text.utf8.index(after: slash)...])
        let own = given == "." ? namespace : given
        let names = known[own] ?? []
        if name == "*" {
          if !names.isEmpty { report(.egressStarAfterHosts, host, host.text) }
        } else if names.contains(name) || names.contains("*") {
          report(.egressHostTwice, host, host.text)
        }
        known[own, default: []].insert(name)
      }
      checkServedHost(host, isGateway: false, allowsNobody: true)
    }
    if known["*"]?.contains("*") == true, known.count != 1 { report(.egressAllAndSome, hosts) }
  }

  // SC-50 to SC-53
  private func checkOutbound(_ policy: Part) {
    let proxy = policy["egressProxy"]
    guard proxy.isPresent else { return }
    if policy["mode"].text != "ALLOW_ANY" {
      report(.egressProxyMode, proxy)
      return
    }
    if HostText.problem(inFQDN: proxy["host"].text) != nil {
      report(.egressProxyHost, proxy["host"], proxy["host"].text)
    }
    if proxy["port"].isAbsent {
      report(.egressProxyPort, proxy)
      return
    }
    checkDestination(proxy)
  }
}

extension Rule {
  static let emptySidecar = refusal(
    364, "the sidecar sets nothing; add ingress, egress, outboundTrafficPolicy or inboundConnectionPool",
    "Sidecar 没有任何设置；请添加 ingress、egress、outboundTrafficPolicy 或 inboundConnectionPool")
  static let ingressWithoutPort = refusal(366, "an ingress listener needs a port", "ingress 监听器需要端口")
  static let ingressTargetPort = refusal(
    367, "'targetPort' has no effect in a sidecar; remove it", "'targetPort' 在 Sidecar 中不起作用；请删除")
  static let ingressPortTwice = refusal(372, "another listener has port {0} already", "已有另一个监听器使用端口 {0}")
  static let endpointForm = refusal(
    374, "'{0}' is no endpoint; write '127.0.0.1:PORT' or 'unix:///path'",
    "'{0}' 不是端点；请写作 '127.0.0.1:端口' 或 'unix:///路径'")
  static let endpointHost = refusal(
    375, "'{0}' is not this workload; use 127.0.0.1, 0.0.0.0, [::1] or [::]",
    "'{0}' 不是本工作负载；请使用 127.0.0.1、0.0.0.0、[::1] 或 [::]")
  static let endpointPortText = refusal(376, "'{0}' is no port number", "'{0}' 不是端口号")
  static let ingressNames = refusal(
    378, "'subjectAltNames' is not supported in a sidecar; remove it", "Sidecar 不支持 'subjectAltNames'；请删除")
  static let ingressRedirect = refusal(
    379, "'httpsRedirect' is not supported in a sidecar; remove it", "Sidecar 不支持 'httpsRedirect'；请删除")
  static let ingressCredential = refusal(
    380, "'credentialName' is not supported in a sidecar; use files", "Sidecar 不支持 'credentialName'；请使用文件")
  static let ingressCredentials = refusal(
    381, "'credentialNames' is not supported in a sidecar; use files", "Sidecar 不支持 'credentialNames'；请使用文件")
  static let ingressCertificates = refusal(
    382, "'tlsCertificates' is not supported in a sidecar; use one certificate", "Sidecar 不支持 'tlsCertificates'；请使用单个证书"
  )
  static let ingressMode = refusal(
    383, "mode {0} is not possible in a sidecar; use SIMPLE or MUTUAL", "Sidecar 不能使用模式 {0}；请使用 SIMPLE 或 MUTUAL")
  static let ingressPlainPort = refusal(
    384, "a port with protocol '{0}' has no TLS; use HTTPS or TLS, or remove 'tls'",
    "协议为 '{0}' 的端口没有 TLS；请使用 HTTPS 或 TLS，或删除 'tls'")
  static let poolOffHTTP = remark(
    387, "protocol '{0}' is not HTTP; only the TCP limits apply", "协议 '{0}' 不是 HTTP；只有 TCP 限制生效")
  static let egressCatchAllFirst = refusal(
    390, "a listener without port takes the rest; move it to the end", "没有端口的监听器接收其余流量；请移到最后")
  static let egressCatchAllTwice = refusal(
    391, "a second listener without port is never used; remove it", "第二个没有端口的监听器不会被使用；请删除")
  static let egressTargetPort = refusal(
    392, "'targetPort' has no effect in a sidecar; remove it", "'targetPort' 在 Sidecar 中不起作用；请删除")
  static let portZeroWithoutSocket = refusal(
    395, "port 0 is for unix sockets only; set a port or bind to 'unix://'", "端口 0 只用于 unix 套接字；请设置端口或绑定 'unix://'")
  static let socketCapture = refusal(
    397, "a unix socket captures no traffic; use captureMode NONE, not {0}",
    "unix 套接字不捕获流量；captureMode 请使用 NONE，而不是 {0}")
  static let egressSocketTwice = refusal(400, "another listener has socket '{0}' already", "已有另一个监听器使用套接字 '{0}'")
  static let egressPortTwice = refusal(401, "another listener has port {0} already", "已有另一个监听器使用端口 {0}")
  static let egressWithoutHosts = refusal(
    402, "an egress listener needs hosts, such as './*'", "egress 监听器需要主机，例如 './*'")
  static let egressHostTwice = remark(403, "'{0}' is imported already", "'{0}' 已经导入")
  static let egressStarAfterHosts = remark(404, "'{0}' makes the hosts before it superfluous", "'{0}' 使前面的主机变得多余")
  static let egressHostForm = refusal(
    405, "'{0}' names no namespace; write 'namespace/host'", "'{0}' 没有命名空间；请写作 '命名空间/主机'")
  static let egressHostEmpty = refusal(
    406, "'{0}' has an empty part; write 'namespace/host'", "'{0}' 有空的部分；请写作 '命名空间/主机'")
  static let egressNamespace = refusal(
    407, "'{0}' is no namespace; use '*', '.', '~' or a namespace", "'{0}' 不是命名空间；请使用 '*'、'.'、'~' 或命名空间名")
  static let egressShortName = refusal(
    408, "'{0}' is a short name; write the whole name with its domain", "'{0}' 是短名称；请写出带域的完整名称")
  static let egressHost = refusal(
    409, "'{0}' is no host name; a '*' may stand for the first part", "'{0}' 不是主机名；'*' 只能代表第一段")
  static let egressPartialWildcard = refusal(
    410, "'{0}' has a '*' in the middle of a name; use '*' or '*.domain'", "'{0}' 的 '*' 不在完整的一段；请使用 '*' 或 '*.域名'")
  static let egressAllAndSome = remark(
    411, "'*/*' imports everything; the other hosts are superfluous", "'*/*' 导入全部主机；其余主机多余")
  static let egressProxyMode = refusal(412, "an egressProxy needs mode ALLOW_ANY", "egressProxy 需要模式 ALLOW_ANY")
  static let egressProxyHost = refusal(413, "'{0}' is no host name", "'{0}' 不是主机名")
  static let egressProxyPort = refusal(414, "an egressProxy needs a port", "egressProxy 需要端口")

  static let sidecarRules: [Rule] = [
    emptySidecar, ingressWithoutPort, ingressTargetPort, ingressPortTwice, endpointForm, endpointHost,
    endpointPortText, ingressNames, ingressRedirect, ingressCredential, ingressCredentials, ingressCertificates,
    ingressMode, ingressPlainPort, poolOffHTTP, egressCatchAllFirst, egressCatchAllTwice, egressTargetPort,
    portZeroWithoutSocket, socketCapture, egressSocketTwice, egressPortTwice, egressWithoutHosts, egressHostTwice,
    egressStarAfterHosts, egressHostForm, egressHostEmpty, egressNamespace, egressShortName, egressHost,
    egressPartialWildcard, egressAllAndSome, egressProxyMode, egressProxyHost, egressProxyPort,
  ]
}
