import Diagnostics

/// Completion for fish, with descriptions.
enum FishCompletion {
  static func script(_ commands: [CommandSpec]) -> String {
    let visible = commands.filter { !$0.isHidden }
    var text = "# fish completion for drydock\ncomplete -c drydock -f\n"
    for command in visible {
      text += "complete -c drydock -n __fish_use_subcommand -a \(command.name) -d '\(quoted(command.summary.en))'\n"
    }
    for (_, spec) in BashCompletion.groups(visible, "") {
      for command in spec.subcommands {
        let condition = "'__fish_seen_subcommand_from \(spec.name)'"
        text += "complete -c drydock -n \(condition) -a \(command.name) -d '\(quoted(command.summary.en))'\n"
      }
    }
    for (path, spec) in BashCompletion.leaves(visible, "") {
      let names = path.split(separator: "/")
      let condition = "'" + names.map { "__fish_seen_subcommand_from \($0)" }.joined(separator: "; and ") + "'"
      for option in spec.options + Options.global { text += line(option, condition) }
      let words = CompletionWords.operands(spec)
      if !words.isEmpty { text += "complete -c drydock -n \(condition) -a '\(words.joined(separator: " "))'\n" }
    }
    return text
  }

  private static func line(_ option: OptionSpec, _ condition: String) -> String {
    var line = "complete -c drydock -n \(condition) -l \(option.long)"
    if let short = option.short { line += " -s \(short)" }
    if option.valueName != nil {
      line += " -r"
      if !option.choices.isEmpty {
        line += " -a '\(option.choices.joined(separator: " "))'"
      } else {
        switch option.completion {
        case .file: line += " -F"
        case .folder: line += " -a '(__fish_complete_directories)'"
        case .kind: line += " -a '\(CompletionWords.kinds.joined(separator: " "))'"
        case .none: break
        }
      }
    }
    return line + " -d '\(quoted(option.help.en))'\n"
  }

  private static func quoted(_ text: String) -> String { text.replacing("'", with: "\\'") }
}
