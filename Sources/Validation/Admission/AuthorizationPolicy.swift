// AP-01 to AP-50.
extension Admission {
  func checkAuthorizationPolicy(_ spec: Part) {
    checkTargets(spec)
    let action = spec["action"].text
    let rules = spec["rules"]
    if action == "CUSTOM" { checkCustom(spec) }
    if spec["provider"].isPresent, action != "CUSTOM" { report(.providerOfOtherAction, spec["provider"], action) }
    if action == "DENY", rules.isEmpty { report(.denyWithoutRules, spec) }
    for rule in rules.items {
      for from in rule["from"].items { checkSource(from["source"]) }
      for to in rule["to"].items { checkOperation(to["operation"]) }
      for condition in rule["when"].items { checkCondition(condition) }
      if action == "DENY", PolicyReach(rule).isHTTPOnly { report(.denyByHTTP, rule) }
    }
  }

  // AP-05 to AP-09
  private func checkCustom(_ spec: Part) {
    if spec["rules"].isEmpty {
      report(.customWithoutRules, spec)
    } else if !spec["provider"]["name"].hasText {
      report(.customWithoutProvider, spec["provider"])
    }
    for rule in spec["rules"].items {
      for source in rule["from"].items.map({ $0["source"] }) {
        for name in Self.identities where !source[name].isEmpty { report(.customIdentity, source[name], name) }
      }
      for key in rule["when"].items.map({ $0["key"] }) {
        let names = ["source.namespace", "source.serviceAccount", "source.trustDomain", "source.principal"]
        if names.contains(key.text) || key.text.utf8.starts(with: "request.auth.".utf8) {
          report(.customKey, key, key.text)
        }
      }
    }
  }

  private static let identities = [
    "namespaces", "notNamespaces", "serviceAccounts", "notServiceAccounts", "trustDomains", "notTrustDomains",
    "principals", "notPrincipals", "requestPrincipals", "notRequestPrincipals",
  ]

  // AP-15 to AP-28
  private func checkSource(_ source: Part) {
    guard source.isPresent else {
      report(.noSource, source)
      return
    }
    let accounts = ["serviceAccounts", "notServiceAccounts"]
    let others = ["principals", "notPrincipals", "namespaces", "notNamespaces"]
    let domains = ["trustDomains", "notTrustDomains"]
    let blocks = ["ipBlocks", "notIpBlocks", "remoteIpBlocks", "notRemoteIpBlocks"]
    let plain = others + ["requestPrincipals", "notRequestPrincipals"] + blocks
    func isGiven(_ name: String) -> Bool { !source[name].isEmpty }
    if accounts.contains(where: isGiven), others.contains(where: isGiven) { report(.accountsAndOthers, source) }
    if !(plain + accounts + domains).contains(where: isGiven) { report(.emptySource, source) }
    for name in blocks { checkBlocks(source[name].items) }
    for name in plain { checkNotEmpty(source[name]) }
    for name in accounts { checkAccounts(source[name]) }
    for name in domains {
      guard checkWildcards(source[name]) else { continue }
      if let bad = source[name].items.first(where: { $0.text.utf8.contains(UInt8(ascii: "/")) }) {
        report(.trustDomainSlash, bad, bad.text)
      }
    }
  }

  /// AP-18, AP-19, AP-42: anything with a slash is a block.
  private func checkBlocks(_ values: [Part]) {
    for value in values {
      let isBlock = value.text.utf8.contains(UInt8(ascii: "/"))
      let isGood = isBlock ? AddressText.isBlock(value.text) : AddressText.isAddress(value.text)
      if !isGood { report(.policyAddress, value, value.text) }
    }
  }

  /// AP-20, AP-34: told once for a list.
  @discardableResult
  private func checkNotEmpty(_ values: Part) -> Bool {
    guard let empty = values.items.first(where: { !$0.hasText }) else { return true }
    report(.emptyPolicyValue, empty)
    return false
  }

  /// AP-21 to AP-25: only the first problem is told.
  private func checkAccounts(_ values: Part) {
    if values.count > 16 {
      report(.manyAccounts, values, String(values.count))
      return
    }
    for value in values.items {
      let parts = value.text.split(separator: "/", omittingEmptySubsequences: false)
      if !value.hasText {
        report(.emptyAccount, value)
      } else if Self.hasStar(value.text) {
        report(.accountStar, value, value.text)
      } else if parts.count > 2 || parts.contains(where: \.utf8.isEmpty) {
        report(.accountForm, value, value.text)
      } else if value.text.utf8.count > 320 {
        report(.accountTooLong, value)
      } else {
        continue
      }
      return
    }
  }

  /// AP-26, AP-27, AP-44
  private func checkWildcards(_ values: Part) -> Bool {
    guard checkNotEmpty(values) else { return false }
    for value in values.items {
      let stars = value.text.utf8.count { $0 == UInt8(ascii: "*") }
      let isAtEnd = value.text.utf8.first == UInt8(ascii: "*") || value.text.utf8.last == UInt8(ascii: "*")
      if stars > 1 || (stars == 1 && !isAtEnd) {
        report(.domainStar, value, value.text)
        return false
      }
    }
    return true
  }

  // AP-31 to AP-37
  private func checkOperation(_ operation: Part) {
    guard operation.isPresent else {
      report(.noOperation, operation)
      return
    }
    let names = ["ports", "methods", "paths", "hosts"]
    let all = names.flatMap { [$0, "not" + $0.prefix(1).uppercased() + $0.dropFirst()] }
    if all.allSatisfy({ operation[$0].isEmpty }) { report(.emptyOperation, operation) }
    checkPorts(operation["ports"].items)
    checkPorts(operation["notPorts"].items)
    for name in all { checkNotEmpty(operation[name]) }
    for name in ["paths", "notPaths"] { checkTemplates(operation[name].items) }
  }

  /// AP-33, AP-45
  private func checkPorts(_ values: [Part]) {
    for value in values {
      if let port = GoNumber.unsigned(value.text), port <= 65_535 { continue }
      report(.policyPort, value, value.text)
    }
  }

  /// AP-35 to AP-37: only the first problem is told.
  private func checkTemplates(_ paths: [Part]) {
    for path in paths {
      guard let rule = PathTemplate.problem(path.text) else { continue }
      report(rule, path, path.text)
      return
    }
  }

  // AP-38 to AP-49
  private func checkCondition(_ condition: Part) {
    let key = condition["key"]
    guard key.hasText else {
      report(.conditionWithoutKey, key)
      return
    }
    let lists = [condition["values"], condition["notValues"]]
    if lists.allSatisfy(\.isEmpty) {
      report(.conditionWithoutValues, condition, key.text)
      return
    }
    for values in lists {
      guard checkNotEmpty(values) else { continue }
      checkAttribute(key, values)
    }
  }

  private func checkAttribute(_ key: Part, _ values: Part) {
    func begins(_ text: String) -> Bool { key.text.utf8.starts(with: text.utf8) }
    if ["request.headers", "request.auth.claims", "experimental.envoy.filters."].contains(where: begins) {
      let bytes = Array(key.text.utf8)
      let open = bytes.firstIndex(of: UInt8(ascii: "[")) ?? 0
      let isGood = bytes.last == UInt8(ascii: "]") && open > 0 && open < bytes.count - 2
      if !isGood { report(.conditionKeyForm, key, key.text) }
      return
    }
    if begins("destination.labels") {
      report(.oldLabelsKey, key, key.text)
      return
    }
    switch key.text {
    case "source.ip", "remote.ip", "destination.ip": checkBlocks(values.items)
    case "source.serviceAccount": checkAccounts(values)
    case "source.trustDomain": _ = checkWildcards(values)
    case "destination.port": checkPorts(values.items)
    case "source.namespace", "source.principal", "request.auth.principal", "request.auth.audiences",
      "request.auth.presenter", "connection.sni":
      break
    case "destination.namespace": report(.oldNamespaceKey, key, key.text)
    case "destination.name", "destination.user": report(.oldNameKey, key, key.text)
    default: report(.unknownKey, key, key.text)
    }
  }
}

/// AP-50: what kind of traffic a rule can tell apart.
struct PolicyReach {
  /// Whether it is all about requests, so that it cannot be told of a TCP connection.
  let isHTTPOnly: Bool

  init(_ rule: Part) {
    let connection = [
      "principals", "notPrincipals", "ipBlocks", "notIpBlocks", "namespaces", "notNamespaces", "remoteIpBlocks",
      "notRemoteIpBlocks", "serviceAccounts", "notServiceAccounts",
    ]
    let sources = rule["from"].items.map { $0["source"] }.filter(\.isPresent)
    let operations = rule["to"].items.map { $0["operation"] }.filter(\.isPresent)
    let hasConnectionSource = sources.contains { source in connection.contains { !source[$0].isEmpty } }
    let hasPorts = operations.contains { !$0["ports"].isEmpty || !$0["notPorts"].isEmpty }
    isHTTPOnly =
      (!sources.isEmpty && operations.isEmpty && !hasConnectionSource) || (!operations.isEmpty && !hasPorts)
  }
}

/// Paths with `{*}` and `{**}` in them.
enum PathTemplate {
  static func problem(_ text: String) -> Rule? {
    let bytes = Array(text.utf8)
    let slash = UInt8(ascii: "/")
    var middle = bytes[...]
    while middle.first == slash { middle.removeFirst() }
    while middle.last == slash { middle.removeLast() }
    let segments = middle.split(separator: slash, omittingEmptySubsequences: false)
    let hasTemplate = contains(bytes, "{*}") || contains(bytes, "{**}")
    var isPastAny = false
    for segment in segments {
      let isOne = segment.elementsEqual("{*}".utf8)
      let isAny = segment.elementsEqual("{**}".utf8)
      if isOne || isAny {
        if isPastAny { return .templateAfterAny }
        isPastAny = isAny
        continue
      }
      if segment.contains(UInt8(ascii: "{")) || segment.contains(UInt8(ascii: "}")) { return .templateBraces }
      let isLiteral =
        !segment.isEmpty && segment.allSatisfy { Names.isAlphanumeric($0) || "-._~%!$&'()+,;:@=".utf8.contains($0) }
      if hasTemplate, !isLiteral { return .templateLiteral }
    }
    return nil
  }

  private static func contains(_ bytes: [UInt8], _ part: String) -> Bool {
    bytes.indices.contains { bytes[$0...].starts(with: part.utf8) }
  }
}

extension Rule {
  static let customWithoutRules = refusal(
    467, "CUSTOM without rules is never asked; add a rule, '{}' for all requests",
    "没有规则的 CUSTOM 永远不会触发；请添加规则，'{}' 表示所有请求")
  static let customWithoutProvider = refusal(468, "CUSTOM needs 'provider.name'", "CUSTOM 需要 'provider.name'")
  static let customIdentity = refusal(469, "an external authorizer knows no '{0}'; remove it", "外部授权器无法获知 '{0}'；请删除")
  static let customKey = refusal(471, "an external authorizer knows no '{0}'; remove it", "外部授权器无法获知 '{0}'；请删除")
  static let providerOfOtherAction = refusal(
    472, "'provider' belongs to action CUSTOM; remove it or set the action", "'provider' 只用于动作 CUSTOM；请删除或设置动作")
  static let denyWithoutRules = refusal(
    473, "DENY without rules is never used; add a rule, '{}' for all requests", "没有规则的 DENY 永远不会触发；请添加规则，'{}' 表示所有请求")
  static let noSource = refusal(477, "'from' needs a 'source'", "'from' 需要 'source'")
  static let accountsAndOthers = refusal(
    478, "service accounts do not go with principals or namespaces; use one kind",
    "服务账号不能与 principals 或 namespaces 同用；请只使用一种")
  static let emptySource = refusal(479, "the source is empty; name something or remove 'from'", "来源为空；请填写内容或删除 'from'")
  static let policyAddress = refusal(480, "'{0}' is neither an IP address nor a block", "'{0}' 既不是 IP 地址也不是地址段")
  static let emptyPolicyValue = refusal(482, "an empty value matches nothing; remove it", "空值不匹配任何内容；请删除")
  static let manyAccounts = refusal(
    483, "{0} service accounts are too many; at most 16 are allowed", "{0} 个服务账号过多；最多 16 个")
  static let emptyAccount = refusal(484, "a service account is empty; remove it", "服务账号为空；请删除")
  static let accountStar = refusal(
    485, "'{0}' has a '*'; service accounts are matched exactly", "'{0}' 含有 '*'；服务账号只能精确匹配")
  static let accountForm = refusal(
    486, "'{0}' is no service account; write 'name' or 'namespace/name'", "'{0}' 不是服务账号；请写作 '名称' 或 '命名空间/名称'")
  static let accountTooLong = refusal(487, "a service account has 320 bytes at most", "服务账号最多 320 字节")
  static let domainStar = refusal(489, "'{0}' has a '*' within; it may stand at one end only", "'{0}' 的 '*' 位于中间；只能在一端")
  static let trustDomainSlash = refusal(
    490, "trust domain '{0}' has a '/'; name the domain alone", "信任域 '{0}' 含有 '/'；请只写域名")
  static let noOperation = refusal(493, "'to' needs an 'operation'", "'to' 需要 'operation'")
  static let emptyOperation = refusal(
    494, "the operation is empty; name something or remove 'to'", "操作为空；请填写内容或删除 'to'")
  static let policyPort = refusal(495, "'{0}' is no port; use 1 to 65535", "'{0}' 不是有效端口；请使用 1 到 65535")
  static let templateAfterAny = refusal(
    497, "in '{0}' something variable follows '{**}'; '{**}' must be the last", "'{0}' 中 '{**}' 之后还有变量；'{**}' 必须在最后")
  static let templateBraces = refusal(
    498, "'{0}' has braces; only whole segments '{*}' and '{**}' are possible", "'{0}' 含有花括号；只能使用完整的一段 '{*}' 或 '{**}'")
  static let templateLiteral = refusal(
    499, "'{0}' mixes a template with characters that a path cannot have", "'{0}' 将模板与路径不允许的字符混用")
  static let conditionWithoutKey = refusal(500, "the condition has no key", "条件没有 key")
  static let conditionWithoutValues = refusal(
    501, "the condition on '{0}' needs 'values' or 'notValues'", "条件 '{0}' 需要 'values' 或 'notValues'")
  static let conditionKeyForm = refusal(503, "'{0}' is no key; write 'name[part]'", "'{0}' 不是有效的 key；请写作 '名称[部分]'")
  static let oldNamespaceKey = refusal(508, "'{0}' is gone; the policy's namespace says it", "'{0}' 已移除；由策略所在的命名空间决定")
  static let oldLabelsKey = refusal(509, "'{0}' is gone; use the selector", "'{0}' 已移除；请使用选择器")
  static let oldNameKey = refusal(510, "'{0}' is gone; use the selector", "'{0}' 已移除；请使用选择器")
  static let unknownKey = refusal(511, "'{0}' is no attribute that policies know", "'{0}' 不是策略可用的属性")
  static let denyByHTTP = remark(
    512, "this DENY rule is about HTTP only and denies all TCP connections; name 'ports'",
    "该 DENY 规则只涉及 HTTP，会拒绝所有 TCP 连接；请指明 'ports'")

  static let authorizationRules: [Rule] = [
    customWithoutRules, customWithoutProvider, customIdentity, customKey, providerOfOtherAction, denyWithoutRules,
    noSource, accountsAndOthers, emptySource, policyAddress, emptyPolicyValue, manyAccounts, emptyAccount,
    accountStar, accountForm, accountTooLong, domainStar, trustDomainSlash, noOperation, emptyOperation, policyPort,
    templateAfterAny, templateBraces, templateLiteral, conditionWithoutKey, conditionWithoutValues, conditionKeyForm,
    oldNamespaceKey, oldLabelsKey, oldNameKey, unknownKey, denyByHTTP,
  ]
}
