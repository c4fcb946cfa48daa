// PC, PA: settings of proxies and of mutual TLS.
extension Admission {
  func checkProxyConfig(_ spec: Part) {
    checkPolicySelector(spec["selector"])
    if spec["concurrency"].number < 0 { report(.negativeConcurrency, spec["concurrency"]) }
  }

  func checkPeerAuthentication(_ spec: Part) {
    let ports = spec["portLevelMtls"]
    let hasLabels = !spec["selector"]["matchLabels"].isEmpty
    if !hasLabels, !ports.isEmpty { report(.portModesWithoutSelector, ports) }
    if ports.isPresent, ports.isEmpty { report(.emptyPortModes, ports) }
    for (key, value) in ports.members where !Self.isPort(Int64(key) ?? 0) { report(.portModeKey, value, key) }
    checkPolicySelector(spec["selector"])
  }
}

extension Rule {
  static let negativeConcurrency = refusal(
    440, "'concurrency' is negative; use 0 for all cores", "'concurrency' 为负数；0 表示使用全部核心")
  static let portModesWithoutSelector = refusal(
    441, "portLevelMtls needs a selector with labels; add one", "portLevelMtls 需要带标签的选择器；请添加")
  static let emptyPortModes = refusal(
    442, "portLevelMtls is empty; add a port or remove it", "portLevelMtls 为空；请添加端口或删除")
  static let portModeKey = refusal(443, "key '{0}' is no port; use 1 to 65535", "键 '{0}' 不是端口；请使用 1 到 65535")

  static let proxyRules: [Rule] = [negativeConcurrency, portModesWithoutSelector, emptyPortModes, portModeKey]
}
