import Diagnostics
import History
import MeshModel
import Storage
import Workbench

/// `drydock rollback`: an old revision's content again, as a new revision.
enum RollbackCommand {
  static let everything = OptionSpec.toggle(
    "everything", nil,
    LocalizedText(en: "bring back Services, Pods and the like too", zh: "连同 Service、Pod 等一并恢复"))

  static let spec = CommandSpec(
    name: "rollback", group: .changes,
    summary: LocalizedText(en: "make an old revision's routing the newest again", zh: "将旧修订的流量配置恢复为最新"),
    forms: ["REVISION [-m MESSAGE] [--everything] [--dry-run]"],
    details: LocalizedText(
      en: "History only grows: a rollback is a new revision with the old content, and says so.",
      zh: "历史只增不减：回滚是带有旧内容的新修订，并会注明。"),
    examples: [.init("drydock rollback head~1 -m 'canary failed'", en: "undo the newest revision", zh: "撤销最新修订")],
    options: [
      everything, Options.message, ApplyCommand.dryRun, Options.author, Options.output(["text", "json", "name"]),
    ]
      + StoreInput.options,
    operands: 1...1, operandCompletion: .revision, run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    let input = StoreInput(invocation)
    let store = try input.open()
    guard let target = try input.revision(arguments.operands[0], in: store) else { return .failure }
    if arguments.has(ApplyCommand.dryRun) {
      let head = try attempt { try store.head }
      let changes = try attempt { try store.store.changes(in: store.mesh, from: head, to: target) }
      let wanted = changes.filter { arguments.has(everything) || $0.id.kind.sort == .managed }
      ChangeReport(invocation).show(wanted, revision: nil, head: head, unchanged: nil, isDryRun: true)
      return .success
    }
    let outcome = try attempt {
      try store.rollBack(
        to: target, scope: arguments.has(everything) ? .everything : .managed, signature: input.signature,
        message: arguments[Options.message] ?? "")
    }
    ChangeReport(invocation).show(outcome)
    return .success
  }
}
