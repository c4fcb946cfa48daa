package import Diagnostics

/// A request that a change answers otherwise, ready to be told.
package struct RequestChange: Hashable, Sendable {
  /// On one line, such as `GET http://reviews.shop/ from shop/client`.
  package var request: String
  /// The test, rule or service that it stands for.
  package var source: LocalizedText
  /// The rules that take it, before and after; nil: none of a VirtualService.
  package var ruleBefore: String?
  package var ruleAfter: String?
  package var aspects: [Aspect]

  package struct Aspect: Hashable, Sendable {
    package var name: String
    package var before: String?
    package var after: String?

    package init(name: String, before: String?, after: String?) {
      self.name = name
      self.before = before
      self.after = after
    }
  }

  package init(
    request: String, source: LocalizedText, ruleBefore: String?, ruleAfter: String?, aspects: [Aspect]
  ) {
    self.request = request
    self.source = source
    self.ruleBefore = ruleBefore
    self.ruleAfter = ruleAfter
    self.aspects = aspects
  }
}

extension RequestChange.Aspect {
  private static let translations = [
    "result": "结果", "filter": "过滤器", "delay": "延迟", "timeout": "超时", "retries": "重试", "mirror": "镜像", "hash": "哈希",
    "rejected listeners": "被拒绝的监听器", "at the server": "服务端", "body": "正文", "gRPC status": "gRPC 状态",
    "authority": "主机", "path": "路径", "method": "方法", "endpoints": "端点", "localities": "区域", "load balancer": "负载均衡",
    "connections": "连接", "outlier detection": "异常检测", "tls": "TLS",
  ]
  private static let prefixes = [("request header ", "请求头 "), ("response header ", "响应头 ")]

  /// The name in every language; behind it may stand for which of several outcomes it holds.
  package var label: LocalizedText {
    let end = name.utf8.firstIndex(of: UInt8(ascii: "(")) ?? name.endIndex
    let plain = name[..<end].utf8.last == UInt8(ascii: " ") ? String(name[..<end].dropLast()) : String(name[..<end])
    let rest = String(name.dropFirst(plain.count))
    if let known = Self.translations[plain] { return LocalizedText(en: name, zh: known + rest) }
    for (en, zh) in Self.prefixes where name.utf8.starts(with: en.utf8) {
      return LocalizedText(en: name, zh: zh + name.dropFirst(en.count))
    }
    return LocalizedText(en: name, zh: name)
  }
}

extension RequestChange {
  /// What another cluster or endpoint brings with it.
  private static let consequences = [
    "authority", "path", "method", "endpoints", "localities", "load balancer", "connections", "outlier detection",
    "tls",
    "at the server",
  ]

  /// The aspects that a person wants to know: where a request goes elsewhere, not what each place is like.
  package var mainAspects: [Aspect] {
    guard aspects.contains(where: { $0.name == "result" }) else { return aspects }
    return aspects.filter { aspect in
      let isOfOneOutcome = aspect.name.utf8.last == UInt8(ascii: ")")
      if isOfOneOutcome { return false }
      let isThroughout = aspect.before != nil && aspect.after != nil
      switch aspect.name {
      case "authority", "path", "method": return isThroughout
      default: return !Self.consequences.contains(aspect.name)
      }
    }
  }
}
