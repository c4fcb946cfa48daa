package import Diagnostics

/// Why a text is no YAML or no JSON, as data; the words of libyaml are the keys of the YAML ones.
package enum SyntaxProblem: Hashable, Sendable {
  /// libyaml's problem and, when it has one, what it was doing and since where.
  case yaml(String, context: String?, since: Mark?, byte: UInt8?)
  case json(JSON)

  package enum JSON: Hashable, Sendable {
    case unexpected(UInt8, wanted: Wanted)
    case endOfText(wanted: Wanted)
    case badEscape
    case badNumber
    case controlCharacter(UInt8)
    case loneSurrogate
  }

  package enum Wanted: Hashable, Sendable {
    case value, keyOrEnd, key, colon, commaOrBrace, commaOrBracket, endOfString, endOfText
  }

  package var message: LocalizedText {
    switch self {
    case .yaml(let problem, let context, let since, let byte):
      Self.yamlMessage(problem, context: context, since: since, byte: byte)
    case .json(let problem):
      problem.message
    }
  }

  private static func yamlMessage(
    _ problem: String, context: String?, since: Mark?, byte: UInt8?
  ) -> LocalizedText {
    var text = YAMLWords.problem(problem, at: byte)
    if let context, let words = YAMLWords.contexts[context] {
      text.en += ", in \(words.en)"
      text.zh += "（位于\(words.zh)中"
      if let since {
        text.en += " that begins at line \(since.line), column \(since.column)"
        text.zh += "，起始于第 \(since.line) 行第 \(since.column) 列"
      }
      text.zh += "）"
    }
    return text
  }
}

extension SyntaxProblem.JSON {
  var message: LocalizedText {
    switch self {
    case .unexpected(let byte, let wanted):
      .init(
        en: "this is no JSON: found \(quoted(byte)), expected \(wanted.words.en)",
        zh: "不是有效的 JSON：遇到 \(quoted(byte))，应为\(wanted.words.zh)")
    case .endOfText(let wanted):
      .init(
        en: "this is no JSON: the text ends, expected \(wanted.words.en)",
        zh: "不是有效的 JSON：文本已结束，应为\(wanted.words.zh)")
    case .badEscape:
      .init(
        en: "this is no JSON: unknown escape; a backslash in a string is written '\\\\'",
        zh: "不是有效的 JSON：未知的转义；字符串中的反斜杠应写作 '\\\\'")
    case .badNumber:
      .init(
        en: "this is no JSON: a number is digits with an optional sign, fraction and exponent, such as '-1.5e3'",
        zh: "不是有效的 JSON：数字由数位组成，可带负号、小数和指数，例如 '-1.5e3'")
    case .controlCharacter(let byte):
      .init(
        en: "this is no JSON: a string holds control character 0x\(hex(byte)); write it as '\\u00\(hex(byte))'",
        zh: "不是有效的 JSON：字符串中有控制字符 0x\(hex(byte))；请写作 '\\u00\(hex(byte))'")
    case .loneSurrogate:
      .init(
        en: "this is no JSON: half of a surrogate pair stands alone; write both halves, such as '\\ud83d\\ude00'",
        zh: "不是有效的 JSON：代理对只有一半；请写出两半，例如 '\\ud83d\\ude00'")
    }
  }

  private func quoted(_ byte: UInt8) -> String {
    byte > 0x20 && byte < 0x7F ? "'\(Character(UnicodeScalar(byte)))'" : "byte 0x\(hex(byte))"
  }
}

extension SyntaxProblem.Wanted {
  fileprivate var words: LocalizedText {
    switch self {
    case .value: .init(en: "a value", zh: "一个值")
    case .keyOrEnd: .init(en: "a quoted key or '}'", zh: "带引号的键或 '}'")
    case .key: .init(en: "a quoted key", zh: "带引号的键")
    case .colon: .init(en: "':' after the key", zh: "键之后的 ':'")
    case .commaOrBrace: .init(en: "',' or '}'", zh: "',' 或 '}'")
    case .commaOrBracket: .init(en: "',' or ']'", zh: "',' 或 ']'")
    case .endOfString: .init(en: "a closing quotation mark", zh: "右引号")
    case .endOfText: .init(en: "the end of the text", zh: "文本结尾")
    }
  }
}
