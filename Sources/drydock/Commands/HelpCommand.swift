import Diagnostics

/// `drydock help`: the same as `--help`, for those who ask in words.
enum HelpCommand {
  static let spec = CommandSpec(
    name: "help", group: .other, summary: LocalizedText(en: "show help for a command", zh: "查看命令帮助"),
    forms: ["[COMMAND…]"],
    examples: [.init("drydock help store verify", en: "help for one command", zh: "某个命令的帮助")], operands: 0...3
  ) { invocation in
    var commands = Commands.all
    var path = "drydock"
    var found: CommandSpec?
    for word in invocation.arguments.operands {
      guard let spec = commands.first(where: { $0.name == word }) else {
        let meant = Suggestion.meant(by: word, among: commands.map(\.name))
        throw CommandFailure(
          en: "unknown command '\(word)'", zh: "未知命令 '\(word)'",
          hint: meant.map { ParsedArguments.didYouMean("\(path) \($0)") })
      }
      found = spec
      path += " " + spec.name
      commands = spec.subcommands
    }
    if let found { Help.command(found, path: path, invocation.terminal) } else { Help.overview(invocation.terminal) }
    return .success
  }
}
