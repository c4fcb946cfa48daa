package import Diagnostics

/// Everything that can be wrong with a text before anybody asks what it configures: DD01xx.
package enum ReadingProblem: Hashable, Sendable {
  case syntax(SyntaxProblem)
  case notUTF8(byte: UInt8)
  case utf16
  case tooManyBytes(Int, limit: Int)
  case duplicateKey(String, first: Mark)
  case undefinedAlias(String)
  case recursiveAlias(String)
  case tooManyAliasExpansions(limit: Int)
  case tooDeep(limit: Int)
  case tooManyNodes(limit: Int)
  case valueDoesNotFitTag(String, tag: String)
  case unknownTag(String)
  case keyIsNoScalar
  case keyIsNull
  case mergeWantsMapping
  case numberWithoutJSON(String)

  /// Stable for ever; a retired code is never given out again.
  package var code: String {
    switch self {
    case .syntax: "DD0101"
    case .notUTF8, .utf16: "DD0102"
    case .tooManyBytes: "DD0103"
    case .duplicateKey: "DD0104"
    case .undefinedAlias, .recursiveAlias: "DD0105"
    case .tooManyAliasExpansions: "DD0106"
    case .tooDeep: "DD0107"
    case .tooManyNodes: "DD0108"
    case .valueDoesNotFitTag: "DD0109"
    case .unknownTag: "DD0110"
    case .keyIsNoScalar, .keyIsNull: "DD0111"
    case .mergeWantsMapping: "DD0112"
    case .numberWithoutJSON: "DD0113"
    }
  }

  package var severity: Severity {
    switch self {
    case .unknownTag:
      .warning
    case .syntax, .notUTF8, .utf16, .tooManyBytes, .duplicateKey, .undefinedAlias, .recursiveAlias,
      .tooManyAliasExpansions, .tooDeep, .tooManyNodes, .valueDoesNotFitTag, .keyIsNoScalar, .keyIsNull,
      .mergeWantsMapping, .numberWithoutJSON:
      .error
    }
  }

  package func diagnostic(file: String, start: Mark, end: Mark) -> Diagnostic {
    let span = SourceSpan(file: file, start: start.position, end: end.position)
    return Diagnostic(code: code, severity: severity, span: span, message: message)
  }

  package var message: LocalizedText {
    switch self {
    case .syntax(let problem):
      problem.message
    case .notUTF8(let byte):
      .init(
        en: "byte 0x\(hex(byte)) is not part of valid UTF-8; save the file as UTF-8",
        zh: "字节 0x\(hex(byte)) 不是有效的 UTF-8；请将文件保存为 UTF-8 编码")
    case .utf16:
      .init(
        en: "the file is UTF-16, not UTF-8; save it as UTF-8",
        zh: "文件是 UTF-16 编码，而不是 UTF-8；请将其保存为 UTF-8 编码")
    case .tooManyBytes(let count, let limit):
      .init(
        en: "the file has \(count) bytes, more than the limit of \(limit); split it into smaller files",
        zh: "文件有 \(count) 字节，超过上限 \(limit)；请将其拆分为较小的文件")
    case .duplicateKey(let name, let first):
      .init(
        en: "key '\(name)' is already set at line \(first.line), column \(first.column); remove one of the two",
        zh: "键 '\(name)' 已在第 \(first.line) 行第 \(first.column) 列设置；请删除其中一个")
    case .undefinedAlias(let name):
      .init(
        en: "alias '*\(name)' has no anchor '&\(name)' before it in this document; quote the value if it is no alias",
        zh: "别名 '*\(name)' 之前在本文档中没有锚点 '&\(name)'；如果它不是别名，请给该值加引号")
    case .recursiveAlias(let name):
      .init(
        en: "alias '*\(name)' stands inside its own anchor '&\(name)'; an alias can only repeat what is complete",
        zh: "别名 '*\(name)' 位于其自身的锚点 '&\(name)' 之内；别名只能重复已完整的内容")
    case .tooManyAliasExpansions(let limit):
      .init(
        en: "aliases expand to more than \(limit) values in this document; write the repeated parts out or split it",
        zh: "本文档中的别名展开后超过 \(limit) 个值；请直接写出重复的部分或拆分文档")
    case .tooDeep(let limit):
      .init(
        en: "values are nested more than \(limit) levels deep; no Kubernetes object needs that",
        zh: "值的嵌套超过 \(limit) 层；任何 Kubernetes 对象都不需要如此")
    case .tooManyNodes(let limit):
      .init(
        en: "the file has more than \(limit) values; split it into smaller files",
        zh: "文件中的值超过 \(limit) 个；请将其拆分为较小的文件")
    case .valueDoesNotFitTag(let text, let tag):
      .init(
        en: "'\(text)' cannot be read as '\(tag)'; remove the tag or correct the value",
        zh: "'\(text)' 无法按 '\(tag)' 读取；请删除该标签或更正该值")
    case .unknownTag(let tag):
      .init(
        en: "tag '\(tag)' is unknown and has no effect; remove it",
        zh: "标签 '\(tag)' 未知且不起作用；请将其删除")
    case .keyIsNoScalar:
      .init(
        en: "a key is a list or a mapping; quote it if braces or brackets are part of the text",
        zh: "键是列表或映射；如果花括号或方括号是文本的一部分，请加引号")
    case .keyIsNull:
      .init(
        en: "a key is null; write a name, in quotes if it is the text 'null' or '~'",
        zh: "键为 null；请写出名称，如果名称就是文本 'null' 或 '~'，请加引号")
    case .mergeWantsMapping:
      .init(
        en: "'<<' merges mappings only; give it a mapping, an alias of one, or a list of these",
        zh: "'<<' 只能合并映射；请给出一个映射、映射的别名，或由它们组成的列表")
    case .numberWithoutJSON(let text):
      .init(
        en: "'\(text)' is a number that JSON does not have; quote it if text is meant",
        zh: "'\(text)' 是 JSON 没有的数值；如果是文本，请加引号")
    }
  }
}

func hex(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return digits.utf8.count == 1 ? "0" + digits : digits
}
