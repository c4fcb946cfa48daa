// WP-01 to WP-13, TX-01 to TX-06: code that proxies load.
extension Admission {
  func checkWasmPlugin(_ spec: Part) {
    checkTargets(spec)
    checkPlugin(spec)
    checkTrafficPorts(spec["match"], .pluginPort)
  }

  func checkTrafficExtension(_ spec: Part) {
    let (wasm, lua) = (spec["wasm"], spec["lua"])
    if wasm.isPresent == lua.isPresent { report(.wasmOrLua, spec) }
    checkTargets(spec)
    if lua.isPresent {
      let code = lua["inlineCode"]
      if !code.hasText { report(.emptyCode, code) }
      if code.text.utf8.count > 65_536 { report(.longCode, code) }
    }
    if wasm.isPresent { checkPlugin(wasm) }
    checkTrafficPorts(spec["match"], .extensionPort)
  }

  private func checkPlugin(_ plugin: Part) {
    checkPluginAddress(plugin["url"])
    let sum = plugin["sha256"]
    if sum.hasText {
      if sum.text.utf8.count != 64 {
        report(.sumLength, sum, String(sum.text.utf8.count))
      } else if !sum.text.utf8.allSatisfy({ Names.isDigit($0) || ($0 >= 97 && $0 <= 102) }) {
        report(.sumDigits, sum)
      }
    }
    if plugin["imagePullSecret"].text.utf8.count > 253 { report(.longPullSecret, plugin["imagePullSecret"]) }
    if plugin["pluginName"].text.utf8.count > 256 { report(.longPluginName, plugin["pluginName"]) }
    checkEnvironment(plugin["vmConfig"]["env"])
  }

  private func checkPluginAddress(_ address: Part) {
    guard address.hasText else {
      report(.noPluginAddress, address)
      return
    }
    guard let scheme = Self.pluginScheme(address.text) else {
      report(.pluginAddress, address, address.text)
      return
    }
    if !["", "file", "http", "https", "oci"].contains(scheme) { report(.pluginScheme, address, scheme) }
  }

  /// A name without scheme is taken as if `http://` stood before it.
  private static func pluginScheme(_ text: String) -> String? {
    if let url = GoURL(text, .request) { return GoURL(text) == nil ? nil : url.scheme }
    let whole = "http://" + text
    guard let url = GoURL(whole, .request), GoURL(whole) != nil else { return nil }
    return url.scheme
  }

  /// WP-08 to WP-12: only the first problem is told.
  private func checkEnvironment(_ variables: Part) {
    var names: Set<String> = []
    for variable in variables.items {
      let name = variable["name"]
      let source = variable["valueFrom"]
      if !name.hasText {
        report(.variableWithoutName, name)
      } else if name.text.utf8.count > 256 {
        report(.longVariable, name)
      } else if !names.insert(name.text).inserted {
        report(.variableTwice, name, name.text)
      } else if source.isPresent, source.text != "INLINE", variable["value"].hasText {
        report(.variableWithValue, variable["value"], name.text)
      } else {
        continue
      }
      return
    }
  }

  private func checkTrafficPorts(_ matches: Part, _ rule: Rule) {
    for match in matches.items {
      for port in match["ports"].items where !Self.isPort(port["number"].number) {
        report(rule, port["number"], String(port["number"].number))
        return
      }
    }
  }
}

extension Rule {
  static let noPluginAddress = refusal(535, "a plugin needs 'url'", "插件需要 'url'")
  static let pluginAddress = refusal(536, "'{0}' is no address", "'{0}' 不是地址")
  static let pluginScheme = refusal(
    537, "scheme '{0}' is unknown; use oci, https, http or file", "未知的协议 '{0}'；请使用 oci、https、http 或 file")
  static let sumLength = refusal(538, "a SHA-256 sum has 64 digits, not {0}", "SHA-256 校验和有 64 位，而不是 {0} 位")
  static let sumDigits = refusal(539, "a SHA-256 sum has lower case hexadecimal digits only", "SHA-256 校验和只含小写十六进制数字")
  static let longPullSecret = refusal(540, "the secret's name has 253 bytes at most", "Secret 名称最多 253 字节")
  static let longPluginName = refusal(541, "the plugin's name has 256 bytes at most", "插件名称最多 256 字节")
  static let variableWithoutName = refusal(542, "a variable has no name", "变量没有名称")
  static let longVariable = refusal(543, "a variable's name has 256 bytes at most", "变量名称最多 256 字节")
  static let variableTwice = refusal(544, "variable '{0}' stands twice; remove one", "变量 '{0}' 重复；请删除其中一个")
  static let variableWithValue = refusal(
    545, "variable '{0}' is taken from the host and has no value", "变量 '{0}' 取自宿主环境，不能有值")
  static let pluginPort = refusal(546, "{0} is no port; use 1 to 65535", "{0} 不是有效端口；请使用 1 到 65535")
  static let wasmOrLua = refusal(547, "set exactly one of wasm and lua", "wasm 与 lua 必须且只能设置一个")
  static let emptyCode = refusal(549, "'inlineCode' is empty", "'inlineCode' 为空")
  static let longCode = refusal(550, "'inlineCode' has 65536 bytes at most", "'inlineCode' 最多 65536 字节")
  static let extensionPort = refusal(552, "{0} is no port; use 1 to 65535", "{0} 不是有效端口；请使用 1 到 65535")

  static let pluginRules: [Rule] = [
    noPluginAddress, pluginAddress, pluginScheme, sumLength, sumDigits, longPullSecret, longPluginName,
    variableWithoutName, longVariable, variableTwice, variableWithValue, pluginPort, wasmOrLua, emptyCode, longCode,
    extensionPort,
  ]
}
