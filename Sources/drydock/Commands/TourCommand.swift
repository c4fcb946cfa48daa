import Diagnostics
import Glibc
import Report

/// `drydock tour`: the main job on an example, each step as the command that a user would type.
enum TourCommand {
  static let spec = CommandSpec(
    name: "tour", group: .other,
    summary: LocalizedText(en: "show the main job on an example, step by step", zh: "用示例逐步演示全部流程"), forms: ["[DIR]"],
    details: LocalizedText(
      en: """
        Writes a small shop's mesh into a fresh folder and really runs every command there: apply, ask, change,
        compare, review, export. The folder stays, to go on in. Your own store is not touched.
        """,
      zh: "将一个小商店的网格写入新目录，并在其中真实执行每条命令：应用、提问、变更、比较、评审、导出。目录会保留，可继续试用。不会触碰您自己的存储。"),
    examples: [
      .init("drydock tour", en: "in a temporary folder", zh: "在临时目录中"),
      .init("drydock tour ./try", en: "in a folder of your choice", zh: "在指定的目录中"),
    ], operands: 0...1, operandCompletion: .folder, run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let folder = try TourFolder(invocation.arguments.operands.first)
    let terminal = Terminal(mergingStreamsOf: invocation.terminal)
    try folder.enter()
    Environment.forgetStore()
    terminal.printLine(terminal.style.heading("$ ") + terminal.style.name("cd \(ShellText.quoted(folder.path))"))
    for step in TourStep.all {
      let code = try take(step, terminal)
      guard code == step.exitCode else {
        throw CommandFailure(
          en: "the tour ends here: the step ended with \(code.rawValue), not \(step.exitCode.rawValue)",
          zh: "演示在此中止：该步退出码为 \(code.rawValue)，应为 \(step.exitCode.rawValue)")
      }
    }
    terminal.printLine()
    terminal.output.write(farewell(folder.path, terminal))
    return .success
  }

  private static func take(_ step: TourStep, _ terminal: Terminal) throws -> ExitCode {
    terminal.printLine()
    let remark = step.remark[terminal.language]
    if !remark.isEmpty { terminal.printLine(terminal.style.faint("# " + remark)) }
    let prompt = terminal.style.heading("$ ")
    switch step.action {
    case .run(let words):
      let words = words.map { $0[terminal.language] }
      terminal.printLine(prompt + terminal.style.name(ShellText.line(["drydock"] + words)))
      return Drydock.run(words[...], terminal)
    case .cat(let file):
      terminal.printLine(prompt + terminal.style.name(ShellText.line(["cat", file])))
      terminal.output.write(try TourFolder.text(of: file)[...])
      return .success
    }
  }

  private static func farewell(_ folder: String, _ terminal: Terminal) -> String {
    let next: [(String, LocalizedText)] = [
      ("cd \(ShellText.quoted(folder))", LocalizedText(en: "everything is still there", zh: "一切都还在")),
      ("drydock get vs reviews -n shop -o yaml", LocalizedText(en: "look at an object", zh: "查看对象")),
      ("drydock rollback 1 -m 'stop the canary'", LocalizedText(en: "undo the canary", zh: "撤销金丝雀")),
      ("drydock check -f shop/", LocalizedText(en: "find mistakes in files", zh: "检查文件中的错误")),
      ("drydock help", LocalizedText(en: "every command", zh: "所有命令")),
    ]
    let width = next.map { TextWidth.columns(of: $0.0) }.max() ?? 0
    let title = LocalizedText(en: "Where to go on:", zh: "接下来：")[terminal.language]
    var text = terminal.style.heading(title) + "\n"
    for (command, remark) in next {
      let name = terminal.style.name(TextWidth.padded(command, to: width))
      text += "  \(name)  \(terminal.style.faint("# " + remark[terminal.language]))\n"
    }
    guard let path = Environment.executableBesidePath else { return text }
    let note = LocalizedText(
      en: "The command is \(path); 'export PATH=\"\(path.folderPart):$PATH\"' makes it 'drydock'.",
      zh: "命令位于 \(path)；执行 'export PATH=\"\(path.folderPart):$PATH\"' 后即可直接输入 'drydock'。")
    return text + note[terminal.language] + "\n"
  }
}

extension String {
  /// `/usr/bin` of `/usr/bin/drydock`.
  fileprivate var folderPart: String {
    guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return String(self[..<slash])
  }
}

extension Environment {
  /// Where this program is, when typing `drydock` would not find it.
  fileprivate static var executableBesidePath: String? {
    guard let own = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(own) }
    let path = String(cString: own)
    for folder in (value("PATH") ?? "").split(separator: ":") {
      guard let found = realpath("\(folder)/drydock", nil) else { continue }
      defer { free(found) }
      return String(cString: found) == path ? nil : path
    }
    return path
  }
}
