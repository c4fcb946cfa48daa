import YAML

// VS-109 to VS-113: rules that no request reaches.
extension Admission {
  func checkReach(_ spec: Part) {
    var said: Set<String> = []
    let routes = spec["http"].items
    let texts = MatchText.texts(routes, isHTTP: true)
    checkReach(routes, texts, isHTTP: true, &said)
    for name in ["tcp", "tls"] {
      let others = spec[name].items
      checkReach(others, MatchText.texts(others, isHTTP: false), isHTTP: false, &said)
    }
    // Our own judgement compares all of a match, not only its prefix; see MatchCover.
    if !keepsNestedRemarks { checkCoveredPrefixes(routes, texts, &said) }
  }

  /// Istio's words name rules and matches by name or number, and words that are the same are said once.
  private func remark(_ rule: Rule, _ part: Part, _ values: String..., words: String, _ said: inout Set<String>) {
    if !keepsNestedRemarks, !said.insert("\(rule.code) \(words)").inserted { return }
    log.report(rule, at: part, values: values)
  }

  private func checkReach(_ routes: [Part], _ texts: [[String]], isHTTP: Bool, _ said: inout Set<String>) {
    var hasEmptyMatch = false
    var known: [String: String] = [:]
    for (place, route) in routes.enumerated() {
      let name = MatchText.name(route, place, isHTTP: isHTTP)
      if route.matches.isEmpty {
        if hasEmptyMatch { remark(.secondCatchAll, route, words: name, &said) }
        hasEmptyMatch = true
        continue
      }
      var repeated = 0
      for (number, match) in route.matches.enumerated() {
        if hasEmptyMatch {
          remark(.behindCatchAll, match, words: name, &said)
          continue
        }
        let text = texts[place][number]
        guard let earlier = known[text] else {
          known[text] = name
          continue
        }
        let own = MatchText.name(match, number, isHTTP: isHTTP)
        remark(.repeatedMatch, match, words: "\(name) \(own) \(earlier)", &said)
        repeated += 1
      }
      if repeated == route.matches.count { remark(.repeatedRoute, route, words: name, &said) }
    }
  }

  // VS-113
  private func checkCoveredPrefixes(_ routes: [Part], _ texts: [[String]], _ said: inout Set<String>) {
    var seen: [CoveringMatch] = []
    var known: Set<String> = []
    for (place, route) in routes.enumerated() {
      if route.matches.isEmpty { break }
      for (number, match) in route.matches.enumerated()
      where known.insert(texts[place][number]).inserted {
        guard var own = CoveringMatch(match) else { continue }
        own.name =
          MatchText.name(match, number, isHTTP: true) + " of " + MatchText.name(route, place, isHTTP: true)
        for earlier in seen where earlier.prefix != own.prefix && earlier.covers(own) {
          remark(
            .coveredPrefix, match["uri"]["prefix"], own.prefix, earlier.prefix,
            words: "\(own.name) \(own.prefix) \(earlier.name) \(earlier.prefix)", &said)
        }
        seen.append(own)
      }
    }
  }
}

/// What Istio compares of a match on a prefix.
private struct CoveringMatch {
  /// What it and its rule are called.
  var name = ""
  var prefix: String
  var port: Int64
  var method: String
  var authority: String
  var headers: [String: String]
  var parameters: [String: String]
  var absent: [String: String]

  init?(_ match: Part) {
    prefix = match["uri"]["prefix"].text
    guard !prefix.utf8.isEmpty else { return nil }
    port = match["port"].number
    let given = Self.text(match["method"])
    method = given.utf8.isEmpty ? "exact GET" : given
    authority = Self.text(match["authority"])
    headers = Self.texts(match["headers"])
    parameters = Self.texts(match["queryParams"])
    absent = Self.texts(match["withoutHeaders"])
  }

  private static func text(_ match: Part) -> String {
    if match["exact"].hasText { return "exact " + match["exact"].text }
    return match["prefix"].hasText ? "prefix " + match["prefix"].text : ""
  }

  private static func texts(_ matches: Part) -> [String: String] {
    Dictionary(matches.members.map { ($0.key, text($0.value)) }) { $1 }
  }

  func covers(_ other: CoveringMatch) -> Bool {
    func begins(_ text: String, _ start: String) -> Bool { text.utf8.starts(with: start.utf8) }
    func covers(_ own: [String: String], _ others: [String: String]) -> Bool {
      own.count == others.count && own.allSatisfy { key, value in others[key].map { begins(value, $0) } == true }
    }
    return begins(other.prefix, prefix) && other.port == port && begins(method, other.method)
      && begins(authority, other.authority) && covers(headers, other.headers)
      && covers(parameters, other.parameters) && covers(absent, other.absent)
  }
}

/// A text that is the same for matches that mean the same.
package enum MatchText {
  /// Of every match of every route.
  static func texts(_ routes: [Part], isHTTP: Bool) -> [[String]] {
    routes.map { route in route.matches.map { text($0, isHTTP: isHTTP) } }
  }

  /// What Istio calls a rule or a match: its name or its number.
  static func name(_ part: Part, _ place: Int, isHTTP: Bool) -> String {
    isHTTP && part["name"].hasText ? quoted(part["name"].text) : "#\(place)"
  }

  package static func text(_ match: Part, isHTTP: Bool) -> String {
    let kept = (match.node?.mapping ?? []).filter { entry in
      !(isHTTP && entry.name == "name") && !isNothing(entry.value, entry.name)
    }
    var bytes: [UInt8] = []
    append(kept, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func append(_ entries: [Node.Entry], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    let sorted = entries.count < 2 ? entries : entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for entry in sorted where !entry.value.isNull {
      JSONText.append(entry.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      append(entry.value, to: &bytes)
      bytes.append(UInt8(ascii: ","))
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private static func append(_ node: Node, to bytes: inout [UInt8]) {
    switch node.content {
    case .scalar(let scalar):
      switch scalar.resolved {
      case .null: JSONText.appendNull(to: &bytes)
      case .bool(let value): JSONText.append(value, to: &bytes)
      case .int(let value): JSONText.append(value, to: &bytes)
      case .float(let value): bytes += Array(String(value).utf8)
      case .string(let text): JSONText.append(text, to: &bytes)
      }
    case .sequence(let items):
      bytes.append(UInt8(ascii: "["))
      for item in items {
        append(item, to: &bytes)
        bytes.append(UInt8(ascii: ","))
      }
      bytes.append(UInt8(ascii: "]"))
    case .mapping(let entries):
      append(entries, to: &bytes)
    }
  }

  private static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONText.append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Values that a protocol buffer does not tell from absent ones; an empty message is one.
  private static func isNothing(_ node: Node, _ name: String) -> Bool {
    switch node.content {
    case .scalar(let scalar):
      switch scalar.resolved {
      case .null, .bool(false), .int(0), .string(""): true
      case .string, .bool, .int, .float: false
      }
    case .sequence(let items): items.isEmpty
    case .mapping(let entries): entries.isEmpty && !["uri", "scheme", "method", "authority"].contains(name)
    }
  }
}

extension Rule {
  static let secondCatchAll = remark(
    288, "a route without match before this takes everything; only the last may have none",
    "前面没有匹配条件的路由会接收一切；只有最后一条可以没有匹配", like: "IST0130")
  static let behindCatchAll = remark(
    289, "a route without match before this takes everything; move it to the end", "前面没有匹配条件的路由会接收一切；请将其移到最后",
    like: "IST0130")
  static let repeatedMatch = remark(
    290, "a match before this is the same; remove one", "前面已有相同的匹配；请删除其中一个", like: "IST0131")
  static let repeatedRoute = remark(
    291, "all matches of this route stand before already; remove it", "该路由的所有匹配都已在前面出现；请删除", like: "IST0130")
  package static let coveredPrefix = remark(
    292, "prefix '{0}' is never reached: '{1}' before it covers it; swap them", "前缀 '{0}' 永远不会命中：前面的 '{1}' 已覆盖；请调换顺序",
    like: "IST0131")

  static let reachRules: [Rule] = [secondCatchAll, behindCatchAll, repeatedMatch, repeatedRoute, coveredPrefix]
}
