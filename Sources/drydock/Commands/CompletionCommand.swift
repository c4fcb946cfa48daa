import Diagnostics

/// `drydock completion`: scripts for shells, made from the declarations of the commands.
enum CompletionCommand {
  static let spec = CommandSpec(
    name: "completion", group: .other,
    summary: LocalizedText(en: "print a completion script for a shell", zh: "输出 shell 补全脚本"), forms: ["bash|zsh|fish"],
    examples: [
      .init("source <(drydock completion bash)", en: "for this shell", zh: "用于当前 bash"),
      .init("drydock completion zsh > ~/.zfunc/_drydock", en: "for zsh", zh: "用于 zsh"),
      .init("drydock completion fish > ~/.config/fish/completions/drydock.fish", en: "for fish", zh: "用于 fish"),
    ], operands: 1...1
  ) { invocation in
    let script: String
    switch invocation.arguments.operands[0] {
    case "bash": script = BashCompletion.script(Commands.all)
    case "zsh": script = ZshCompletion.script(Commands.all)
    case "fish": script = FishCompletion.script(Commands.all)
    case let other:
      throw CommandFailure(
        en: "'\(other)' is no shell; expected bash, zsh or fish", zh: "不支持 '\(other)';应为 bash、zsh 或 fish")
    }
    invocation.terminal.output.write(script)
    return .success
  }
}
