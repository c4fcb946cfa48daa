import Diagnostics
import Glibc

/// The command line: finds the command, parses its words, runs it and tells the shell how it went.
@main
struct Drydock {
  static func main() {
    // A reader that went away is noticed by the writer, not by a signal.
    signal(SIGPIPE, SIG_IGN)
    let words = CommandLine.arguments.dropFirst()
    // Also for messages about words that cannot be parsed.
    let terminal = Terminal(language: rawValue("--lang", in: words), color: rawValue("--color", in: words))
    exit(run(words, terminal).rawValue)
  }

  /// One run of the command line; the tour makes many.
  static func run(_ words: ArraySlice<String>, _ terminal: Terminal) -> ExitCode {
    defer {
      terminal.output.flush()
      terminal.errors.flush()
    }
    do {
      return try dispatch(words, terminal)
    } catch let failure as CommandFailure {
      terminal.fail(failure)
      return failure.exitCode
    } catch {
      terminal.fail(CommandFailure(en: "\(error)", zh: "\(error)"))
      return .failure
    }
  }

  private static func dispatch(_ words: ArraySlice<String>, _ terminal: Terminal) throws -> ExitCode {
    var rest = words
    var commands = Commands.all
    var path = "drydock"
    try skipGlobalOptions(&rest)
    guard let first = rest.popFirst() else {
      Help.overview(terminal)
      return words.isEmpty ? .failure : .success
    }
    if first == "--help" || first == "-h" {
      Help.overview(terminal)
      return .success
    }
    if first == CompletionCommand.question { return CompletionCommand.answer(Array(rest), terminal) }
    if first == "--version" { return try dispatch(["version"], terminal) }
    var name = first
    while true {
      guard let spec = commands.first(where: { $0.name == name }) else {
        throw unknownCommand(name, commands, path)
      }
      path += " " + spec.name
      let isOver = spec.subcommands.isEmpty || (spec.runsByItself && !isSubcommand(rest.first, of: spec))
      if isOver {
        let arguments = try ParsedArguments(rest, for: spec, path: path)
        if arguments.has(Options.help) {
          Help.command(spec, path: path, terminal)
          return .success
        }
        return try spec.run(Invocation(spec: spec, path: path, arguments: arguments, terminal: terminal))
      }
      try skipGlobalOptions(&rest)
      guard let next = rest.popFirst() else {
        Help.command(spec, path: path, terminal)
        return .failure
      }
      if next == "--help" || next == "-h" {
        Help.command(spec, path: path, terminal)
        return .success
      }
      name = next
      commands = spec.subcommands
    }
  }

  private static func isSubcommand(_ word: String?, of spec: CommandSpec) -> Bool {
    word.map { word in spec.subcommands.contains { $0.name == word } } ?? false
  }

  /// Those that stand before the command; their values were read from the whole line, and are only checked here.
  private static func skipGlobalOptions(_ words: inout ArraySlice<String>) throws {
    while let word = words.first {
      let option = Options.global.first {
        $0.valueName != nil && (word == "--\($0.long)" || word.utf8.starts(with: "--\($0.long)=".utf8))
      }
      guard let option else { return }
      let count = word == "--\(option.long)" ? 2 : 1
      let spec = CommandSpec(
        name: "drydock", group: .other, summary: LocalizedText(en: "", zh: ""), forms: [""], run: { _ in .failure })
      _ = try ParsedArguments(words.prefix(count), for: spec, path: "drydock")
      words = words.dropFirst(count)
    }
  }

  private static func rawValue(_ name: String, in words: ArraySlice<String>) -> String? {
    for (place, word) in zip(words.indices, words) {
      if word == "--" { return nil }
      if word == name { return words.indices.contains(place + 1) ? words[place + 1] : nil }
      if word.utf8.starts(with: "\(name)=".utf8) { return String(word.dropFirst(name.count + 1)) }
    }
    return nil
  }

  private static func unknownCommand(_ name: String, _ commands: [CommandSpec], _ path: String) -> CommandFailure {
    let meant = Suggestion.meant(by: name, among: commands.filter { !$0.isHidden }.map(\.name))
    return CommandFailure(
      en: "unknown command '\(name)'", zh: "未知命令 '\(name)'",
      hint: meant.map { ParsedArguments.didYouMean("\(path) \($0)") } ?? ParsedArguments.hint(path))
  }
}
