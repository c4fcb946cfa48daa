import Evaluation
import MeshModel
import ProxyModel

extension AnswerText {
  /// The first condition of a rule that did not hold, with what was found.
  func failure(_ condition: Trace.FailedCondition) -> String {
    switch condition {
    case .path(let wanted, let isCaseSensitive, let found):
      let note = isCaseSensitive ? "" : say(" (in any case)", "（不区分大小写）")
      return say(
        "path '\(text(found))' \(refusal(wanted).0)\(note)", "路径 '\(text(found))' \(refusal(wanted).1)\(note)")
    case .header(let matcher, let found):
      let name = headerName(matcher.name)
      let value = found.isEmpty ? nil : found.map(text).joined(separator: ", ")
      return sentence(name, value, matcher.rule, isInverted: matcher.isInverted)
    case .queryParameter(let matcher, let found):
      let name = say("query parameter \(matcher.name)", "查询参数 \(matcher.name)")
      return sentence(name, found.map(text), matcher.rule, isInverted: false)
    case .claim(let matcher, let found):
      let name = say("claim \(matcher.path.joined(separator: "."))", "声明 \(matcher.path.joined(separator: "."))")
      return sentence(name, found?.brief, matcher.rule, isInverted: matcher.isInverted)
    }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func headerName(_ name: String) -> String {
    switch name {
    case ":method": say("method", "方法")
    case ":authority": say("host", "主机")
    case ":scheme": say("scheme", "协议")
    case ":path": say("path", "路径")
    default: say("header \(name)", "请求头 \(name)")
    }
  }

  private func sentence(_ name: String, _ found: String?, _ rule: HeaderMatcher.Rule, isInverted: Bool) -> String {
    guard let found else {
      let wish = wish(rule)
      return say("\(name) is absent; wanted: \(wish.0)", "\(name) 不存在；要求：\(wish.1)")
    }
    let wish = wish(rule)
    if isInverted {
      return say("\(name) is '\(found)', and must not be \(wish.0)", "\(name) 为 '\(found)'，要求不是\(wish.1)")
    }
    return say("\(name) is '\(found)'; wanted: \(wish.0)", "\(name) 为 '\(found)'；要求：\(wish.1)")
  }

  private func wish(_ rule: HeaderMatcher.Rule) -> (String, String) {
    switch rule {
    case .present: return ("present", "存在")
    case .string(let matcher):
      let (en, zh): (String, String) =
        switch matcher.kind {
        case .exact(let text): ("'\(text)'", "'\(text)'")
        case .prefix(let text): ("'\(text)…'", "以 '\(text)' 开头")
        case .suffix(let text): ("'…\(text)'", "以 '\(text)' 结尾")
        case .contains(let text): ("'…\(text)…'", "包含 '\(text)'")
        case .regex(let pattern): ("regex '\(pattern)'", "匹配正则 '\(pattern)'")
        }
      return matcher.ignoresCase ? (en + " (in any case)", zh + "（不区分大小写）") : (en, zh)
    }
  }

  private func refusal(_ matcher: PathMatcher) -> (String, String) {
    switch matcher {
    case .prefix(let text): ("does not begin with '\(text)'", "不以 '\(text)' 开头")
    case .exact(let text): ("is not '\(text)'", "不等于 '\(text)'")
    case .segmentPrefix(let text): ("is not '\(text)' or below it", "不是 '\(text)' 或其下级")
    case .regex(let pattern): ("does not match regex '\(pattern)'", "不匹配正则 '\(pattern)'")
    }
  }
}
