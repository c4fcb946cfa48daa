import Diagnostics
import YAML

/// What tests of another tool say and a mesh has no answer to: named, never dropped without a word.
enum NotCarried {
  static func diagnostic(_ what: String, _ why: LocalizedText, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "DD0720", severity: .warning, span: span,
      message: LocalizedText(en: "'\(what)' is not carried over: \(why.en)", zh: "'\(what)' 未能导入：\(why.zh)"))
  }

  static let unknown = LocalizedText(en: "the key is not known", zh: "未知的键")
  static let virtualCluster = LocalizedText(
    en: "Istio makes no virtual clusters", zh: "Istio 不生成虚拟集群")
  static let virtualHost = LocalizedText(
    en: "Istio names virtual hosts by host and port", zh: "Istio 以主机和端口命名虚拟主机")
  static let runtime = LocalizedText(en: "Istio sets no runtime keys", zh: "Istio 不设置运行时键")
  static let response = LocalizedText(
    en: "what the upstream answers is not a part of a test", zh: "上游的响应不属于测试内容")
  static let leftOut = LocalizedText(
    en: "a part of its request is not carried over, so the case is left out", zh: "其请求的一部分未能导入，该用例被略去")
  static let nothing = LocalizedText(en: "it asserts nothing", zh: "没有任何断言")
}
