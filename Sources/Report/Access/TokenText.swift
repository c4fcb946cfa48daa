import Diagnostics
package import Evaluation
import MeshModel

/// What a token says and what a mesh makes of it, for a person.
package struct TokenText {
  private let answers: AnswerText
  private var style: TextStyle { answers.style }

  package init(_ answers: AnswerText) {
    self.answers = answers
  }

  private func say(_ en: String, _ zh: String) -> String { answers.say(en, zh) }

  package func text(_ token: TokenInspection) -> String {
    if let problem = token.problem { return style.bad("✗ ") + problem + "\n" }
    var lines = answers.rows(facts(token))
    lines += ["", style.heading(say("rules for tokens", "令牌规则"))]
    if token.rules.isEmpty {
      lines.append(
        "  "
          + say(
            "the mesh has no RequestAuthentication",
            "网格中没有 RequestAuthentication"))
    }
    for rule in token.rules {
      lines.append("  " + verdict(rule.verdict, rule) + " " + answers.origin(rule.origin))
      if rule.verdict != .otherIssuer {
        let places = rule.places.joined(separator: ", ")
        lines.append("      " + style.faint(say("looks in ", "读取位置：") + places))
      }
    }
    if !token.policies.isEmpty { lines += ["", style.heading(say("policies that ask something of it", "涉及令牌的策略"))] }
    for policy in token.policies {
      let isMet = policy.conditions.allSatisfy(\.holds)
      let sign = isMet ? style.good("✓") : style.bad("✗")
      lines.append("  \(sign) \(policy.action.rawValue) \(answers.origin(policy.origin))")
      for condition in policy.conditions {
        let sign = condition.holds ? style.good("✓") : style.bad("✗")
        lines.append("      \(sign) \(condition.key) " + style.faint("[\(condition.values.joined(separator: ", "))]"))
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func facts(_ token: TokenInspection) -> [(String, String)] {
    var rows: [(String, String)] = []
    rows.append((say("issuer", "签发者"), token.issuer.isEmpty ? "–" : token.issuer))
    rows.append((say("subject", "主体"), token.subject.isEmpty ? "–" : token.subject))
    if !token.issuer.isEmpty, !token.subject.isEmpty {
      rows.append((say("request principal", "请求主体"), "\(token.issuer)/\(token.subject)"))
    }
    if !token.audiences.isEmpty { rows.append((say("audiences", "受众"), token.audiences.joined(separator: ", "))) }
    if token.expiry > 0 {
      let isOver = token.expiry < token.time
      rows.append(
        (isOver ? say("expired", "已过期") : say("expires", "过期"), moment(token.expiry, from: token.time)))
    }
    if token.notBefore > 0 { rows.append((say("not before", "生效"), moment(token.notBefore, from: token.time))) }
    if !token.algorithm.isEmpty {
      let key = token.keyID.isEmpty ? "" : say(", key \(token.keyID)", "，密钥 \(token.keyID)")
      rows.append((say("signed with", "签名算法"), token.algorithm + key))
    }
    guard case .object(let members) = token.claims else { return rows }
    let told: Set<String> = ["iss", "sub", "aud", "exp", "nbf", "iat"]
    for member in members where !told.contains(member.key) {
      var writer = JSONWriter()
      writer.value(member.value)
      rows.append((say("claim ", "声明 ") + member.key, String(decoding: writer.bytes, as: UTF8.self)))
    }
    return rows
  }

  /// `in 2 hours`, `3 days ago`.
  private func moment(_ time: Int64, from now: Int64) -> String {
    let distance = time > now ? time - now : now - time
    let units: [(Int64, String, String)] = [
      (86_400, "days", "天"), (3_600, "hours", "小时"), (60, "minutes", "分钟"), (1, "seconds", "秒"),
    ]
    let unit = units.first { distance >= 2 * $0.0 } ?? units[3]
    let amount = distance / unit.0
    return time > now
      ? say("in \(amount) \(unit.1)", "\(amount) \(unit.2)后") : say("\(amount) \(unit.1) ago", "\(amount) \(unit.2)前")
  }

  private func verdict(_ verdict: TokenInspection.Verdict, _ rule: TokenInspection.Rule) -> String {
    switch verdict {
    case .good: return style.good("✓ ") + say("accepted:", "接受：")
    case .vouchedFor: return style.good("✓ ") + say("accepted as given, no signature was checked:", "按所给声明接受，未校验签名：")
    case .otherIssuer: return style.faint("· " + say("for the issuer \(rule.issuer):", "适用于签发者 \(rule.issuer)："))
    case .bad(let words): return style.bad("✗ ") + words + say(":", ":")
    case .remoteKeys(let address):
      return style.value("? ")
        + say(
          "not checked, its keys are at \(address) (give --claims to take them as said):",
          "未校验，密钥位于 \(address)（可用 --claims 直接给出声明）：")
    }
  }
}

extension TokenInspection {
  /// Whether some rule of the mesh takes it; keys that are elsewhere do not count against it.
  package var isAcceptedSomewhere: Bool {
    problem == nil
      && rules.contains { rule in
        switch rule.verdict {
        case .good, .vouchedFor, .remoteKeys: true
        case .otherIssuer, .bad: false
        }
      }
  }
}

extension JSONWriter {
  package mutating func write(_ token: TokenInspection) {
    beginObject()
    if let problem = token.problem {
      key("problem")
      string(problem)
      endObject()
      return
    }
    key("claims")
    value(token.claims)
    key("rules")
    beginArray()
    for rule in token.rules { write(rule) }
    endArray()
    key("policies")
    beginArray()
    for policy in token.policies { write(policy) }
    endArray()
    endObject()
  }

  private mutating func write(_ rule: TokenInspection.Rule) {
    beginObject()
    write(rule.origin)
    key("issuer")
    string(rule.issuer)
    key("verdict")
    switch rule.verdict {
    case .good: string("good")
    case .vouchedFor: string("vouched for")
    case .otherIssuer: string("other issuer")
    case .bad(let words): string(words)
    case .remoteKeys(let address):
      string("keys are elsewhere")
      key("keys")
      string(address)
    }
    endObject()
  }

  private mutating func write(_ policy: TokenInspection.PolicyRule) {
    beginObject()
    write(policy.origin)
    key("action")
    string(policy.action.rawValue)
    key("conditions")
    beginArray()
    for condition in policy.conditions {
      beginObject()
      key("key")
      string(condition.key)
      key("values")
      strings(condition.values)
      key("holds")
      bool(condition.holds)
      endObject()
    }
    endArray()
    endObject()
  }

  private mutating func write(_ origin: Origin) {
    key("rule")
    string("\(origin.object.label) \(origin.field)")
  }
}
