package import Diagnostics

/// The words of problems with fields, policies and servers; their codes run from DD0851.
extension EditProblem {
  static func noNumber(field: String, text: String) -> EditProblem {
    EditProblem("DD0851", field: field, en: "\(field) is a number, not '\(text)'", zh: "\(field) 应为数字，而不是 '\(text)'")
  }

  static func belowLeast(field: String, text: String, least: String) -> EditProblem {
    EditProblem(
      "DD0852", field: field, en: "\(field) is \(least) or more, this is \(text)",
      zh: "\(field) 不小于 \(least)，给出的是 \(text)")
  }

  static func durationTooShort(field: String, text: String) -> EditProblem {
    EditProblem(
      "DD0853", field: field, en: "\(field) is 1ms or more, this is \(text)", zh: "\(field) 不小于 1ms，给出的是 \(text)")
  }

  static func noneOf(field: String, text: String, choices: [String]) -> EditProblem {
    let (en, zh) = (choices.joined(separator: ", "), choices.joined(separator: "、"))
    return EditProblem(
      "DD0855", field: field, en: "\(field) is one of \(en), not '\(text)'", zh: "\(field) 应为 \(zh) 之一，而不是 '\(text)'")
  }

  static func empty(field: String) -> EditProblem {
    EditProblem(
      "DD0856", field: field,
      en: "\(field) is empty; --unset takes a field away", zh: "\(field) 为空；要去掉字段请用 --unset")
  }

  static func noShares(field: String, text: String) -> EditProblem {
    EditProblem(
      "DD0857", field: field,
      en: "\(field) is written FROM=TO:N,TO:N, not '\(text)'",
      zh: "\(field) 应写作 FROM=TO:N,TO:N，而不是 '\(text)'")
  }

  static func sharesTotal(field: String, from: String, total: Int64) -> EditProblem {
    EditProblem(
      "DD0857", field: field,
      en: "the shares of \(field) from '\(from)' add up to 100, these make \(total)",
      zh: "\(field) 中来源 '\(from)' 的份额之和应为 100，给出的是 \(total)")
  }

  static func noPair(field: String, text: String) -> EditProblem {
    EditProblem(
      "DD0858", field: field, en: "\(field) is written FROM=TO, not '\(text)'", zh: "\(field) 应写作 FROM=TO，而不是 '\(text)'"
    )
  }

  static func together(_ one: String, _ other: String) -> EditProblem {
    EditProblem("DD0859", en: "\(one) and \(other) exclude each other; give one", zh: "\(one) 与 \(other) 互斥；请只给出一个")
  }

  static func unknownField(_ name: String, similar: String?) -> EditProblem {
    EditProblem(
      "DD0860", field: name, en: "there is no field '\(name)'", zh: "没有字段 '\(name)'",
      hint: similar.map { LocalizedText(en: "did you mean '\($0)'?", zh: "是否指 '\($0)'？") })
  }

  package static let nothingToSet = EditProblem(
    "DD0861", en: "say what to set: a flag for each field, or -f FILE", zh: "请给出要设置的内容：每个字段一个选项，或 -f FILE")

  static func severalFields(_ name: String, flags: [String]) -> EditProblem {
    EditProblem(
      "DD0871", field: name, en: "several fields are called '\(name)': \(list(flags))",
      zh: "多个字段名为 '\(name)'：\(listZh(flags))")
  }

  static func unknownSubset(_ name: String, defined: [String]) -> EditProblem {
    EditProblem(
      "DD0862", field: "subsets", en: "subset '\(name)' is not defined; defined: \(list(defined))",
      zh: "子集 '\(name)' 未定义；已定义：\(listZh(defined))",
      hint: LocalizedText(en: "--labels KEY=VALUE defines it", zh: "可用 --labels KEY=VALUE 定义"))
  }

  package static func noSuchEntry(what: LocalizedText, place: LocalizedText) -> EditProblem {
    EditProblem("DD0863", en: "there is no \(what.en) at \(place.en)", zh: "\(place.zh) 没有\(what.zh)")
  }

  package static func entryExists(what: LocalizedText, place: LocalizedText) -> EditProblem {
    EditProblem(
      "DD0864",
      en: "there is a \(what.en) at \(place.en) already; 'update' changes it",
      zh: "\(place.zh) 已有\(what.zh)；请用 'update' 修改")
  }

  static func noServers(gateway: String) -> EditProblem {
    EditProblem("DD0865", en: "Gateway '\(gateway)' has no servers", zh: "Gateway '\(gateway)' 没有 server")
  }

  static func noSuchServer(_ name: LocalizedText, there: [String]) -> EditProblem {
    EditProblem(
      "DD0866",
      en: "the gateway exposes no \(name.en); it exposes \(list(there))",
      zh: "网关没有暴露 \(name.zh)；已暴露：\(listZh(there))")
  }

  static func severalServers(_ name: LocalizedText, there: [String]) -> EditProblem {
    EditProblem(
      "DD0867",
      en: "\(name.en) stands for several servers; say which with --server: \(list(there))",
      zh: "\(name.zh) 对应多个 server；请用 --server 指明：\(listZh(there))")
  }

  static func serverExists(port: String, host: String) -> EditProblem {
    EditProblem(
      "DD0868",
      en: "port \(port) is exposed for host '\(host)' already; 'update' changes it",
      zh: "端口 \(port) 已为主机 '\(host)' 暴露；请用 'update' 修改")
  }

  package static func missing(field: String, what: LocalizedText) -> EditProblem {
    EditProblem("DD0869", field: field, en: "\(field) is missing: \(what.en)", zh: "缺少 \(field)：\(what.zh)")
  }

  package static func noSuchElement(_ name: String, list owner: String, there: [String]) -> EditProblem {
    EditProblem(
      "DD0870",
      en: "\(owner) has no '\(name)'; it has \(list(there))", zh: "\(owner) 中没有 '\(name)'；现有：\(listZh(there))"
    )
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "nothing" : names.map { "'\($0)'" }.joined(separator: ", ")
  }

  private static func listZh(_ names: [String]) -> String {
    names.isEmpty ? "无" : names.map { "'\($0)'" }.joined(separator: "、")
  }
}
