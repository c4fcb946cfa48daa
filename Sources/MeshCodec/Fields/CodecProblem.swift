import Diagnostics
import YAML

/// One thing wrong with an object as text: its code, how much it matters, and its sentence.
///
/// A code is for ever; those of this target begin with DD02.
struct CodecProblem {
  enum Expected {
    case object, list, string, boolean, integer, number, duration, portReference
  }

  let code: String
  let severity: Severity
  let message: LocalizedText

  private init(_ code: String, _ severity: Severity, en: String, zh: String) {
    self.code = code
    self.severity = severity
    self.message = LocalizedText(en: en, zh: zh)
  }

  func diagnostic(at span: SourceSpan?, object: String? = nil, field: String? = nil) -> Diagnostic {
    Diagnostic(
      code: code, severity: severity, span: span, object: object, field: field?.isEmpty == true ? nil : field,
      message: message)
  }
}

// Values.
extension CodecProblem {
  static func wrongType(expected: Expected, _ found: Node) -> CodecProblem {
    let text = described(found)
    return CodecProblem(
      "DD0201", .error, en: "expected \(expected.en), found \(text.en)", zh: "应为\(expected.zh)，却是\(text.zh)")
  }

  static func outOfRange(_ found: Node, lowest: String, highest: String) -> CodecProblem {
    let text = described(found)
    return CodecProblem(
      "DD0202", .error, en: "\(text.en) is out of range; expected a whole number from \(lowest) to \(highest)",
      zh: "\(text.zh)超出范围；应为 \(lowest) 到 \(highest) 的整数")
  }

  static func badDuration(_ text: String) -> CodecProblem {
    CodecProblem(
      "DD0203", .error,
      en: "'\(text)' is no duration; expected a number with a unit, such as '1.5s', '250ms' or '1h30m'",
      zh: "'\(text)' 不是时长；应为带单位的数字，例如 '1.5s'、'250ms' 或 '1h30m'")
  }

  static let badBase64 = CodecProblem("DD0204", .error, en: "the value is not base64", zh: "该值不是 base64")

  static func notAnOption(_ found: Node, options: [String]) -> CodecProblem {
    let text = described(found)
    let list = options.map { "'\($0)'" }
    return CodecProblem(
      "DD0205", .error, en: "\(text.en) is not one of the options; expected \(list.joined(separator: ", "))",
      zh: "\(text.zh)不在可选值之中；应为 \(list.joined(separator: "、"))")
  }

  static func unknownField(_ name: String, known: [String]) -> CodecProblem {
    guard let meant = FieldName.nearest(to: name, among: known) else {
      return CodecProblem("DD0206", .warning, en: "unknown field '\(name)'", zh: "未知字段 '\(name)'")
    }
    return CodecProblem(
      "DD0206", .warning, en: "unknown field '\(name)'; did you mean '\(meant)'?",
      zh: "未知字段 '\(name)'；是否想写 '\(meant)'？")
  }

  static func badPortKey(_ key: String) -> CodecProblem {
    CodecProblem(
      "DD0217", .error, en: "the key '\(key)' is no port; expected a number from 0 to 4294967295",
      zh: "键 '\(key)' 不是端口；应为 0 到 4294967295 的数字")
  }

  static func secondChoice(_ name: String) -> CodecProblem {
    CodecProblem(
      "DD0207", .error, en: "'\(name)' stands beside another member that excludes it; expected only one of them",
      zh: "'\(name)' 与另一个互斥的字段同时出现；只应保留其中一个")
  }
}

// Objects.
extension CodecProblem {
  static let noKind = CodecProblem("DD0208", .error, en: "the object has no 'kind'", zh: "对象没有 'kind'")
  static let noAPIVersion = CodecProblem(
    "DD0209", .error, en: "the object has no 'apiVersion'", zh: "对象没有 'apiVersion'")
  static let noName = CodecProblem(
    "DD0210", .error, en: "the object has no 'metadata.name'", zh: "对象没有 'metadata.name'")

  static func generatedName(_ prefix: String) -> CodecProblem {
    CodecProblem(
      "DD0211", .error, en: "'generateName: \(prefix)' leaves the name to a cluster; expected 'metadata.name'",
      zh: "'generateName: \(prefix)' 把名称交给集群生成；应写明 'metadata.name'")
  }

  static func badVersion(_ found: String, kind: String, good: [String]) -> CodecProblem {
    let list = good.map { "'\($0)'" }
    return CodecProblem(
      "DD0212", .error, en: "'\(found)' is no version of \(kind); expected \(list.joined(separator: ", "))",
      zh: "'\(found)' 不是 \(kind) 的版本；应为 \(list.joined(separator: "、"))")
  }

  static func unknownKind(apiVersion: String, kind: String) -> CodecProblem {
    CodecProblem(
      "DD0213", .info, en: "kind '\(kind)' of '\(apiVersion)' is not known: kept as it is, without effect on answers",
      zh: "未知类型 '\(apiVersion)' 的 '\(kind)'：原样保存，不影响结果")
  }

  /// A kind that a group of Istio's does not have: rather a slip than something else that lives there.
  static func strayKind(_ kind: String, apiVersion: String, known: [String]) -> CodecProblem {
    let meant = FieldName.nearest(to: kind, among: known)
    let en = meant.map { "; did you mean '\($0)'?" } ?? ""
    let zh = meant.map { "；是否想写 '\($0)'？" } ?? ""
    return CodecProblem(
      "DD0218", .warning, en: "'\(apiVersion)' has no kind '\(kind)': kept as it is, without effect on answers\(en)",
      zh: "'\(apiVersion)' 没有类型 '\(kind)'：原样保存，不影响结果\(zh)")
  }

  static func duplicate(first file: String, line: Int) -> CodecProblem {
    CodecProblem(
      "DD0214", .error, en: "the object is given twice; the first one is at \(file):\(line)",
      zh: "对象重复；第一个位于 \(file):\(line)")
  }

  static func badTimestamp(_ text: String) -> CodecProblem {
    CodecProblem(
      "DD0215", .error, en: "'\(text)' is no time; expected one such as '2026-01-31T09:30:00Z'",
      zh: "'\(text)' 不是时间；应类似 '2026-01-31T09:30:00Z'")
  }

  static let privateKeysDropped = CodecProblem(
    "DD0216", .info, en: "private keys and other secret values are never stored: they were left out",
    zh: "私钥等机密内容从不保存：已略去")
}

extension CodecProblem {
  /// What was found, short enough for a sentence.
  private static func described(_ node: Node) -> LocalizedText {
    switch node.content {
    case .mapping: return LocalizedText(en: "an object", zh: "对象")
    case .sequence: return LocalizedText(en: "a list", zh: "列表")
    case .scalar(let scalar):
      let quoted = "'\(String(scalar.text.prefix(60)))'"
      switch scalar.resolved {
      case .null: return LocalizedText(en: "nothing", zh: "空值")
      case .bool: return LocalizedText(en: "the boolean \(quoted)", zh: "布尔值 \(quoted)")
      case .int, .float: return LocalizedText(en: "the number \(quoted)", zh: "数字 \(quoted)")
      case .string: return LocalizedText(en: "the text \(quoted)", zh: "文本 \(quoted)")
      }
    }
  }
}

extension CodecProblem.Expected {
  fileprivate var en: String {
    switch self {
    case .object: "an object"
    case .list: "a list"
    case .string: "a text"
    case .boolean: "'true' or 'false'"
    case .integer: "a whole number"
    case .number: "a number"
    case .duration: "a duration such as '1.5s'"
    case .portReference: "a port number or the name of a port"
    }
  }

  fileprivate var zh: String {
    switch self {
    case .object: "对象"
    case .list: "列表"
    case .string: "文本"
    case .boolean: " 'true' 或 'false'"
    case .integer: "整数"
    case .number: "数字"
    case .duration: "时长（例如 '1.5s'）"
    case .portReference: "端口号或端口名"
    }
  }
}
