// RA-01 to RA-18.
extension Admission {
  func checkRequestAuthentication(_ spec: Part) {
    checkTargets(spec)
    for rule in spec["jwtRules"].items { checkTokenRule(rule) }
  }

  private func checkTokenRule(_ rule: Part) {
    for audience in rule["audiences"].items where !audience.hasText { report(.emptyAudience, audience) }
    if !rule["issuer"].hasText, !rule["jwksUri"].hasText { report(.noIssuer, rule) }
    if rule["jwksUri"].hasText { checkKeyAddress(rule["jwksUri"]) }
    checkKeys(rule["jwks"])
    for header in rule["fromHeaders"].items where !header["name"].hasText {
      report(.tokenHeaderWithoutName, header["name"])
    }
    for name in rule["fromParams"].items where !name.hasText { report(.emptyTokenParameter, name) }
    for name in rule["fromCookies"].items where !name.hasText { report(.emptyTokenCookie, name) }
    for claim in rule["outputClaimToHeaders"].items {
      let header = claim["header"]
      if !claim["claim"].hasText || !header.hasText {
        report(.claimWithoutHeader, claim)
      } else if !header.text.utf8.allSatisfy({ Names.isAlphanumeric($0) || "-_".utf8.contains($0) }) {
        report(.claimHeader, header, header.text)
      }
    }
    checkDuration(rule["timeout"])
  }

  /// RA-06 to RA-08; port numbers too large for Go are no ports.
  private func checkKeyAddress(_ address: Part) {
    guard let url = GoURL(address.text) else {
      report(.keyAddress, address, address.text)
      return
    }
    if url.scheme != "http", url.scheme != "https" {
      report(.keyScheme, address, address.text)
    } else if !url.port.utf8.isEmpty, GoNumber.integer(url.port) == nil {
      report(.keyPort, address, url.port)
    }
  }

  // RA-09, RA-18
  private func checkKeys(_ keys: Part) {
    guard keys.hasText else { return }
    guard let set = KeySet(keys.text) else {
      report(.badKeys, keys)
      return
    }
    for index in set.secrets { report(.secretKey, keys, String(index)) }
  }
}

extension Rule {
  static let emptyAudience = refusal(448, "an empty audience matches nothing; remove it", "空的受众不匹配任何令牌；请删除")
  static let noIssuer = refusal(449, "a rule needs an issuer or a jwksUri", "规则需要 issuer 或 jwksUri")
  static let keyAddress = refusal(450, "'{0}' is no address", "'{0}' 不是地址")
  static let keyScheme = refusal(
    451, "'{0}' is no web address; use http:// or https://", "'{0}' 不是网址；请使用 http:// 或 https://")
  static let keyPort = refusal(452, "'{0}' is no port", "'{0}' 不是端口")
  static let badKeys = refusal(
    453, "'jwks' is no set of keys; write '{\"keys\":[…]}'", "'jwks' 不是密钥集；请写作 '{\"keys\":[…]}'")
  static let tokenHeaderWithoutName = refusal(455, "the header has no name", "头没有名称")
  static let emptyTokenParameter = refusal(456, "the parameter has no name", "参数没有名称")
  static let emptyTokenCookie = refusal(457, "the cookie has no name", "cookie 没有名称")
  static let claimWithoutHeader = refusal(459, "a claim needs both 'claim' and 'header'", "声明需要 'claim' 和 'header'")
  static let claimHeader = refusal(
    460, "'{0}' is no header; use letters, digits, '-' and '_'", "'{0}' 不是头名称；请使用字母、数字、'-' 和 '_'")
  static let secretKey = remark(
    462, "key {0} holds a secret; only public keys are needed here", "第 {0} 个密钥含有私密内容；此处只需要公钥")

  static let requestAuthenticationRules: [Rule] = [
    emptyAudience, noIssuer, keyAddress, keyScheme, keyPort, badKeys, tokenHeaderWithoutName, emptyTokenParameter,
    emptyTokenCookie, claimWithoutHeader, claimHeader, secretKey,
  ]
}
