// DR-01 to DR-59.
extension Admission {
  func checkDestinationRule(_ spec: Part) {
    checkHost(HostText.problem(inWildcard: spec["host"].text), spec["host"])
    checkTrafficPolicy(spec["trafficPolicy"])
    var names: Set<String> = []
    for subset in spec["subsets"].items {
      let name = subset["name"]
      if !names.insert(name.text).inserted { report(.subsetTwice, name, name.text) }
      checkSubsetName(name)
      checkLabels(subset["labels"])
      withoutRemarks { checkTrafficPolicy(subset["trafficPolicy"]) }
    }
    checkExports(spec["exportTo"], hasSelector: spec["workloadSelector"].isPresent)
    checkPolicySelector(spec["workloadSelector"])
  }

  /// DR-52, DR-53
  func checkSubsetName(_ name: Part) {
    if !name.hasText {
      report(.subsetWithoutName, name)
    } else if !Names.isLabel(name.text) {
      report(.subsetName, name, name.text)
    }
  }

  private func checkTrafficPolicy(_ policy: Part) {
    guard policy.isPresent else { return }
    let hasPorts = !policy["portLevelSettings"].isEmpty
    if !hasPorts, Self.policyParts.allSatisfy({ policy[$0].isAbsent }) {
      report(.emptyPolicy, policy)
      return
    }
    if policy["tunnel"].isPresent, policy["proxyProtocol"].isPresent {
      report(.tunnelAndProxyProtocol, policy["tunnel"])
      return
    }
    checkPolicyParts(policy)
    withoutRemarks { checkPortPolicies(policy["portLevelSettings"]) }
    checkTunnel(policy["tunnel"])
    let version = policy["proxyProtocol"]["version"]
    if version.isPresent, version.text != "V1", version.text != "V2" { report(.proxyProtocolVersion, version) }
  }

  private static let policyParts = [
    "outlierDetection", "connectionPool", "loadBalancer", "tls", "tunnel", "proxyProtocol", "retryBudget",
  ]

  private func checkPolicyParts(_ policy: Part) {
    checkOutliers(policy["outlierDetection"])
    checkConnectionPool(policy["connectionPool"])
    checkLoadBalancer(policy["loadBalancer"], hasOutliers: policy["outlierDetection"].isPresent)
    checkClientTLS(policy["tls"])
  }

  private func checkPortPolicies(_ policies: Part) {
    for policy in policies.items {
      if policy["port"].isAbsent { report(.portPolicyWithoutPort, policy) }
      let names = ["outlierDetection", "connectionPool", "loadBalancer", "tls"]
      if names.allSatisfy({ policy[$0].isAbsent }) {
        report(.emptyPortPolicy, policy)
      } else {
        checkPolicyParts(policy)
      }
    }
  }

  private func checkTunnel(_ tunnel: Part) {
    guard tunnel.isPresent else { return }
    if !["", "CONNECT", "POST"].contains(tunnel["protocol"].text) {
      report(.tunnelProtocol, tunnel["protocol"], tunnel["protocol"].text)
    }
    let host = tunnel["targetHost"]
    if HostText.problem(inFQDN: host.text) != nil, !AddressText.isAddress(host.text) {
      report(.tunnelHost, host, host.text)
    }
    let port = tunnel["targetPort"]
    if !Self.isPort(port.number) { report(.tunnelPort, port, String(port.number)) }
  }

  private func checkOutliers(_ outliers: Part) {
    guard outliers.isPresent else { return }
    checkDuration(outliers["baseEjectionTime"])
    if outliers["consecutiveErrors"].number != 0 { report(.consecutiveErrors, outliers["consecutiveErrors"]) }
    let local = outliers["consecutiveLocalOriginFailures"]
    if local.number > 0, !outliers["splitExternalLocalOriginErrors"].isTrue { report(.localFailuresNotSplit, local) }
    checkDuration(outliers["interval"])
    for (name, rule) in [("maxEjectionPercent", Rule.maxEjection), ("minHealthPercent", .minHealth)] {
      if !(0...100).contains(outliers[name].number) { report(rule, outliers[name], String(outliers[name].number)) }
    }
  }

  // DR-35 to DR-41
  private func checkClientTLS(_ tls: Part) {
    guard tls.isPresent else { return }
    let credential = tls["credentialName"]
    let scheme = "configmap://"
    if credential.text.utf8.starts(with: scheme.utf8) {
      let name = credential.text.utf8.dropFirst(scheme.utf8.count)
      let parts = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      if parts.count != 2 || parts.contains(where: \.isEmpty) {
        report(.credentialMap, credential, credential.text)
      } else if !parts[0].elementsEqual(namespace.utf8) {
        report(.credentialMapElsewhere, credential, credential.text, namespace)
      }
    }
    let mode = tls["mode"].text
    let verified = tls["caCertificates"].hasText || !tls["subjectAltNames"].isEmpty
    if tls["insecureSkipVerify"].isTrue {
      if mode == "SIMPLE", verified || credential.hasText { report(.skippedSimpleVerification, tls) }
      if mode == "MUTUAL", verified { report(.skippedMutualVerification, tls) }
    }
    if mode == "SIMPLE" || mode == "MUTUAL", credential.hasText {
      let names = ["clientCertificate", "caCertificates", "privateKey", "caCrl"]
      if names.contains(where: { tls[$0].hasText }) { report(.credentialAndFiles, credential) }
      return
    }
    guard mode == "MUTUAL" else { return }
    if !tls["clientCertificate"].hasText { report(.noClientCertificate, tls["clientCertificate"]) }
    if !tls["privateKey"].hasText { report(.noClientKey, tls["privateKey"]) }
  }
}

extension Rule {
  static let emptyPolicy = refusal(122, "the traffic policy is empty; set something or remove it", "流量策略为空；请设置内容或删除")
  static let tunnelAndProxyProtocol = refusal(
    123, "tunnel and proxyProtocol exclude each other; keep one", "tunnel 与 proxyProtocol 互斥；请只保留一个")
  static let consecutiveErrors = remark(
    126, "'consecutiveErrors' is deprecated; use 'consecutive5xxErrors' or 'consecutiveGatewayErrors'",
    "'consecutiveErrors' 已弃用；请使用 'consecutive5xxErrors' 或 'consecutiveGatewayErrors'")
  static let localFailuresNotSplit = refusal(
    127, "local failures are not counted on their own; set 'splitExternalLocalOriginErrors: true'",
    "本地故障不会单独计数；请设置 'splitExternalLocalOriginErrors: true'")
  static let maxEjection = refusal(128, "{0} is no percentage; use 0 to 100", "{0} 不是百分比；请使用 0 到 100")
  static let minHealth = refusal(129, "{0} is no percentage; use 0 to 100", "{0} 不是百分比；请使用 0 到 100")
  static let credentialMap = refusal(
    155, "'{0}' names no ConfigMap; write 'configmap://NAMESPACE/NAME'",
    "'{0}' 没有指明 ConfigMap；请写作 'configmap://命名空间/名称'")
  static let credentialMapElsewhere = refusal(
    156, "'{0}' is in another namespace; use one in '{1}'", "'{0}' 位于其他命名空间；请使用 '{1}' 中的 ConfigMap")
  static let skippedSimpleVerification = refusal(
    157, "insecureSkipVerify verifies nothing; remove it, or caCertificates, credentialName and subjectAltNames",
    "insecureSkipVerify 不做任何校验；请删除它，或删除 caCertificates、credentialName 和 subjectAltNames")
  static let skippedMutualVerification = refusal(
    158, "insecureSkipVerify verifies nothing; remove it, or caCertificates and subjectAltNames",
    "insecureSkipVerify 不做任何校验；请删除它，或删除 caCertificates 和 subjectAltNames")
  static let credentialAndFiles = refusal(
    159, "credentialName and certificate files exclude each other; keep one", "credentialName 与证书文件互斥；请只保留一个")
  static let noClientCertificate = refusal(
    160, "mode MUTUAL needs 'clientCertificate'", "模式 MUTUAL 需要 'clientCertificate'")
  static let noClientKey = refusal(161, "mode MUTUAL needs 'privateKey'", "模式 MUTUAL 需要 'privateKey'")
  static let portPolicyWithoutPort = refusal(163, "a port policy needs 'port'", "端口策略需要 'port'")
  static let emptyPortPolicy = refusal(164, "the port policy is empty; set something or remove it", "端口策略为空；请设置内容或删除")
  static let tunnelProtocol = refusal(
    166, "protocol '{0}' cannot tunnel; use CONNECT or POST", "协议 '{0}' 不能用于隧道；请使用 CONNECT 或 POST")
  static let tunnelHost = refusal(167, "'{0}' is neither a host name nor an IP address", "'{0}' 既不是主机名也不是 IP 地址")
  static let tunnelPort = refusal(168, "{0} is no port; use 1 to 65535", "{0} 不是有效端口；请使用 1 到 65535")
  static let proxyProtocolVersion = refusal(169, "the version is unknown; use V1 or V2", "版本未知；请使用 V1 或 V2")
  static let subsetTwice = refusal(171, "another subset is named '{0}' already", "已有另一个名为 '{0}' 的子集")
  static let subsetWithoutName = refusal(172, "the subset has no name", "子集没有名称")
  static let subsetName = refusal(
    173, "subset name '{0}' is not valid; use letters, digits and '-', 63 bytes at most",
    "子集名 '{0}' 无效；请使用字母、数字和 '-'，最多 63 字节")

  static let destinationRuleRules: [Rule] = [
    emptyPolicy, tunnelAndProxyProtocol, consecutiveErrors, localFailuresNotSplit, maxEjection, minHealth,
    credentialMap, credentialMapElsewhere, skippedSimpleVerification, skippedMutualVerification, credentialAndFiles,
    noClientCertificate, noClientKey, portPolicyWithoutPort, emptyPortPolicy, tunnelProtocol, tunnelHost, tunnelPort,
    proxyProtocolVersion, subsetTwice, subsetWithoutName, subsetName,
  ]
}
