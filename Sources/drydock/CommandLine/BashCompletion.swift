/// Completion for bash: one `case` branch for each command.
enum BashCompletion {
  static func script(_ commands: [CommandSpec]) -> String {
    let visible = commands.filter { !$0.isHidden }
    var text = """
      # bash completion for drydock
      _drydock() {
        local cur prev words=() path word
        COMPREPLY=()
        cur="${COMP_WORDS[COMP_CWORD]}"
        prev="${COMP_WORDS[COMP_CWORD-1]}"
        path=""
        for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          case "$path/$word" in

      """
    for path in paths(visible, "") { text += "      '\(path)') path='\(path)' ;;\n" }
    text += "    esac\n  done\n"
    text += "  case \"$path:$prev\" in\n"
    for (path, spec) in leaves(visible, "") {
      for option in spec.options + Options.global where option.valueName != nil {
        let names = ["'\(path)':--\(option.long)"] + (option.short.map { ["'\(path)':-\($0)"] } ?? [])
        text += "    \(names.joined(separator: " | "))) \(reply(option)) ;;\n"
      }
    }
    text += "  esac\n  case \"$path\" in\n"
    let names = visible.map(\.name).joined(separator: " ")
    text += "    '') COMPREPLY=($(compgen -W '\(names)' -- \"$cur\")) ;;\n"
    for (path, spec) in groups(visible, "") {
      let names = spec.subcommands.map(\.name).joined(separator: " ")
      text += "    '\(path)') COMPREPLY=($(compgen -W '\(names)' -- \"$cur\")) ;;\n"
    }
    for (path, spec) in leaves(visible, "") {
      let options = (spec.options + Options.global).map { "--\($0.long)" }.joined(separator: " ")
      let words = CompletionWords.operands(spec).joined(separator: " ")
      text += "    '\(path)') case \"$cur\" in\n"
      text += "      -*) COMPREPLY=($(compgen -W '\(options)' -- \"$cur\")) ;;\n"
      text += "      *) COMPREPLY=($(compgen -W '\(words)' -- \"$cur\")) ;;\n"
      text += "    esac ;;\n"
    }
    text += "  esac\n}\ncomplete -o default -F _drydock drydock\n"
    return text
  }

  private static func reply(_ option: OptionSpec) -> String {
    if !option.choices.isEmpty {
      return "COMPREPLY=($(compgen -W '\(option.choices.joined(separator: " "))' -- \"$cur\")); return"
    }
    switch option.completion {
    case .file: return "COMPREPLY=($(compgen -f -- \"$cur\")); return"
    case .folder: return "COMPREPLY=($(compgen -d -- \"$cur\")); return"
    case .kind: return "COMPREPLY=($(compgen -W '\(CompletionWords.kinds.joined(separator: " "))' -- \"$cur\")); return"
    case .none: return "return"
    }
  }

  static func paths(_ commands: [CommandSpec], _ prefix: String) -> [String] {
    commands.flatMap { ["\(prefix)/\($0.name)"] + paths($0.subcommands, "\(prefix)/\($0.name)") }
  }

  static func leaves(_ commands: [CommandSpec], _ prefix: String) -> [(String, CommandSpec)] {
    commands.flatMap { spec in
      spec.subcommands.isEmpty ? [("\(prefix)/\(spec.name)", spec)] : leaves(spec.subcommands, "\(prefix)/\(spec.name)")
    }
  }

  static func groups(_ commands: [CommandSpec], _ prefix: String) -> [(String, CommandSpec)] {
    commands.filter { !$0.subcommands.isEmpty }.map { ("\(prefix)/\($0.name)", $0) }
  }
}
