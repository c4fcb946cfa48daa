// The S rules: values that many kinds have.
extension Admission {
  /// S-01
  func checkPort(_ part: Part) { checkPort(part.number, part) }

  func checkPort(_ number: Int64, _ part: Part) {
    if number < 1 || number > 65_535 { report(.port, part, String(number)) }
  }

  /// The check gives the problem; true when there is none.
  @discardableResult
  func checkHost(_ problem: HostText.Problem?, _ part: Part) -> Bool {
    switch problem {
    case nil: return true
    case .empty: report(.hostEmpty, part)
    case .tooLong: report(.hostTooLong, part, part.text)
    case .badLabel(let label): report(.hostLabel, part, part.text, label)
    case .numericEnd(let end): report(.hostNumericEnd, part, part.text, end)
    case .badGatewayName: report(.hostGatewayName, part, part.text)
    }
    return false
  }

  /// S-10
  func checkAddress(_ part: Part) {
    if !AddressText.isAddress(part.text) { report(.address, part, part.text) }
  }

  /// S-11
  func checkAddressOrBlock(_ part: Part) {
    if !AddressText.isAddressOrBlock(part.text) { report(.addressOrBlock, part, part.text) }
  }

  /// S-12, S-13, for a duration that is set.
  func checkDuration(_ part: Part) {
    guard part.isPresent else { return }
    let value = part.duration
    if value == 0 {
      report(.durationZero, part, part.text)
    } else if value < 1_000_000 {
      report(.durationTooShort, part, part.text)
    } else if value % 1_000_000 != 0 {
      report(.durationTooFine, part, part.text)
    }
  }

  /// S-14, S-15
  func checkLabels(_ part: Part) {
    for (key, value) in part.members {
      if !Self.isLabelKey(key) { report(.labelKey, value, key) }
      if !value.text.utf8.isEmpty, !Names.isQualified(value.text) { report(.labelValue, value, value.text) }
    }
  }

  static func isLabelKey(_ key: String) -> Bool {
    var name = Substring(key)
    if let slash = key.utf8.firstIndex(of: UInt8(ascii: "/")) {
      let prefix = key[..<slash]
      name = key[key.utf8.index(after: slash)...]
      guard prefix.utf8.count <= 253, Names.isSubdomain(prefix.lowercased()) else { return false }
    }
    return name.utf8.count <= 63 && Names.isQualified(name)
  }

  /// S-16, S-17: what follows `unix://`.
  func checkSocket(_ part: Part) {
    let path = part.text.utf8.dropFirst(7)
    if path.isEmpty {
      report(.socketEmpty, part)
    } else if path.first != UInt8(ascii: "@"),
      path.first != UInt8(ascii: "/") || path.last == UInt8(ascii: "/")
    {
      report(.socketPath, part, part.text)
    }
  }

  static func isSocket(_ text: String) -> Bool { text.utf8.starts(with: "unix://".utf8) }

  /// S-18, where a protocol may be left out.
  func checkProtocol(_ part: Part) {
    if !part.text.utf8.isEmpty, PortProtocol(part.text) == nil { report(.protocolName, part, part.text) }
  }

  func checkPortName(_ part: Part, _ name: String) {
    if !Names.isLabel(name) { report(.portName, part, name) }
  }

  /// S-23 to S-25; false when nothing else is looked at.
  func checkWorkloadSelector(_ selector: Part) -> Bool {
    guard selector.isPresent else { return true }
    var isGood = true
    for (key, value) in selector["labels"].members {
      if key.utf8.isEmpty {
        report(.selectorEmptyKey, value)
        isGood = false
      }
      if Self.hasStar(key) || Self.hasStar(value.text) {
        report(.selectorStar, value, key, value.text)
        isGood = false
      }
    }
    if isGood, selector["labels"].isEmpty { report(.selectorWithoutLabels, selector) }
    return isGood
  }

  /// S-26 to S-28
  func checkPolicySelector(_ selector: Part) {
    guard selector.isPresent else { return }
    for (key, value) in selector["matchLabels"].members {
      if key.utf8.isEmpty { report(.matchLabelsEmptyKey, value) }
      if Self.hasStar(key) || Self.hasStar(value.text) { report(.matchLabelsStar, value, key, value.text) }
    }
    if selector["matchLabels"].isEmpty { report(.matchLabelsEmpty, selector) }
  }

  static func hasStar(_ text: String) -> Bool { text.utf8.contains(UInt8(ascii: "*")) }

  /// S-29 to S-32: the ways in which a policy names what it is for.
  func checkTargets(_ spec: Part) {
    let given = [spec["selector"].isPresent, spec["targetRef"].isPresent, !spec["targetRefs"].isEmpty]
    if given.count(where: \.self) > 1 { report(.manyTargets, spec) }
    checkPolicySelector(spec["selector"])
    if spec["targetRef"].isPresent { checkTarget(spec["targetRef"]) }
    for target in spec["targetRefs"].items { checkTarget(target) }
  }

  private func checkTarget(_ target: Part) {
    if target["name"].text.utf8.isEmpty { report(.targetName, target["name"]) }
    if !target["namespace"].text.utf8.isEmpty {
      report(.targetNamespace, target["namespace"], target["namespace"].text)
    }
    let group = target["group"].text
    let kind = target["kind"].text
    let isAllowed =
      switch group {
      case "", "core": kind == "Service"
      case "networking.istio.io": kind == "ServiceEntry"
      case "gateway.networking.k8s.io": kind == "Gateway" || kind == "GatewayClass"
      default: false
      }
    if !isAllowed { report(.targetKind, target, group, kind) }
  }
}

/// Protocols that Istio's validation knows.
package enum PortProtocol: String {
  case tcp, udp, grpc, http, http2, https, tls, mongo, redis, mysql
  case grpcWeb = "grpc-web"
  case httpProxy = "http_proxy"

  package init?(_ text: String) {
    self.init(rawValue: text.lowercased())
  }

  package var isHTTP: Bool {
    switch self {
    case .http, .http2, .httpProxy, .grpc, .grpcWeb: true
    case .tcp, .udp, .https, .tls, .mongo, .redis, .mysql: false
    }
  }

  package var isTLS: Bool { self == .https || self == .tls }

  package var isTCP: Bool {
    switch self {
    case .tcp, .https, .tls, .mongo, .redis, .mysql: true
    case .udp, .grpc, .grpcWeb, .http, .httpProxy, .http2: false
    }
  }
}

extension Rule {
  static let port = refusal(12, "{0} is no port; use 1 to 65535", "{0} 不是有效端口；请使用 1 到 65535")
  static let portName = refusal(
    13, "port name '{0}' is not valid; use letters, digits and '-', 63 bytes at most",
    "端口名 '{0}' 无效；请使用字母、数字和 '-'，最多 63 字节")
  static let hostEmpty = refusal(15, "a host is empty; give its name", "主机名为空；请填写")
  static let hostTooLong = refusal(560, "host '{0}' is too long; 255 bytes at most", "主机名 '{0}' 过长；最多 255 字节")
  static let hostLabel = refusal(
    16, "host '{0}' is not valid: '{1}' must be letters, digits and '-', 63 bytes at most",
    "主机名 '{0}' 无效：'{1}' 应由字母、数字和 '-' 组成，最多 63 字节")
  static let hostNumericEnd = refusal(
    17, "host '{0}' is not valid: its last part '{1}' is a number", "主机名 '{0}' 无效：最后一段 '{1}' 是数字")
  static let hostGatewayName = refusal(
    19, "'{0}' is no name of the form 'outbound_.PORT_.SUBSET_.HOST'", "'{0}' 不符合 'outbound_.端口_.子集_.主机' 的形式")
  static let address = refusal(21, "'{0}' is no IP address", "'{0}' 不是 IP 地址")
  static let addressOrBlock = refusal(22, "'{0}' is neither an IP address nor a block", "'{0}' 既不是 IP 地址也不是地址段")
  static let durationTooShort = refusal(23, "'{0}' is too short; the least is '1ms'", "'{0}' 过短；最短为 '1ms'")
  static let durationZero = refusal(
    582, "'{0}' does not switch the limit off; leave the field out, or use '1ms' or more",
    "'{0}' 不会关闭该限制；请省略该字段，或使用 '1ms' 或更长")
  static let durationTooFine = refusal(24, "'{0}' is no whole number of milliseconds", "'{0}' 不是整数毫秒")
  static let labelKey = refusal(
    25, "label key '{0}' is not valid; use [prefix/]name of letters, digits, '-', '_' and '.'",
    "标签键 '{0}' 无效；请使用 [前缀/]名称，由字母、数字、'-'、'_' 和 '.' 组成")
  static let labelValue = refusal(
    26, "label value '{0}' is not valid; use letters, digits, '-', '_' and '.'",
    "标签值 '{0}' 无效；请使用字母、数字、'-'、'_' 和 '.'")
  static let socketEmpty = refusal(27, "a path must follow 'unix://'", "'unix://' 之后须有路径")
  static let socketPath = refusal(
    28, "'{0}' is no socket; after unix:// comes an absolute path to a file or '@name'",
    "'{0}' 不是套接字；unix:// 之后应为文件的绝对路径或 '@名称'")
  static let protocolName = refusal(
    29, "protocol '{0}' is unknown; use HTTP, HTTPS, GRPC, HTTP2, TLS, TCP, MONGO, REDIS, MYSQL or UDP",
    "未知协议 '{0}'；请使用 HTTP、HTTPS、GRPC、HTTP2、TLS、TCP、MONGO、REDIS、MYSQL 或 UDP")
  static let selectorEmptyKey = refusal(34, "a label of the selector has no name", "选择器中有标签没有名称")
  static let selectorStar = refusal(
    35, "selector '{0}={1}' has a '*'; labels are matched exactly", "选择器 '{0}={1}' 含有 '*'；标签只能精确匹配")
  static let selectorWithoutLabels = remark(
    36, "the selector has no labels and selects all workloads of the namespace; add labels or remove it",
    "选择器没有标签，会选中命名空间内的所有工作负载；请添加标签或删除选择器")
  static let matchLabelsEmptyKey = refusal(37, "a label of the selector has no name", "选择器中有标签没有名称")
  static let matchLabelsStar = refusal(
    38, "selector '{0}={1}' has a '*'; labels are matched exactly", "选择器 '{0}={1}' 含有 '*'；标签只能精确匹配")
  static let matchLabelsEmpty = remark(
    39, "the selector has no labels and selects all workloads; add labels or remove it",
    "选择器没有标签，会选中所有工作负载；请添加标签或删除选择器")
  static let targetName = refusal(40, "the target has no name", "目标没有名称")
  static let targetNamespace = refusal(
    41, "namespace '{0}' cannot be named here; a target is in the object's own namespace",
    "此处不能指定命名空间 '{0}'；目标位于对象自己的命名空间")
  static let targetKind = refusal(
    42, "'{0}/{1}' is no possible target; use Service, ServiceEntry, Gateway or GatewayClass with its group",
    "'{0}/{1}' 不能作为目标；请使用 Service、ServiceEntry、Gateway 或 GatewayClass 及其组")
  static let manyTargets = refusal(
    43, "only one of selector, targetRef and targetRefs may be set", "selector、targetRef 和 targetRefs 只能设置一个")

  static let sharedRules: [Rule] = [
    port, portName, hostEmpty, hostTooLong, hostLabel, hostNumericEnd, hostGatewayName, address, addressOrBlock,
    durationZero, durationTooShort, durationTooFine, labelKey, labelValue, socketEmpty, socketPath, protocolName,
    selectorEmptyKey,
    selectorStar, selectorWithoutLabels,
    matchLabelsEmptyKey, matchLabelsStar, matchLabelsEmpty, targetName, targetNamespace, targetKind, manyTargets,
  ]
}
