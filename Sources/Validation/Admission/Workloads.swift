// WE, WG: workloads outside Kubernetes, alone, in groups, and as endpoints of a ServiceEntry.
extension Admission {
  func checkWorkloadEntry(_ entry: Part) { checkEndpoint(entry, ports: nil, allowsNames: true) }

  /// WE-01 to WE-08, SE-20 to SE-29; `ports` are those of the ServiceEntry around it.
  func checkEndpoint(_ entry: Part, ports: Set<String>?, allowsNames: Bool) {
    let address = entry["address"]
    if !address.hasText {
      guard entry["network"].hasText else {
        report(.workloadWithoutAddress, address)
        return
      }
      report(.workloadOnNetwork, address, entry["network"].text)
    }
    let isSocket = Self.isSocket(address.text)
    if isSocket {
      checkSocket(address)
      if !entry["ports"].isEmpty { report(.socketPorts, entry["ports"]) }
    } else if address.hasText, !AddressText.isAddress(address.text) {
      if !allowsNames {
        report(.staticName, address, address.text)
      } else if HostText.problem(inFQDN: address.text) != nil {
        report(.workloadAddress, address, address.text)
      }
    }
    checkEndpointPorts(entry["ports"], ports)
    checkLabels(entry["labels"])
    if isSocket, let ports, ports.count != 1 { report(.socketNeedsOnePort, entry, String(ports.count)) }
  }

  func checkEndpointPorts(_ given: Part, _ ports: Set<String>?) {
    for (name, value) in given.members {
      if let ports, !ports.contains(name) { report(.endpointPortUnknown, value, name) }
      checkPortName(value, name)
      checkPort(value)
    }
  }

  // WG-01 to WG-14
  func checkWorkloadGroup(_ spec: Part) {
    guard spec["template"].isPresent else {
      report(.groupWithoutTemplate, spec["template"])
      return
    }
    for (key, value) in spec["metadata"]["labels"].members {
      let isGood = Self.isLabelKey(key) && (!value.hasText || Names.isQualified(value.text))
      if isGood { continue }
      // Istio says all of it in one error.
      report(.groupLabels, value, key, value.text)
      return
    }
    checkProbe(spec["probe"])
  }

  private func checkProbe(_ probe: Part) {
    guard probe.isPresent else { return }
    for (name, rule) in Self.probeNumbers where probe[name].number < 0 { report(rule, probe[name], name) }
    if probe["httpGet"].isPresent {
      checkHTTPProbe(probe["httpGet"])
    } else if probe["tcpSocket"].isPresent {
      if !Self.isPort(probe["tcpSocket"]["port"].number) {
        report(.probeSocketPort, probe["tcpSocket"]["port"], String(probe["tcpSocket"]["port"].number))
      }
    } else if probe["exec"].isPresent {
      if probe["exec"]["command"].isEmpty { report(.probeCommand, probe["exec"]["command"]) }
    } else {
      report(.probeMethod, probe)
    }
  }

  private static let probeNumbers: [(String, Rule)] = [
    ("periodSeconds", .probePeriod), ("initialDelaySeconds", .probeDelay), ("timeoutSeconds", .probeTimeout),
    ("successThreshold", .probeSuccesses), ("failureThreshold", .probeFailures),
  ]

  private func checkHTTPProbe(_ get: Part) {
    let port = get["port"]
    if !Self.isPort(port.number) { report(.probePort, port, String(port.number)) }
    if !["", "HTTP", "HTTPS"].contains(get["scheme"].text) { report(.probeScheme, get["scheme"], get["scheme"].text) }
    for header in get["httpHeaders"].items.map({ $0["name"] }) {
      let isGood = header.hasText && header.text.utf8.allSatisfy { Names.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
      if !isGood { report(.probeHeader, header, header.text) }
    }
  }

  static func isPort(_ number: Int64) -> Bool { number >= 1 && number <= 65_535 }
}

extension Rule {
  static let staticName = refusal(
    316, "'{0}' is no IP address; STATIC endpoints need one, or use resolution DNS",
    "'{0}' 不是 IP 地址；STATIC 端点需要 IP 地址，或使用 DNS 解析")
  static let endpointPortUnknown = refusal(
    317, "the ServiceEntry has no port named '{0}'; use a name of its 'ports'",
    "ServiceEntry 没有名为 '{0}' 的端口；请使用其 'ports' 中的名称")
  static let socketNeedsOnePort = refusal(
    321, "a unix socket serves one port, but the ServiceEntry has {0}", "unix 套接字只服务一个端口，但 ServiceEntry 有 {0} 个")
  static let workloadWithoutAddress = refusal(341, "a workload needs an address", "工作负载需要地址")
  static let workloadOnNetwork = remark(
    342, "the address is not set; the gateway of network '{0}' must know the workload", "未设置地址；网络 '{0}' 的网关必须认识该工作负载")
  static let socketPorts = refusal(344, "a unix socket has no ports; remove 'ports'", "unix 套接字没有端口；请删除 'ports'")
  static let workloadAddress = refusal(345, "'{0}' is neither an IP address nor a host name", "'{0}' 既不是 IP 地址也不是主机名")
  static let groupWithoutTemplate = refusal(349, "a group needs a template for its workloads", "工作负载组需要模板")
  static let groupLabels = refusal(
    350, "label '{0}={1}' is not valid; use letters, digits, '-', '_' and '.'", "标签 '{0}={1}' 无效；请使用字母、数字、'-'、'_' 和 '.'"
  )
  static let probePeriod = refusal(351, "'{0}' is negative; use 0 or more", "'{0}' 为负数；请使用 0 或更大的值")
  static let probeDelay = refusal(352, "'{0}' is negative; use 0 or more", "'{0}' 为负数；请使用 0 或更大的值")
  static let probeTimeout = refusal(353, "'{0}' is negative; use 0 or more", "'{0}' 为负数；请使用 0 或更大的值")
  static let probeSuccesses = refusal(354, "'{0}' is negative; use 0 or more", "'{0}' 为负数；请使用 0 或更大的值")
  static let probeFailures = refusal(355, "'{0}' is negative; use 0 or more", "'{0}' 为负数；请使用 0 或更大的值")
  static let probePort = refusal(356, "{0} is no port to probe; use 1 to 65535", "{0} 不是可探测的端口；请使用 1 到 65535")
  static let probeScheme = refusal(357, "scheme '{0}' is unknown; use HTTP or HTTPS", "未知的协议 '{0}'；请使用 HTTP 或 HTTPS")
  static let probeHeader = refusal(
    359, "header name '{0}' is not valid; use letters, digits and '-'", "头名称 '{0}' 无效；请使用字母、数字和 '-'")
  static let probeSocketPort = refusal(360, "{0} is no port to probe; use 1 to 65535", "{0} 不是可探测的端口；请使用 1 到 65535")
  static let probeCommand = refusal(361, "the probe has no command", "探针没有命令")
  static let probeMethod = refusal(
    362, "the probe has none of httpGet, tcpSocket and exec, the ones Istio's validation knows",
    "探针没有 httpGet、tcpSocket 或 exec，而 Istio 的校验只认识这些")

  static let workloadRules: [Rule] = [
    staticName, endpointPortUnknown, socketNeedsOnePort, workloadWithoutAddress, workloadOnNetwork, socketPorts,
    workloadAddress, groupWithoutTemplate, groupLabels, probePeriod, probeDelay, probeTimeout, probeSuccesses,
    probeFailures, probePort, probeScheme, probeHeader, probeSocketPort, probeCommand, probeMethod,
  ]
}
