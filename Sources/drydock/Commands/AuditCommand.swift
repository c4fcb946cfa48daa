import Diagnostics
import History
import Report
import Storage
import Workbench

/// `drydock audit`: who did what, in the order in which it happened.
enum AuditCommand {
  static let after = OptionSpec.value(
    "after", nil, "ENTRY", LocalizedText(en: "entries behind this one", zh: "此序号之后的条目"))

  static let spec = CommandSpec(
    name: "audit", group: .people,
    summary: LocalizedText(en: "show the audit log of the store", zh: "查看存储的审计日志"),
    forms: ["[--after ENTRY] [--limit N]"],
    examples: [.init("drydock audit -o json", en: "everything, for other tools", zh: "供其他工具使用的完整日志")],
    options: [after, HistoryCommand.limit, Options.output(["text", "json"])] + StoreInput.options, run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let start = Int64(arguments[after] ?? "0") ?? 0
    let limit = arguments[HistoryCommand.limit].flatMap(Int.init) ?? Int.max
    let store = try StoreInput(invocation).open()
    let entries = try attempt { try store.store.audit(after: start, limit: limit) }
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
