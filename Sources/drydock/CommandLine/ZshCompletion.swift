import Diagnostics

/// Completion for zsh, with descriptions.
enum ZshCompletion {
  static func script(_ commands: [CommandSpec]) -> String {
    let visible = commands.filter { !$0.isHidden }
    var text = "#compdef drydock\n"
    for (path, spec) in BashCompletion.leaves(visible, "") {
      text += "\(function(path))() {\n  _arguments -s \\\n"
      for option in spec.options + Options.global { text += "    \(entry(option)) \\\n" }
      text += "    \(operands(spec))\n}\n"
    }
    for (path, spec) in BashCompletion.groups(visible, "") { text += menu(path, spec.subcommands) }
    text += menu("", visible)
    text += "if [ \"$funcstack[1]\" = \"_drydock\" ]; then _drydock \"$@\"; else compdef _drydock drydock; fi\n"
    return text
  }

  private static func function(_ path: String) -> String {
    "_drydock" + String(path.map { $0 == "/" || $0 == "-" ? "_" : $0 })
  }

  private static func menu(_ path: String, _ commands: [CommandSpec]) -> String {
    var text = "\(function(path))() {\n  local -a commands=(\n"
    for command in commands { text += "    '\(command.name):\(quoted(command.summary.en))'\n" }
    text += "  )\n  if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
    text += "  local name=$words[2]; shift words; (( CURRENT-- ))\n  case $name in\n"
    for command in commands { text += "    \(command.name)) \(function("\(path)/\(command.name)")) ;;\n" }
    return text + "  esac\n}\n"
  }

  private static func entry(_ option: OptionSpec) -> String {
    let help = quoted(option.help.en).replacing("[", with: "(").replacing("]", with: ")")
    let repeats = option.isRepeatable ? "*" : ""
    let value = option.valueName.map { name in ":\(name.lowercased()):\(action(option))" } ?? ""
    let long = option.valueName == nil ? "--\(option.long)" : "--\(option.long)="
    guard let short = option.short else { return "'\(repeats)\(long)[\(help)]\(value)'" }
    let marker = option.valueName == nil ? "-\(short)" : "-\(short)+"
    return "'\(repeats)\(long)[\(help)]\(value)' '\(repeats)\(marker)[\(help)]\(value)'"
  }

  private static func action(_ option: OptionSpec) -> String {
    if !option.choices.isEmpty { return "(\(option.choices.joined(separator: " ")))" }
    switch option.completion {
    case .file: return "_files"
    case .folder: return "_files -/"
    case .kind: return "(\(CompletionWords.kinds.joined(separator: " ")))"
    case .none: return " "
    }
  }

  private static func operands(_ spec: CommandSpec) -> String {
    let words = CompletionWords.operands(spec)
    if !words.isEmpty { return "'*:argument:(\(words.joined(separator: " ")))'" }
    return spec.operandCompletion == .file ? "'*:file:_files'" : "'*:argument: '"
  }

  private static func quoted(_ text: String) -> String {
    text.replacing("'", with: "").replacing(":", with: "\\:")
  }
}
