import Diagnostics

/// What is wrong with a file of tests; each says what would be right.
enum SuiteProblem {
  case notMapping(String)
  case notList(String)
  case notText(String)
  case notNumber(String, given: String)
  case unknownKey(String, in: String, known: [String])
  case missingKey(String, in: String)
  case nothingAsserted(String)
  case noTests
  case badDuration(String)
  case badPercent(String)
  case badChoice(String, field: String, known: [String])
  case badURL(String)
  case bothGiven(String, String)
  case emptyTable(String)
  case unknownFormat
  case emptyExpectation(String)

  // A code is for ever; codes of test files begin with DD07.
  var code: String {
    switch self {
    case .notMapping: "DD0701"
    case .notList: "DD0702"
    case .notText: "DD0703"
    case .notNumber: "DD0704"
    case .unknownKey: "DD0705"
    case .missingKey: "DD0706"
    case .nothingAsserted: "DD0707"
    case .noTests: "DD0708"
    case .badDuration: "DD0709"
    case .badPercent: "DD0710"
    case .badChoice: "DD0711"
    case .badURL: "DD0712"
    case .bothGiven: "DD0713"
    case .emptyTable: "DD0714"
    case .unknownFormat: "DD0715"
    case .emptyExpectation: "DD0717"
    }
  }

  var message: LocalizedText {
    switch self {
    case .notMapping(""):
      LocalizedText(en: "a file of tests must be a mapping with 'tests'", zh: "测试文件应为包含 'tests' 的映射")
    case .notMapping(let field):
      LocalizedText(en: "'\(field)' must be a mapping of keys to values", zh: "'\(field)' 应为键值映射")
    case .notList(let field): LocalizedText(en: "'\(field)' must be a list", zh: "'\(field)' 应为列表")
    case .notText(let field): LocalizedText(en: "'\(field)' must be one value", zh: "'\(field)' 应为单个值")
    case .notNumber(let field, let given):
      LocalizedText(en: "'\(given)' is no whole number, which '\(field)' must be", zh: "'\(field)' 应为整数，而不是 '\(given)'")
    case .unknownKey(let key, let place, let known): Self.unknown(key, place, known)
    case .missingKey(let key, let place):
      LocalizedText(en: "'\(place)' has no '\(key)'", zh: "'\(place)' 缺少 '\(key)'")
    case .nothingAsserted(let name):
      LocalizedText(
        en: "test '\(name)' asserts nothing: give it a 'then' with at least one expectation, such as 'subset: v1'",
        zh: "测试 '\(name)' 没有任何断言：请在 'then' 中至少写一条期望，例如 'subset: v1'")
    case .noTests:
      LocalizedText(en: "the file has no tests: expected a list under 'tests'", zh: "文件中没有测试：应在 'tests' 下给出列表")
    case .badDuration(let text):
      LocalizedText(
        en: "'\(text)' is no duration: expected such as 3s, 1.5s, 250ms, 1m or none",
        zh: "'\(text)' 不是有效的时长：应为 3s、1.5s、250ms、1m 或 none")
    case .badPercent(let text):
      LocalizedText(
        en: "'\(text)' is no share: expected such as 25, 25% or 1/4", zh: "'\(text)' 不是有效的比例：应为 25、25% 或 1/4")
    case .badChoice(let text, let field, let known):
      LocalizedText(
        en: "'\(text)' is no value for '\(field)': expected one of \(known.joined(separator: ", "))",
        zh: "'\(text)' 不是 '\(field)' 的有效值：可选 \(known.joined(separator: "、"))")
    case .badURL(let text):
      LocalizedText(
        en: "'\(text)' is no URL: expected such as http://reviews:9080/path, https://, tcp:// or tls://",
        zh: "'\(text)' 不是有效的 URL：应为 http://reviews:9080/path，或以 https://、tcp://、tls:// 开头")
    case .bothGiven(let one, let other):
      LocalizedText(en: "give '\(one)' or '\(other)', not both", zh: "'\(one)' 与 '\(other)' 只能给出一个")
    case .emptyTable(let field):
      LocalizedText(en: "'\(field)' is an empty list: nothing would be asked", zh: "'\(field)' 是空列表：不会产生任何请求")
    case .emptyExpectation(let field):
      LocalizedText(en: "'\(field)' is empty: it would hold whatever happens", zh: "'\(field)' 为空：无论结果如何都会成立")
    case .unknownFormat:
      LocalizedText(
        en:
          "this is no file of routing tests: expected 'tests' (drydock, router_check_tool) or 'testCases' (istio-config-validator)",
        zh: "这不是路由测试文件：应包含 'tests'（drydock、router_check_tool）或 'testCases'（istio-config-validator）")
    }
  }

  private static func unknown(_ key: String, _ place: String, _ known: [String]) -> LocalizedText {
    let owner =
      place.isEmpty ? LocalizedText(en: "the file", zh: "文件") : LocalizedText(en: "'\(place)'", zh: "'\(place)' ")
    if let meant = Similarity.closest(to: key, among: known) {
      return LocalizedText(
        en: "\(owner.en) has no key '\(key)': did you mean '\(meant)'?", zh: "\(owner.zh)没有键 '\(key)'：是否指 '\(meant)'？")
    }
    let list = known.joined(separator: ", ")
    return LocalizedText(
      en: "\(owner.en) has no key '\(key)': expected one of \(list)", zh: "\(owner.zh)没有键 '\(key)'：可用的键有 \(list)")
  }
}
