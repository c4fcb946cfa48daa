import Diagnostics

/// `drydock completion`: scripts for shells, which ask `drydock __complete` for words.
enum CompletionCommand {
  static let spec = CommandSpec(
    name: "completion", group: .other,
    summary: LocalizedText(en: "print a completion script for a shell", zh: "输出 shell 补全脚本"), forms: ["bash|zsh|fish"],
    details: LocalizedText(
      en: "Completes commands, options and kinds, and names, namespaces and revisions of the store.",
      zh: "补全命令、选项与类型，以及存储中的对象名、命名空间和修订。"),
    examples: [
      .init("source <(drydock completion bash)", en: "for this shell", zh: "用于当前 bash"),
      .init("drydock completion zsh > ~/.zfunc/_drydock", en: "for zsh", zh: "用于 zsh"),
      .init("drydock completion fish > ~/.config/fish/completions/drydock.fish", en: "for fish", zh: "用于 fish"),
    ], operands: 1...1, operandCompletion: .words(CompletionScript.allCases.map(\.rawValue))
  ) { invocation in
    let name = invocation.arguments.operands[0]
    guard let script = CompletionScript(rawValue: name) else {
      throw CommandFailure(
        en: "'\(name)' is no shell; expected bash, zsh or fish", zh: "不支持 '\(name)'；应为 bash、zsh 或 fish")
    }
    invocation.terminal.output.write(script.text)
    return .success
  }

  /// What the scripts call; its words are no arguments of its own.
  static let question = "__complete"

  /// A word on each line, with a remark behind a tab; or `:file`, `:folder` for what the shell knows better.
  static func answer(_ words: [String], _ terminal: Terminal) -> ExitCode {
    switch CompletionRequest(words, language: terminal.language).answer {
    case .files: terminal.printLine(":file")
    case .folders: terminal.printLine(":folder")
    case .words(let words):
      for word in words { terminal.printLine(word.remark.isEmpty ? word.text : "\(word.text)\t\(word.remark)") }
    }
    return .success
  }
}
