// SE-01 to SE-48.
extension Admission {
  func checkServiceEntry(_ spec: Part, _ whole: Part) {
    guard checkWorkloadSelector(spec["workloadSelector"]) else { return }
    let endpoints = spec["endpoints"]
    if spec["workloadSelector"].isPresent, !endpoints.isEmpty { report(.selectorAndEndpoints, endpoints) }
    let resolution = spec["resolution"].hasText ? spec["resolution"].text : spec["resolution"].isPresent ? "" : "NONE"
    checkEntryHosts(spec["hosts"], resolution)
    checkEntryAddresses(spec["addresses"], resolution)
    let labels = whole["metadata"]["labels"]
    let isAllocated =
      resolution != "NONE" && labels["networking.istio.io/enable-autoallocate-ip"].text.lowercased() != "false"
    checkEntryPorts(spec, isAllocated: isAllocated)
    checkResolution(spec, resolution, labels)
    let hosts = spec["hosts"].count
    if resolution != "NONE", hosts > 1 {
      let plain = spec["ports"].items.first { port in
        guard let meant = PortProtocol(port["protocol"].text) else { return true }
        return !meant.isHTTP && !meant.isTLS
      }
      if let plain { report(.manyHostsOnPlainPort, plain, String(hosts)) }
    }
    checkExports(spec["exportTo"], allowsNobody: true)
  }

  private func checkEntryHosts(_ hosts: Part, _ resolution: String) {
    if hosts.isEmpty { report(.entryWithoutHosts, hosts) }
    for host in hosts.items {
      if host.text == "*" {
        report(.entryHostIsStar, host)
        continue
      }
      checkHost(HostText.problem(inWildcard: host.text), host)
      if resolution != "DYNAMIC_DNS", HostText.isPartialWildcard(host.text) {
        report(.entryPartialWildcard, host, host.text)
      }
    }
  }

  private func checkEntryAddresses(_ addresses: Part, _ resolution: String) {
    for address in addresses.items { checkAddressOrBlock(address) }
    guard let block = addresses.items.first(where: { $0.text.utf8.contains(UInt8(ascii: "/")) }) else { return }
    if resolution != "NONE", resolution != "STATIC" { report(.entryBlock, block, block.text, resolution) }
  }

  private func checkEntryPorts(_ spec: Part, isAllocated: Bool) {
    var names: Set<String> = []
    var numbers: Set<Int64> = []
    for port in spec["ports"].items {
      if !names.insert(port["name"].text).inserted { report(.entryPortNameTwice, port["name"], port["name"].text) }
      let number = port["number"].number
      if !numbers.insert(number).inserted { report(.entryPortTwice, port["number"], String(number)) }
      if port["targetPort"].number != 0 { checkPort(port["targetPort"]) }
      let meant = port["protocol"].text
      if spec["addresses"].isEmpty, !isAllocated, meant.utf8.isEmpty || meant == "TCP" {
        report(.tcpWithoutAddress, port, String(number))
      }
      checkPortName(port["name"], port["name"].text)
      checkProtocol(port["protocol"])
      checkPort(port["number"])
    }
  }

  private func checkResolution(_ spec: Part, _ resolution: String, _ labels: Part) {
    let endpoints = spec["endpoints"]
    switch resolution {
    case "NONE":
      if !endpoints.isEmpty { report(.endpointsWithNone, endpoints) }
      if spec["workloadSelector"].isPresent { report(.selectorWithNone, spec["workloadSelector"]) }
    case "STATIC":
      let names = Set(spec["ports"].items.map { $0["name"].text })
      for endpoint in endpoints.items { checkEndpoint(endpoint, ports: names, allowsNames: false) }
    case "DNS", "DNS_ROUND_ROBIN": checkNamedResolution(spec, resolution)
    case "DYNAMIC_DNS": checkDynamicResolution(spec, labels)
    default: report(.unknownResolution, spec["resolution"], spec["resolution"].literal)
    }
  }

  private func checkNamedResolution(_ spec: Part, _ resolution: String) {
    let endpoints = spec["endpoints"]
    if endpoints.isEmpty, let bad = spec["hosts"].items.first(where: { HostText.problem(inFQDN: $0.text) != nil }) {
      report(.unresolvableHost, bad, bad.text, resolution)
    }
    if resolution == "DNS_ROUND_ROBIN", endpoints.count > 1 {
      report(.manyEndpoints, endpoints, String(endpoints.count))
    }
    let names = Set(spec["ports"].items.map { $0["name"].text })
    for endpoint in endpoints.items {
      let address = endpoint["address"]
      if !AddressText.isAddress(address.text), HostText.problem(inFQDN: address.text) != nil {
        report(.endpointAddress, address, address.text)
      }
      checkLabels(endpoint["labels"])
      checkEndpointPorts(endpoint["ports"], names)
    }
    guard !spec["addresses"].isEmpty, spec["hosts"].count > 1 else { return }
    let hasTCP = spec["ports"].items.contains { PortProtocol($0["protocol"].text)?.isTCP == true }
    if hasTCP { report(.manyHostsWithAddress, spec["hosts"]) }
  }

  private func checkDynamicResolution(_ spec: Part, _ labels: Part) {
    if spec["hosts"].isEmpty { report(.dynamicWithoutHosts, spec["hosts"]) }
    for host in spec["hosts"].items where !HostText.isWildcard(host.text) { report(.dynamicHost, host, host.text) }
    if !spec["addresses"].isEmpty { report(.dynamicAddresses, spec["addresses"]) }
    if !spec["endpoints"].isEmpty { report(.dynamicEndpoints, spec["endpoints"]) }
    for port in spec["ports"].items {
      switch PortProtocol(port["protocol"].text) {
      case .http, .tls, .grpc, .http2: break
      case .tcp, .udp, .grpcWeb, .httpProxy, .https, .mongo, .redis, .mysql, nil:
        report(.dynamicProtocol, port["protocol"], port["protocol"].text)
      }
    }
    let location = spec["location"]
    let isInternal = location.text == "MESH_INTERNAL"
    if location.isPresent, !isInternal, location.text != "MESH_EXTERNAL" {
      report(.dynamicLocation, location)
    }
    let waypoint = labels["istio.io/use-waypoint"].text
    if isInternal, !waypoint.utf8.isEmpty, waypoint.lowercased() != "none" { report(.dynamicWaypoint, location) }
  }
}

extension Rule {
  static let selectorAndEndpoints = refusal(
    294, "endpoints and workloadSelector exclude each other; keep one", "endpoints 与 workloadSelector 互斥；请只保留一个")
  static let entryWithoutHosts = refusal(295, "a ServiceEntry needs at least one host", "ServiceEntry 至少需要一个主机名")
  static let entryHostIsStar = refusal(296, "host '*' is not allowed; name the hosts", "不允许主机 '*'；请写明主机名")
  static let entryPartialWildcard = remark(
    298, "'{0}' has a '*' in the middle of a name; use '*.domain'", "'{0}' 的 '*' 不在完整的一段；请使用 '*.域名'")
  static let entryBlock = refusal(
    300, "address block '{0}' does not go with resolution {1}; use STATIC or NONE, or single addresses",
    "地址段 '{0}' 不能与解析方式 {1} 同用；请使用 STATIC 或 NONE，或改用单个地址")
  static let entryPortNameTwice = refusal(302, "another port has name '{0}' already", "已有另一个端口使用名称 '{0}'")
  static let entryPortTwice = refusal(303, "port {0} stands twice; remove one", "端口 {0} 重复；请删除其中一个")
  static let tcpWithoutAddress = remark(
    305, "TCP port {0} is found by address only, and the entry has none; add 'addresses'",
    "TCP 端口 {0} 只能按地址识别，但该条目没有地址；请添加 'addresses'")
  static let endpointsWithNone = refusal(
    309, "endpoints are not used with resolution NONE; remove them or set STATIC or DNS",
    "解析方式为 NONE 时不使用端点；请删除端点，或设置 STATIC 或 DNS")
  static let selectorWithNone = remark(
    310, "workloadSelector is not used with resolution NONE; set STATIC", "解析方式为 NONE 时不使用 workloadSelector；请设置 STATIC")
  static let unresolvableHost = refusal(
    322, "'{0}' cannot be resolved with {1}; add endpoints or use whole names",
    "'{0}' 无法以 {1} 方式解析；请添加端点或使用完整主机名")
  static let manyEndpoints = refusal(
    323, "DNS_ROUND_ROBIN takes one endpoint, not {0}; use DNS or remove the others",
    "DNS_ROUND_ROBIN 只能有一个端点，而不是 {0} 个；请使用 DNS 或删除其余端点")
  static let endpointAddress = refusal(325, "'{0}' is neither an IP address nor a host name", "'{0}' 既不是 IP 地址也不是主机名")
  static let manyHostsWithAddress = remark(
    330, "several hosts share the addresses; a TCP port cannot tell them apart", "多个主机共用地址；TCP 端口无法区分它们")
  static let dynamicWithoutHosts = refusal(331, "DYNAMIC_DNS needs a wildcard host", "DYNAMIC_DNS 需要通配主机")
  static let dynamicHost = refusal(332, "DYNAMIC_DNS needs a wildcard host, not '{0}'", "DYNAMIC_DNS 需要通配主机，而不是 '{0}'")
  static let dynamicAddresses = refusal(
    333, "DYNAMIC_DNS finds addresses itself; remove 'addresses'", "DYNAMIC_DNS 自行查找地址；请删除 'addresses'")
  static let dynamicEndpoints = refusal(
    334, "DYNAMIC_DNS finds endpoints itself; remove 'endpoints'", "DYNAMIC_DNS 自行查找端点；请删除 'endpoints'")
  static let dynamicProtocol = refusal(
    335, "protocol '{0}' does not go with DYNAMIC_DNS; use HTTP, HTTP2, GRPC or TLS",
    "协议 '{0}' 不能用于 DYNAMIC_DNS；请使用 HTTP、HTTP2、GRPC 或 TLS")
  static let dynamicLocation = refusal(
    336, "the location is unknown; use MESH_EXTERNAL or MESH_INTERNAL", "位置未知；请使用 MESH_EXTERNAL 或 MESH_INTERNAL")
  static let dynamicWaypoint = refusal(
    337, "MESH_INTERNAL with DYNAMIC_DNS does not go with a waypoint; use MESH_EXTERNAL",
    "MESH_INTERNAL 与 DYNAMIC_DNS 不能同 waypoint 一起使用；请使用 MESH_EXTERNAL")
  static let unknownResolution = refusal(
    338, "resolution '{0}' is unknown; use NONE, STATIC, DNS, DNS_ROUND_ROBIN or DYNAMIC_DNS",
    "未知的解析方式 '{0}'；请使用 NONE、STATIC、DNS、DNS_ROUND_ROBIN 或 DYNAMIC_DNS")
  static let manyHostsOnPlainPort = refusal(
    339, "{0} hosts share a port that is neither HTTP nor TLS; they cannot be told apart",
    "{0} 个主机共用一个既非 HTTP 也非 TLS 的端口；无法区分它们")

  static let serviceEntryRules: [Rule] = [
    selectorAndEndpoints, entryWithoutHosts, entryHostIsStar, entryPartialWildcard, entryBlock, entryPortNameTwice,
    entryPortTwice, tcpWithoutAddress, endpointsWithNone, selectorWithNone, unresolvableHost, manyEndpoints,
    endpointAddress, manyHostsWithAddress, dynamicWithoutHosts, dynamicHost, dynamicAddresses, dynamicEndpoints,
    dynamicProtocol, dynamicLocation, dynamicWaypoint, unknownResolution, manyHostsOnPlainPort,
  ]
}
