import Diagnostics
import History
import MeshModel
import Report
import Storage
import Workbench

/// `drydock store`: the file itself.
enum StoreCommand {
  static let spec = CommandSpec(
    name: "store", group: .upkeep,
    summary: LocalizedText(en: "verify, back up or look at the store", zh: "校验、备份或查看存储"),
    forms: ["verify", "backup FILE", "info"], subcommands: [verify, backup, info], run: { _ in .failure })

  private static let verify = CommandSpec(
    name: "verify", group: .upkeep,
    summary: LocalizedText(en: "prove that nothing in the store was lost or altered", zh: "证明存储未丢失、未被篡改"),
    forms: [""],
    examples: [.init("drydock store verify", en: "recompute every digest", zh: "重新计算全部摘要")],
    options: [Options.store]
  ) { invocation in
    let store = try open(invocation)
    let progress = Progress(invocation.terminal)
    progress.show(LocalizedText(en: "verifying…", zh: "正在校验…"))
    let report = try attempt { try StoreVerification.run(store) }
    progress.clear()
    let terminal = invocation.terminal
    for problem in report.problems {
      terminal.printLine(terminal.style.bad("✗ ") + problem.message[terminal.language])
    }
    let looked = LocalizedText(
      en: "\(report.revisions) revisions, \(report.contents) contents, \(report.auditEntries) audit entries",
      zh: "\(report.revisions) 个修订，\(report.contents) 份内容，\(report.auditEntries) 条审计记录")
    let verdict =
      report.isSound
      ? terminal.style.good(LocalizedText(en: "sound", zh: "完好")[terminal.language])
      : terminal.style.bad(
        LocalizedText(en: "\(report.problems.count) problems", zh: "\(report.problems.count) 个问题")[terminal.language])
    terminal.printLine("\(verdict): \(looked[terminal.language])")
    return report.isSound ? .success : .negative
  }

  private static let backup = CommandSpec(
    name: "backup", group: .upkeep,
    summary: LocalizedText(en: "copy the store while others may go on writing", zh: "在线备份存储"), forms: ["FILE"],
    examples: [.init("drydock store backup backup.db", en: "a consistent copy", zh: "一致的副本")], options: [Options.store],
    operands: 1...1, operandCompletion: .file
  ) { invocation in
    let path = invocation.arguments.operands[0]
    let store = try open(invocation)
    try attempt { try store.backUp(to: path) }
    invocation.terminal.printLine(LocalizedText(en: "copied to '\(path)'", zh: "已备份至 '\(path)'")[invocation.language])
    return .success
  }

  private static let info = CommandSpec(
    name: "info", group: .upkeep, summary: LocalizedText(en: "show what the store holds", zh: "查看存储概况"), forms: [""],
    examples: [.init("drydock store info", en: "meshes, sizes, versions", zh: "网格、大小与版本")], options: [Options.store]
  ) { invocation in
    let info = try attempt { try open(invocation).info() }
    let terminal = invocation.terminal
    let language = terminal.language
    let rows: [(LocalizedText, String)] = [
      (LocalizedText(en: "File", zh: "文件"), info.path), (LocalizedText(en: "Bytes", zh: "字节"), String(info.bytes)),
      (LocalizedText(en: "Schema", zh: "结构版本"), String(info.schemaVersion)),
      (LocalizedText(en: "Contents", zh: "内容份数"), String(info.contents)),
      (LocalizedText(en: "Audit entries", zh: "审计条目"), String(info.auditEntries)),
      (LocalizedText(en: "SQLite", zh: "SQLite"), "\(info.sqliteVersion), \(info.journal)"),
    ]
    let width = rows.map { TextWidth.columns(of: $0.0[language]) }.max() ?? 0
    for (name, value) in rows {
      terminal.printLine("\(terminal.style.faint(TextWidth.padded(name[language], to: width)))  \(value)")
    }
    terminal.printLine()
    let header = [
      LocalizedText(en: "MESH", zh: "网格"), LocalizedText(en: "HEAD", zh: "最新修订"),
      LocalizedText(en: "OBJECTS", zh: "对象数"),
    ]
    var table = Table(header.map { $0[language] }, style: terminal.style)
    for mesh in info.meshes {
      table.add([terminal.style.name(mesh.name.text), mesh.head?.description ?? "-", String(mesh.objects)])
    }
    terminal.output.write(table.text)
    return .success
  }

  private static func open(_ invocation: Invocation) throws -> RevisionStore {
    let input = StoreInput(invocation)
    return try attempt(on: input.path) { try RevisionStore.open(at: input.path, by: input.signature) }
  }
}
