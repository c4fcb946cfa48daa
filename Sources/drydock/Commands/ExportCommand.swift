import Diagnostics
import Export
import History
import MeshModel
import Report
import Workbench

/// `drydock export`: an approved revision as files for one cluster.
enum ExportCommand {
  static let target = OptionSpec.value(
    "target", nil, "NAME", LocalizedText(en: "the cluster or environment the files are for", zh: "文件所面向的集群或环境"))
  static let folder = OptionSpec.value(
    "output-dir", "o", "DIR", completion: .folder, LocalizedText(en: "the folder to write", zh: "写入的目录"))
  static let unapproved = OptionSpec.toggle(
    "unapproved", nil,
    LocalizedText(en: "export although it is not approved; this is recorded", zh: "未经批准也导出；此举会被记录"))
  static let overwrite = OptionSpec.toggle(
    "overwrite", nil, LocalizedText(en: "replace files that no export wrote", zh: "替换并非由导出写入的文件"))

  static let spec = CommandSpec(
    name: "export", group: .people,
    summary: LocalizedText(en: "write an approved revision as files for a cluster", zh: "将已批准的修订写成可交付集群的文件"),
    forms: ["--target NAME -o DIR [--revision N] [--unapproved]"],
    details: LocalizedText(
      en: """
        One file for each routing object, a kustomization, a provenance file, and what is to be pruned since that \
        target's last export. The same revision always gives the same bytes. Nothing outside the folder is touched.
        """,
      zh: "每个流量对象一个文件，另有 kustomization、来源说明，以及自该目标上次导出以来应清理的对象。同一修订的输出逐字节相同。不会触碰目录之外的任何内容。"),
    examples: [
      .init("drydock export --revision 4 --target prod -o deploy/prod", en: "hand revision 4 over", zh: "交付修订 4"),
      .init("kubectl apply -k deploy/prod", en: "and bring it to the cluster", zh: "并应用到集群"),
    ],
    options: [target, folder, Options.revision, unapproved, overwrite, Options.author] + StoreInput.options, run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let arguments = invocation.arguments
    guard let name = arguments[target], let path = arguments[folder], !name.isEmpty, !path.isEmpty else {
      throw CommandFailure(
        en: "give --target NAME and -o DIR", zh: "请给出 --target NAME 和 -o DIR",
        hint: ParsedArguments.hint(invocation.path))
    }
    let input = StoreInput(invocation)
    let store = try input.open()
    guard let number = try input.revision(arguments[Options.revision], in: store) else {
      throw CommandFailure(
        .negative, en: "mesh '\(store.mesh)' has no revisions yet", zh: "网格 '\(store.mesh)' 还没有修订")
    }
    let job = ExportJob(
      revision: number, target: name, folder: path, guards: arguments.has(unapproved) ? .overridden : .approvedOnly,
      strangers: arguments.has(overwrite) ? .replace : .refuse, signature: input.signature)
    let result: ExportJob.Result
    do { result = try job.run(on: store) } catch { throw failure(error) }
    show(result, path, invocation.terminal)
    return .success
  }

  private static func show(_ result: ExportJob.Result, _ folder: String, _ terminal: Terminal) {
    let style = terminal.style
    let language = terminal.language
    let prefix = folder.utf8.last == UInt8(ascii: "/") ? folder : folder + "/"
    for path in result.files.written { terminal.printLine("  " + style.added("+ \(prefix)\(path)")) }
    for path in result.files.deleted { terminal.printLine("  " + style.removed("- \(prefix)\(path)")) }
    for path in result.files.kept {
      let note = LocalizedText(en: "edited since, kept", zh: "已被修改，保留")[language]
      terminal.printLine("  " + style.value("! \(prefix)\(path)") + " (\(note))")
    }
    let plan = result.plan
    let counts = LocalizedText(
      en:
        "\(result.files.written.count) written, \(result.files.unchanged.count) unchanged, \(result.files.deleted.count) deleted",
      zh: "写入 \(result.files.written.count)，未变 \(result.files.unchanged.count)，删除 \(result.files.deleted.count)")
    let head = LocalizedText(
      en: "revision \(plan.revision.number) for \(plan.target)", zh: "修订 \(plan.revision.number) → \(plan.target)")
    terminal.printLine("\(style.heading(head[language])): \(counts[language])")
    if plan.approval == .overridden {
      terminal.printLine(style.warning(LocalizedText(en: "not approved; this was recorded", zh: "未经批准；已记录")[language]))
    }
    if !plan.pruned.isEmpty {
      let names = plan.pruned.map(\.label).joined(separator: ", ")
      let text = LocalizedText(en: "to be pruned in the cluster: \(names)", zh: "集群中应清理：\(names)")
      terminal.printLine(text[language])
    }
  }

  private static func failure(_ problem: ExportJob.Problem) -> CommandFailure {
    switch problem {
    case .store(let error): return CommandFailure(error)
    case .files(let problem):
      return CommandFailure(en: problem.message.en, zh: problem.message.zh, hint: problem.hint)
    case .notApproved(let number, let state):
      let missing = { (language: Language) in RevisionText(style: .plain, language: language).missing(state) }
      if state.approvalsMissing == 0, state.rejectedBy.isEmpty,
        state.failedChecks.contains(where: { OwnCheck(name: $0) != nil })
      {
        return CommandFailure(
          .negative, en: "revision \(number) is not approved\(missing(.en))", zh: "修订 \(number) 未获批准\(missing(.zh))",
          hint: LocalizedText(
            en:
              "'drydock check --revision \(number)' tells what is wrong; --unapproved exports it all the same, which is recorded",
            zh: "'drydock check --revision \(number)' 会说明问题；--unapproved 仍可导出（会被记录）"))
      }
      return CommandFailure(
        .negative, en: "revision \(number) is not approved\(missing(.en))", zh: "修订 \(number) 未获批准\(missing(.zh))",
        hint: LocalizedText(
          en: "'drydock review approve \(number)', or --unapproved, which is recorded",
          zh: "用 'drydock review approve \(number)' 批准，或用 --unapproved（会被记录）"))
    }
  }
}
