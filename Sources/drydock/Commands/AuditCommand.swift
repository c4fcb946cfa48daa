import Diagnostics
import History
import Report
import Storage
import Workbench

/// `drydock audit`: who did what, in the order in which it happened.
enum AuditCommand {
  static let after = OptionSpec.value(
    "after", nil, "ENTRY", LocalizedText(en: "entries behind this one", zh: "此序号之后的条目"))

  static let limit = OptionSpec.value(
    "limit", nil, "N", LocalizedText(en: "at most so many (default: all)", zh: "最多显示多少条（默认全部）"))

  static let spec = CommandSpec(
    name: "audit", group: .people,
    summary: LocalizedText(en: "show the audit log of the store", zh: "查看存储的审计日志"),
    forms: ["[--after ENTRY] [--limit N]"],
    examples: [.init("drydock audit -o json", en: "everything, for other tools", zh: "供其他工具使用的完整日志")],
    options: [after, limit, Options.output(["text", "json"])] + StoreInput.options, run: run)

  private static func number(_ text: String?) throws -> Int64? {
    guard let text else { return nil }
    guard let number = Int64(text), number >= 0 else {
      throw CommandFailure(en: "'\(text)' is no whole number", zh: "'\(text)' 不是非负整数")
    }
    return number
  }

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let start = try number(arguments[after]) ?? 0
    let limit = try number(arguments[limit]) ?? Int64.max
    let store = try StoreInput(invocation).open()
    let entries = try attempt { try store.store.audit(after: start, limit: Int(limit)) }
    let terminal = invocation.terminal
    if arguments[Options.output] == "json" {
      var writer = JSONWriter()
      for entry in entries {
        writer.write(entry)
        writer.endLine()
      }
      terminal.output.write(writer.bytes[...])
    } else {
      terminal.output.write(RevisionText(style: terminal.style, language: terminal.language).audit(entries))
    }
    return .success
  }
}
