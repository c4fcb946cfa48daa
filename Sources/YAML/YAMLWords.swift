import Diagnostics

/// libyaml's complaints in the words of this program, each with what would be right.
enum YAMLWords {
  static func problem(_ problem: String, at byte: UInt8?) -> LocalizedText {
    if problem == "found character that cannot start any token", let byte {
      if byte == UInt8(ascii: "\t") { return tab }
      let shown = byte > 0x20 && byte < 0x7F ? String(UnicodeScalar(byte)) : "0x" + hex(byte)
      return LocalizedText(
        en: "a value cannot begin with '\(shown)'; quote it", zh: "值不能以 '\(shown)' 开头；请加引号")
    }
    return problems[problem]
      ?? LocalizedText(en: "this is no YAML: \(problem)", zh: "不是有效的 YAML：\(problem)")
  }

  private static let tab = LocalizedText(
    en: "a tab cannot indent; use spaces", zh: "不能用制表符缩进；请使用空格")

  private static let problems: [String: LocalizedText] = {
    var table: [String: LocalizedText] = [:]
    func add(_ key: String, _ en: String, _ zh: String) { table[key] = LocalizedText(en: en, zh: zh) }
    add(
      "block sequence entries are not allowed in this context",
      "a list item cannot begin here; put '- ' on a line of its own", "此处不能开始列表项；请将 '- ' 写在单独的一行")
    add(
      "control characters are not allowed",
      "control characters are not allowed; write them as an escape in double quotes, such as \"\\u0007\"",
      "不允许控制字符；请在双引号中使用转义，例如 \"\\u0007\"")
    add(
      "could not find expected ':'", "a key has no ':' behind it; write 'key: value' on one line",
      "键之后缺少 ':'；请在同一行写 'key: value'")
    add(
      "did not find URI escaped octet", "a tag has a broken '%' escape; write '%' and two hexadecimal digits",
      "标签中的 '%' 转义不完整；请写 '%' 和两位十六进制数字")
    add(
      "did not find expected '!'", "a tag does not end as it should; write '!name' or '!!name'",
      "标签不完整；请写 '!name' 或 '!!name'")
    add(
      "did not find expected ',' or ']'", "the list is not closed; expected ',' or ']'", "列表没有结束；应为 ',' 或 ']'")
    add(
      "did not find expected ',' or '}'", "the mapping is not closed; expected ',' or '}'", "映射没有结束；应为 ',' 或 '}'")
    add(
      "did not find expected '-' indicator", "expected a list item; begin the line with '- ' like the items above it",
      "应为列表项；请像上面各项一样以 '- ' 开头")
    add(
      "did not find expected <document start>", "the document has already ended; put '---' on a line before the next",
      "文档已经结束；请在下一个文档之前单独一行写 '---'")
    add(
      "did not find expected alphabetic or numeric character",
      "'&' and '*' need a name of letters and digits behind them; quote the value if it is text",
      "'&' 和 '*' 之后需要由字母和数字组成的名称；如果是文本，请加引号")
    add(
      "did not find expected comment or line break",
      "nothing but a comment may follow here; move the text to the next line", "此处之后只能是注释；请将文本移到下一行")
    add(
      "did not find expected hexdecimal number", "an escape is not complete; write \\x41, \\u0041 or \\U00000041",
      "转义不完整；请写 \\x41、\\u0041 或 \\U00000041")
    add(
      "did not find expected key", "expected a key; indent the line exactly as the keys beside it",
      "应为键；请使该行与同级的键缩进一致")
    add(
      "did not find expected node content", "a value is missing; write one, or \"\" for an empty text",
      "缺少值；请写出值，空文本写作 \"\"")
    add("did not find expected tag URI", "a tag has no name; write '!name' or '!!name'", "标签没有名称；请写 '!name' 或 '!!name'")
    add(
      "did not find expected whitespace or line break", "a space is missing behind the tag or anchor", "标签或锚点之后缺少空格")
    add("did not find the expected '>'", "a tag is not closed; expected '>'", "标签没有结束；应为 '>'")
    add("found a tab character that violates indentation", tab.en, tab.zh)
    add("found a tab character where an indentation space is expected", tab.en, tab.zh)
    add(
      "found an indentation indicator equal to 0", "the indentation of a text block is 1 to 9", "文本块的缩进应为 1 到 9")
    add(
      "found duplicate %TAG directive", "a %TAG line for this handle is already there; remove one",
      "该句柄已有 %TAG 行；请删除其中一个")
    add("found duplicate %YAML directive", "a %YAML line is already there; remove one", "已有 %YAML 行；请删除其中一个")
    add(
      "found incompatible YAML document", "this YAML version is unknown; write '%YAML 1.1' or nothing",
      "未知的 YAML 版本；请写 '%YAML 1.1' 或省略")
    add(
      "found invalid Unicode character escape code", "an escape names no Unicode character; surrogates are none",
      "转义不对应任何 Unicode 字符；代理项不是字符")
    add(
      "found undefined tag handle", "the handle of this tag is not declared; remove the tag or add a %TAG line",
      "该标签的句柄没有声明；请删除标签或添加 %TAG 行")
    add("found unexpected ':'", "':' cannot stand here; quote the text that holds it", "此处不能有 ':'；请给包含它的文本加引号")
    add(
      "found unexpected document indicator", "the document ends inside a quoted text; close the quotes",
      "文档在带引号的文本中结束；请补上引号")
    add(
      "found unexpected end of stream", "the text ends inside quotes; close them", "文本在引号内结束；请补上引号")
    add(
      "found unexpected non-alphabetical character", "a directive line is broken; write '%YAML 1.1' or remove it",
      "指令行有误；请写 '%YAML 1.1' 或将其删除")
    add(
      "found unknown directive name", "this directive is unknown; remove the line that begins with '%'",
      "未知的指令；请删除以 '%' 开头的行")
    add(
      "found unknown escape character",
      "unknown escape in double quotes; write a backslash as '\\\\' or use single quotes",
      "双引号中有未知的转义；反斜杠请写作 '\\\\'，或改用单引号")
    add(
      "mapping keys are not allowed in this context", "a key cannot begin here; put it on a line of its own",
      "此处不能开始键；请将其写在单独的一行")
    add(
      "mapping values are not allowed in this context",
      "':' cannot stand here; quote a text that holds ': ', or correct the indentation",
      "此处不能有 ':'；包含 ': ' 的文本请加引号，或更正缩进")
    return table
  }()

  static let contexts: [String: LocalizedText] = {
    var table: [String: LocalizedText] = [:]
    func add(_ keys: [String], _ en: String, _ zh: String) {
      for key in keys { table[key] = LocalizedText(en: en, zh: zh) }
    }
    add(["while parsing a block collection"], "a list", "列表")
    add(["while parsing a block mapping"], "a mapping", "映射")
    add(["while parsing a flow mapping"], "a mapping in braces", "花括号映射")
    add(["while parsing a flow sequence"], "a list in brackets", "方括号列表")
    add(["while parsing a block node", "while parsing a flow node", "while parsing a node"], "a value", "值")
    add(["while scanning a quoted scalar", "while parsing a quoted scalar"], "a quoted text", "带引号的文本")
    add(["while scanning a block scalar"], "a text block", "文本块")
    add(["while scanning a plain scalar"], "a text without quotes", "不带引号的文本")
    add(["while scanning a simple key"], "a key", "键")
    add(["while scanning an alias"], "an alias", "别名")
    add(["while scanning an anchor"], "an anchor", "锚点")
    add(["while scanning a tag", "while parsing a tag"], "a tag", "标签")
    let directives = ["a directive", "a %TAG directive", "a %YAML directive", "a tag directive"]
    add(directives.flatMap { ["while scanning \($0)", "while parsing \($0)"] }, "a directive", "指令")
    return table
  }()
}
