import YAML

/// Judges the rules that the API server has as expressions (section B, CEL).
struct ObjectRuleCheck {
  let log: FindingLog
  /// The way to what is judged.
  let steps: [FieldPath.Step]

  func check(_ rule: ObjectRule, _ node: Node) {
    switch rule {
    case .atMostOne(let names):
      let given = names.filter { node[$0] != nil }
      if given.count > 1 { report(.onlyOneOf, node, given.joined(separator: ", ")) }
    case .exactlyOne(let names):
      if names.count(where: { node[$0] != nil }) != 1 { report(.exactlyOneOf, node, names.joined(separator: ", ")) }
    case .noStarKeys:
      if let key = keys(node).first(where: { $0.utf8.contains(UInt8(ascii: "*")) }) { report(.starInKey, node, key) }
    case .noEmptyKeys:
      if keys(node).contains(where: \.utf8.isEmpty) { report(.emptyKey, node) }
    case .labelKeys:
      for key in keys(node) where key.utf8.count >= 63 || !Names.isLabel(key) {
        report(.badPortName, node, key)
        return
      }
    case .portKeys:
      for key in keys(node) where !Self.isPort(key) {
        report(.badPortKey, node, key)
        return
      }
    case .noStar, .empty, .notStar, .pluginURL, .httpURL, .httpScheme, .unixStart, .unixEnd, .duration:
      checkText(rule, node, node.string ?? "")
    case .port:
      let value = node.decimal ?? 0
      if value < 1 || value > 65_535 { report(.badPort, node, node.scalar?.text ?? "") }
    case .uniqueNumbers:
      let numbers = (node.sequence ?? []).map { $0["number"]?.decimal }
      if Set(numbers).count != numbers.count { report(.duplicateNumber, node) }
    case .hostEnvironment, .waypointMatch, .addressOrNetwork, .unixWithoutPorts, .cidrResolution, .noEndpoints,
      .oneEndpoint, .identities, .portsNeedSelector, .upsertValue, .removeValue:
      checkObject(rule, node)
    }
  }

  private func checkText(_ rule: ObjectRule, _ node: Node, _ text: String) {
    switch rule {
    case .noStar: if text.utf8.contains(UInt8(ascii: "*")) { report(.starInValue, node, text) }
    case .empty: if !text.utf8.isEmpty { report(.otherNamespace, node, text) }
    case .notStar: if text == "*" { report(.hostIsStar, node) }
    case .pluginURL: if !Self.isPluginURL(text) { report(.badPluginURL, node, text) }
    case .httpURL:
      let scheme = GoURL(text, .request)?.scheme
      if scheme != "http", scheme != "https" { report(.badWebURL, node, text) }
    case .httpScheme: if !["", "HTTP", "HTTPS"].contains(text) { report(.badProbeScheme, node, text) }
    case .unixStart:
      guard let path = Self.unixPath(text) else { return }
      if path.first != UInt8(ascii: "/"), path.first != UInt8(ascii: "@") { report(.badSocket, node, text) }
    case .unixEnd:
      if Self.unixPath(text) != nil, text.utf8.last == UInt8(ascii: "/") { report(.socketIsFolder, node, text) }
    case .duration:
      guard let value = GoDuration.nanoseconds(text) else {
        report(.noDuration, node, text)
        return
      }
      if value < 1_000_000 { report(.shortDuration, node, text) }
    case .atMostOne, .exactlyOne, .noStarKeys, .noEmptyKeys, .port, .portKeys, .labelKeys, .uniqueNumbers,
      .hostEnvironment, .waypointMatch, .addressOrNetwork, .unixWithoutPorts, .cidrResolution, .noEndpoints,
      .oneEndpoint, .identities, .portsNeedSelector, .upsertValue, .removeValue:
      break
    }
  }

  private func checkObject(_ rule: ObjectRule, _ node: Node) {
    func text(_ name: String) -> String { node[name]?.string ?? "" }
    func has(_ name: String) -> Bool { node[name] != nil }
    switch rule {
    case .hostEnvironment:
      if text("valueFrom") == "HOST", has("value") { report(.hostWithValue, node) }
    case .waypointMatch:
      if (text("context") == "WAYPOINT") != has("waypoint") { report(.waypointContext, node) }
    case .addressOrNetwork:
      if !has("address"), !has("network") { report(.noAddress, node) }
    case .unixWithoutPorts:
      if Self.unixPath(text("address")) != nil, has("ports") { report(.socketWithPorts, node) }
    case .cidrResolution:
      let mode = has("resolution") ? text("resolution") : "NONE"
      let blocks = (node["addresses"]?.sequence ?? []).compactMap(\.string)
      let block = blocks.first { $0.utf8.contains(UInt8(ascii: "/")) }
      if let block, mode != "STATIC", mode != "NONE" { report(.blockNeedsStatic, node, block, mode) }
    case .noEndpoints:
      if !has("resolution") || text("resolution") == "NONE", has("endpoints") { report(.endpointsWithoutUse, node) }
    case .oneEndpoint:
      let count = node["endpoints"]?.sequence?.count ?? 0
      if text("resolution") == "DNS_ROUND_ROBIN", count > 1 { report(.manyRoundRobinEndpoints, node, String(count)) }
    case .identities:
      let names = ["principals", "notPrincipals", "namespaces", "notNamespaces"].filter(has)
      if has("serviceAccounts") || has("notServiceAccounts"), !names.isEmpty {
        report(.accountsWithOthers, node, names.joined(separator: ", "))
      }
    case .portsNeedSelector:
      let labels = node["selector"]?["matchLabels"]?.mapping ?? []
      if has("portLevelMtls"), labels.isEmpty { report(.portsWithoutSelector, node) }
    case .upsertValue:
      if text("operation") == "UPSERT", text("value").utf8.isEmpty { report(.upsertWithoutValue, node) }
    case .removeValue:
      if text("operation") == "REMOVE", has("value") { report(.removeWithValue, node) }
    case .atMostOne, .exactlyOne, .noStarKeys, .noEmptyKeys, .noStar, .empty, .notStar, .pluginURL, .httpURL,
      .httpScheme, .port, .portKeys, .labelKeys, .uniqueNumbers, .unixStart, .unixEnd, .duration:
      break
    }
  }

  private func keys(_ node: Node) -> [String] { (node.mapping ?? []).map(\.name) }

  private func report(_ rule: Rule, _ node: Node, _ values: String...) {
    log.report(rule, field: FieldPath.text(steps), node: node, values: values)
  }

  private static func isPort(_ key: String) -> Bool {
    guard let number = Int64(key) else { return false }
    return number >= 1 && number <= 65_535
  }

  private static func unixPath(_ text: String) -> Substring.UTF8View? {
    guard text.utf8.starts(with: "unix://".utf8) else { return nil }
    return Substring(text).utf8.dropFirst(7)
  }

  private static func isPluginURL(_ text: String) -> Bool {
    let schemes = ["", "http", "https", "file", "oci"]
    if let url = GoURL(text, .request) { return schemes.contains(url.scheme) }
    guard let url = GoURL("http://" + text, .request) else { return false }
    return schemes.contains(url.scheme)
  }
}
